import type { Hono } from 'hono';
import { z } from 'zod';
import { advance } from '../chain/advance.js';
import type { Chain } from '../chain/chain.js';
import { mineBlocks } from '../chain/mine-blocks.js';
import { LocalnetError } from '../errors.js';
import { addCommand } from './command.js';

/** How this node was started. */
export interface NodeFacts {
  readonly blockTimeMs: number;
  readonly burnEvery: number;
  /** Whether requests may control the chain. */
  readonly faults: boolean;
}

/** What one request may mine; a longer wish is asked for in parts. */
const MAX_BLOCKS_PER_REQUEST = 1_000;
const COUNT = z.number().int().min(0).max(MAX_BLOCKS_PER_REQUEST);
const HEIGHT = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const TXIDS = z.array(
  z
    .string()
    .regex(/^(0x)?[0-9a-f]{64}$/)
    .transform((txid) => txid.replace(/^0x/, '')),
);
const NOTHING = z.strictObject({});
const MINE = z.strictObject({ stacks_blocks: COUNT.optional(), burn_blocks: COUNT.optional() });
const ADVANCE = z.strictObject({
  stacks_height: HEIGHT.optional(),
  burn_height: HEIGHT.optional(),
  time: HEIGHT.optional(),
});
const REVERT = z.strictObject({ id: z.string() });
const FORK = z.strictObject({
  depth: z.number().int().min(1).max(MAX_BLOCKS_PER_REQUEST),
  drop: TXIDS.optional(),
  order: TXIDS.optional(),
  blocks: COUNT.optional(),
});

/** `GET /localnet/state` always; what changes the chain only with `--faults`. */
export function addControlRoutes(app: Hono, chain: Chain, facts: NodeFacts): void {
  const state = () => {
    const { tip } = chain.ledger;
    return {
      pid: process.pid,
      block_time_ms: facts.blockTimeMs,
      burn_every: facts.burnEvery,
      faults: facts.faults,
      paused: chain.miner.isPaused,
      stacks_tip_height: tip.height,
      burn_block_height: tip.burnHeight,
      block_time: tip.timeSeconds,
      index_block_hash: `0x${tip.indexHash}`,
      pending: chain.mempool.size,
      restore: chain.simnet.restore.proven,
    };
  };

  app.get('/localnet/state', (c) => c.json(state()));
  if (!facts.faults) {
    const error = 'the chain is controlled over HTTP only on a node started with --faults';
    app.post('/localnet/*', (c) => c.json({ error }, 403));
    return;
  }

  addCommand(
    app,
    '/localnet/mine',
    MINE,
    async ({ stacks_blocks: stacksBlocks, burn_blocks: burnBlocks }) => {
      await mineBlocks(chain.miner, { stacksBlocks, burnBlocks });
      return state();
    },
  );
  addCommand(app, '/localnet/advance', ADVANCE, async ({ stacks_height, burn_height, time }) => {
    const request = { stacksHeight: stacks_height, burnHeight: burn_height, timeSeconds: time };
    await advance(chain.ledger, chain.miner, request);
    return state();
  });
  addCommand(app, '/localnet/pause', NOTHING, async () => {
    chain.miner.pause();
    return state();
  });
  addCommand(app, '/localnet/resume', NOTHING, async () => {
    chain.miner.resume();
    return state();
  });
  addCommand(app, '/localnet/snapshot', NOTHING, async () => ({ id: await chain.branches.snapshot() }));
  addCommand(app, '/localnet/revert', REVERT, async ({ id }) => {
    if (await chain.branches.revert(id)) return state();
    throw new LocalnetError('INVALID_REQUEST', `there is no snapshot "${id}"`);
  });
  addCommand(app, '/localnet/fork', FORK, async (request) => {
    const { ancestor, orphaned, returned, dropped } = await chain.branches.fork(request);
    return {
      ancestor: `0x${ancestor.indexHash}`,
      ancestor_height: ancestor.height,
      orphaned: orphaned.map(({ indexHash }) => `0x${indexHash}`),
      returned: returned.map((txid) => `0x${txid}`),
      dropped: dropped.map((txid) => `0x${txid}`),
      state: state(),
    };
  });
  addCommand(app, '/localnet/kill-worker', NOTHING, async () => {
    await chain.simnet.kill();
    return state();
  });
}
