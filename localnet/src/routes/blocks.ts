import type { Hono } from 'hono';
import type { Chain } from '../chain/chain.js';
import type { Block } from '../chain/ledger.js';
import { isoTime } from './iso-time.js';
import { parseCount } from './paging.js';
import { minedJson } from './transaction-json.js';

const LIMIT = { default: 20, min: 1, max: 30 };
const TRANSACTION_LIMIT = { default: 20, min: 1, max: 50 };
const OFFSET = { default: 0, min: 0, max: Number.MAX_SAFE_INTEGER };

export function addBlockRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v2/blocks', (c) => {
    const limit = parseCount(c.req.query('limit'), LIMIT);
    const offset = parseCount(c.req.query('offset'), OFFSET);
    if (limit === null || offset === null)
      return c.json({ error: 'limit and offset must be whole numbers' }, 400);
    const { tip, firstHeight } = chain.ledger;
    const results = [];
    for (let height = tip.height - offset; results.length < limit && height >= firstHeight; height--) {
      const block = chain.ledger.block(height);
      if (block !== undefined) results.push(blockJson(block));
    }
    return c.json({ limit, offset, total: tip.height - firstHeight + 1, results });
  });

  const findBlock = (height: string): Block | undefined =>
    height === 'latest' ? chain.ledger.tip : chain.ledger.block(Number(height));

  app.get('/extended/v2/blocks/:height', (c) => {
    const block = findBlock(c.req.param('height'));
    return block === undefined ? c.json({ error: 'Block not found' }, 404) : c.json(blockJson(block));
  });

  app.get('/extended/v2/blocks/:height/transactions', (c) => {
    const limit = parseCount(c.req.query('limit'), TRANSACTION_LIMIT);
    const offset = parseCount(c.req.query('offset'), OFFSET);
    if (limit === null || offset === null)
      return c.json({ error: 'limit and offset must be whole numbers' }, 400);
    const block = findBlock(c.req.param('height'));
    if (block === undefined) return c.json({ error: 'Block not found' }, 404);
    const results = block.txids.slice(offset, offset + limit).flatMap((txid) => {
      const mined = chain.ledger.transaction(txid);
      return mined === undefined ? [] : [minedJson(mined)];
    });
    return c.json({ limit, offset, total: block.txids.length, results });
  });
}

function blockJson(block: Block) {
  return {
    canonical: true,
    height: block.height,
    hash: `0x${block.hash}`,
    index_block_hash: `0x${block.indexHash}`,
    parent_block_hash: `0x${block.parentHash}`,
    parent_index_block_hash: `0x${block.parentIndexHash}`,
    block_time: block.timeSeconds,
    block_time_iso: isoTime(block.timeSeconds),
    tenure_height: block.burnHeight,
    burn_block_time: block.burnTimeSeconds,
    burn_block_time_iso: isoTime(block.burnTimeSeconds),
    burn_block_hash: `0x${block.burnHash}`,
    burn_block_height: block.burnHeight,
    tx_count: block.txids.length,
  };
}
