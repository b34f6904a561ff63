import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { isPrincipal } from '../../worker/principal.js';
import { valueJson } from '../event-json.js';
import { badRequest } from './api-error.js';
import { cursorPage, parseOffsetPage } from './paging.js';

const LIMITS = { default: 100, max: 200 };

/** Balances of tokens, as the events of contracts tell them. */
export function addTokenRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v2/addresses/:principal/balances/ft', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const all = ftsOf(chain, principal);
    const { limit, offset } = paging;
    const results = all
      .slice(offset, offset + limit)
      .map(({ asset, balance }) => ({ token: asset, balance }));
    return c.json({ limit, offset, total: all.length, results });
  });

  app.get('/extended/v2/addresses/:principal/balances/ft/:asset', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    return c.json({ balance: balanceOf(chain, principal, c.req.param('asset')) });
  });

  app.get('/extended/v3/principals/:principal/balances/ft', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    return cursorPage(
      c,
      ftsOf(chain, principal),
      ({ asset }) => asset,
      LIMITS,
      ({ asset, balance }) => ({ asset_identifier: asset, balance }),
    );
  });

  app.get('/extended/v3/principals/:principal/balances/ft/:asset', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const asset = c.req.param('asset');
    return c.json({ asset_identifier: asset, balance: balanceOf(chain, principal, asset) });
  });

  app.get('/extended/v3/principals/:principal/balances/nft', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    return cursorPage(
      c,
      nftsOf(chain, principal),
      ({ asset, hex }) => `${asset}:${hex}`,
      LIMITS,
      ({ asset, hex }) => ({ asset_identifier: asset, value: valueJson(hex) }),
    );
  });

  app.get('/extended/v1/tokens/nft/holdings', (c) => {
    const principal = c.req.query('principal') ?? '';
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const wanted = c.req.queries('asset_identifiers')?.flatMap((text) => text.split(','));
    const all = nftsOf(chain, principal).filter(({ asset }) => wanted?.includes(asset) ?? true);
    const { limit, offset } = paging;
    const results = all
      .slice(offset, offset + limit)
      .map(({ asset, hex }) => ({ asset_identifier: asset, value: valueJson(hex) }));
    return c.json({ limit, offset, total: all.length, results });
  });
}

function ftsOf(chain: Chain, principal: string) {
  return [...chain.principals.holdingsOf(principal).fts]
    .map(([asset, { sent, received }]) => ({ asset, amount: received - sent }))
    .filter(({ amount }) => amount > 0n)
    .map(({ asset, amount }) => ({ asset, balance: `${amount}` }));
}

function balanceOf(chain: Chain, principal: string, asset: string): string {
  return ftsOf(chain, principal).find((held) => held.asset === asset)?.balance ?? '0';
}

function nftsOf(chain: Chain, principal: string) {
  return [...chain.principals.holdingsOf(principal).nfts].flatMap(([asset, { values }]) =>
    [...values].map((hex) => ({ asset, hex })),
  );
}
