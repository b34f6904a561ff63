import type { Context, Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import type { MinedTransaction } from '../../chain/ledger.js';
import { isPrincipal } from '../../worker/principal.js';
import { minedJson, pendingJson } from '../transaction-json.js';
import { badRequest } from './api-error.js';
import { countEvents, flowOf, transfersOf } from './involvement.js';
import { arrivalOf } from './mempool.js';
import { cursorPage, newestFirst, parseOffsetPage } from './paging.js';
import { pendingSummaryJson, placeOf, summaryJson } from './transaction-v3-json.js';

const LIMITS = { default: 20, max: 50 };

/** What a principal signed, paid for, was called by, or got and lost assets in. */
export function addPrincipalTransactionRoutes(app: Hono, chain: Chain): void {
  const offsetPage = (c: Context, principal: string, show: (mined: MinedTransaction) => object) => {
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const all = chain.principals.transactionsOf(principal);
    return c.json({ ...paging, total: all.length, results: newestFirst(all, paging).map(show) });
  };

  app.get('/extended/v1/address/:principal/transactions', (c) =>
    offsetPage(c, c.req.param('principal'), minedJson),
  );

  app.get('/extended/v1/address/:principal/transactions_with_transfers', (c) => {
    const principal = c.req.param('principal');
    return offsetPage(c, principal, (mined) => {
      const { sent, received } = flowOf(mined, principal);
      const transfers = transfersOf(mined, principal);
      return { tx: minedJson(mined), stx_sent: `${sent}`, stx_received: `${received}`, ...transfers };
    });
  });

  app.get('/extended/v2/addresses/:principal/transactions', (c) => {
    const principal = c.req.param('principal');
    return offsetPage(c, principal, (mined) => {
      const { sent, received } = flowOf(mined, principal);
      const events = countEvents(mined, principal);
      return { tx: minedJson(mined), stx_sent: `${sent}`, stx_received: `${received}`, events };
    });
  });

  app.get('/extended/v1/address/:principal/mempool', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const all = chain.pendings.of(principal);
    const { limit, offset } = paging;
    const results = all.slice(offset, offset + limit).map(pendingJson);
    return c.json({ limit, offset, total: all.length, results });
  });

  app.get('/extended/v3/principals/:principal/transactions', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const all = [...chain.principals.transactionsOf(principal)].reverse();
    return cursorPage(c, all, placeOf, LIMITS, (mined) => involvementJson(mined, principal));
  });

  app.get('/extended/v3/principals/:principal/mempool/transactions', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    return cursorPage(c, chain.pendings.of(principal), arrivalOf, LIMITS, (pending) =>
      pendingSummaryJson(pending, chain.ledger.tip.height),
    );
  });
}

function involvementJson(mined: MinedTransaction, principal: string) {
  const { sent, received } = flowOf(mined, principal);
  const { stx, ft, nft } = countEvents(mined, principal);
  const isTouched = (counts: typeof stx) => counts.transfer + counts.mint + counts.burn > 0;
  const { sender, payer } = mined.transaction;
  return {
    transaction: summaryJson(mined),
    involvement: sender === principal ? 'sender' : payer === principal ? 'sponsor' : 'affected',
    balance_changes: { stx: { sent: `${sent}`, received: `${received}`, net: `${received - sent}` } },
    affected_balances: {
      stx: isTouched(stx) || payer === principal,
      ft: isTouched(ft),
      nft: isTouched(nft),
    },
  };
}
