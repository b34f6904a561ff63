import type { Context, Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import type { Block } from '../../chain/ledger.js';
import { findBlock } from '../../chain/tenures.js';
import { minedJson } from '../transaction-json.js';
import { badRequest, notFound } from './api-error.js';
import { blockJson, blockV1Json } from './block-json.js';
import { cursorPage, parseOffsetPage } from './paging.js';
import { placeOf, summaryJson } from './transaction-v3-json.js';

const LIMITS = { default: 20, max: 30 };
const TRANSACTION_LIMITS = { default: 20, max: 50 };

export function addBlockRoutes(app: Hono, chain: Chain): void {
  const { ledger } = chain;
  const missing = (c: Context) => notFound(c, 'Block not found');

  const page = (c: Context, show: (block: Block) => object) => {
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const { tip, firstHeight } = ledger;
    const results = [];
    for (
      let height = tip.height - paging.offset;
      results.length < paging.limit && height >= firstHeight;
      height--
    ) {
      const block = ledger.block(height);
      if (block !== undefined) results.push(show(block));
    }
    return c.json({ ...paging, total: tip.height - firstHeight + 1, results });
  };

  app.get('/extended/v2/blocks', (c) => page(c, blockJson));
  app.get('/extended/v1/block', (c) => page(c, blockV1Json));

  app.get('/extended/v2/blocks/:block', (c) => {
    const block = findNamed(chain, c.req.param('block'));
    return block === undefined ? missing(c) : c.json(blockJson(block));
  });

  app.get('/extended/v1/block/by_height/:height', (c) => {
    const height = c.req.param('height');
    if (!/^\d+$/.test(height)) return badRequest(c, 'height must be a whole number');
    const block = ledger.block(Number(height));
    return block === undefined ? missing(c) : c.json(blockV1Json(block));
  });

  app.get('/extended/v1/block/:hash', (c) => {
    const block = findNamed(chain, c.req.param('hash'));
    return block === undefined ? missing(c) : c.json(blockV1Json(block));
  });

  app.get('/extended/v2/blocks/:block/transactions', (c) => {
    const paging = parseOffsetPage(c, TRANSACTION_LIMITS);
    if (paging instanceof Response) return paging;
    const block = findNamed(chain, c.req.param('block'));
    if (block === undefined) return missing(c);
    const { limit, offset } = paging;
    const results = minedOf(chain, block.txids.slice(offset, offset + limit)).map(minedJson);
    return c.json({ limit, offset, total: block.txids.length, results });
  });

  app.get('/extended/v3/blocks/:block/transactions', (c) => {
    const block = findNamed(chain, c.req.param('block'));
    if (block === undefined) return missing(c);
    return cursorPage(c, minedOf(chain, block.txids), placeOf, TRANSACTION_LIMITS, summaryJson);
  });
}

function minedOf({ ledger }: Chain, txids: readonly string[]) {
  return txids.flatMap((txid) => ledger.transaction(txid) ?? []);
}

/** A block by `latest`, its height, its hash or its index hash. */
function findNamed({ ledger }: Chain, name: string): Block | undefined {
  if (name === 'latest') return ledger.tip;
  if (/^\d+$/.test(name)) return ledger.block(Number(name));
  const id = name.replace(/^0x/, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(id)) return undefined;
  return findBlock(ledger, ({ hash, indexHash }) => hash === id || indexHash === id);
}
