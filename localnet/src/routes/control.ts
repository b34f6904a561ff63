import type { Hono } from 'hono';
import { z } from 'zod';
import type { Chain } from '../chain/chain.js';
import { type MineRequest, mineBlocks } from '../chain/mine-blocks.js';

/** How this node was started. */
export interface NodeFacts {
  readonly blockTimeMs: number;
  readonly burnEvery: number;
}

/** What one request may mine; a longer wish is asked for in parts. */
const MAX_BLOCKS_PER_REQUEST = 1_000;
const COUNT = z.number().int().min(0).max(MAX_BLOCKS_PER_REQUEST);
const MINE_BODY = z.strictObject({ stacks_blocks: COUNT.optional(), burn_blocks: COUNT.optional() });

export function addControlRoutes(app: Hono, chain: Chain, facts: NodeFacts): void {
  const state = () => {
    const { tip } = chain.ledger;
    return {
      pid: process.pid,
      block_time_ms: facts.blockTimeMs,
      burn_every: facts.burnEvery,
      stacks_tip_height: tip.height,
      burn_block_height: tip.burnHeight,
      block_time: tip.timeSeconds,
      pending: chain.mempool.size,
      restore: chain.simnet.restore.proven,
    };
  };

  app.get('/localnet/state', (c) => c.json(state()));

  app.post('/localnet/mine', async (c) => {
    const text = await c.req.text();
    const body = MINE_BODY.safeParse(text === '' ? {} : parseJson(text));
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400);
    const request: MineRequest = { stacksBlocks: body.data.stacks_blocks, burnBlocks: body.data.burn_blocks };
    await mineBlocks(chain.miner, request);
    return c.json(state());
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
