import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { blocksOf, findBlock, type Tenure, tenureAt } from '../../chain/tenures.js';
import { isoTime } from '../iso-time.js';
import { notFound } from './api-error.js';
import { blockJson } from './block-json.js';
import { newestFirst, parseOffsetPage } from './paging.js';

const LIMITS = { default: 20, max: 30 };

export function addBurnBlockRoutes(app: Hono, chain: Chain): void {
  const { ledger } = chain;

  app.get('/extended/v2/burn-blocks', (c) => {
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const newest = ledger.tip.burnHeight;
    const oldest = ledger.block(ledger.firstHeight)?.burnHeight ?? newest;
    const results = [];
    for (let height = newest - paging.offset; results.length < paging.limit && height >= oldest; height--) {
      const tenure = tenureAt(ledger, height);
      if (tenure !== undefined) results.push(burnBlockJson(chain, tenure));
    }
    return c.json({ ...paging, total: newest - oldest + 1, results });
  });

  app.get('/extended/v2/burn-blocks/:block', (c) => {
    const tenure = findNamed(chain, c.req.param('block'));
    return tenure === undefined ? notFound(c, 'Burn block not found') : c.json(burnBlockJson(chain, tenure));
  });

  app.get('/extended/v2/burn-blocks/:block/blocks', (c) => {
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const tenure = findNamed(chain, c.req.param('block'));
    if (tenure === undefined) return notFound(c, 'Burn block not found');
    const blocks = [...blocksOf(ledger, tenure)].reverse();
    const results = newestFirst(blocks, paging).map((block) => blockJson(block));
    return c.json({ ...paging, total: blocks.length, results });
  });
}

function findNamed({ ledger }: Chain, name: string): Tenure | undefined {
  if (name === 'latest') return tenureAt(ledger, ledger.tip.burnHeight);
  if (/^\d+$/.test(name)) return tenureAt(ledger, Number(name));
  const id = name.replace(/^0x/, '').toLowerCase();
  const block = findBlock(ledger, ({ burnHash }) => burnHash === id);
  return block === undefined ? undefined : tenureAt(ledger, block.burnHeight);
}

function burnBlockJson({ ledger }: Chain, tenure: Tenure) {
  const blocks = blocksOf(ledger, tenure);
  const { start, end } = tenure;
  const steps = Math.max(1, blocks.length - 1);
  return {
    burn_block_time: start.burnTimeSeconds,
    burn_block_time_iso: isoTime(start.burnTimeSeconds),
    burn_block_hash: `0x${start.burnHash}`,
    burn_block_height: tenure.burnHeight,
    stacks_blocks: blocks.map(({ hash }) => `0x${hash}`),
    avg_block_time: (end.timeSeconds - start.timeSeconds) / steps,
    total_tx_count: blocks.reduce((sum, { txids }) => sum + txids.length, 0),
  };
}
