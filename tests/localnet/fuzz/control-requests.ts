import { z } from 'zod';
import type { Facts } from './facts.js';
import type { FuzzRequest, JsonValue, ValidRequest } from './request.js';

/** Of the routes that control the node, those that are not fuzzed: each of them costs a worker. */
export const LEFT_OUT: readonly string[] = ['POST /localnet/kill-worker'];

/** A valid request for each route that controls the node. */
export function controlRequests(facts: Facts): readonly ValidRequest[] {
  const post = (path: string, json: JsonValue): ValidRequest => ({ verb: 'POST', path, body: { json } });
  return [
    { verb: 'GET', path: '/localnet/state' },
    post('/localnet/mine', { stacks_blocks: 1, burn_blocks: 1 }),
    post('/localnet/advance', { stacks_height: 1, burn_height: 1, time: 1 }),
    post('/localnet/pause', {}),
    post('/localnet/resume', {}),
    post('/localnet/snapshot', {}),
    post('/localnet/revert', { id: facts.snapshotId }),
    post('/localnet/fork', { depth: 1, drop: [], order: [], blocks: 1 }),
    { verb: 'GET', path: '/localnet/faults' },
    // Of a path that nobody asks for, so that no other answer is spoilt.
    post('/localnet/faults', {
      path: '/never/*/asked/*',
      method: 'GET',
      skip: 1,
      times: 1,
      action: { kind: 'status', status: 418, body: 'x' },
    }),
    post('/localnet/faults/clear', { id: '1' }),
    post('/localnet/tip', { frozen: false }),
    post('/localnet/fees', { ustx_per_byte: 1 }),
  ];
}

const NONE = z.array(z.never());
const REVERT = z.strictObject({ id: z.string().regex(/^\d+$/) });
const FORK = z.strictObject({ depth: z.literal(1), drop: NONE, order: NONE, blocks: z.int().min(0) });

/**
 * Whether a changed request is one that is still carried out and may need a new worker: all others wait for that, on a
 * busy machine longer than an answer may take.
 */
export function mayReplaceWorker({ target, body = Buffer.from('null') }: FuzzRequest): boolean {
  if (target === '/localnet/revert') return REVERT.safeParse(JSON.parse(`${body}`)).success;
  return target === '/localnet/fork' && FORK.safeParse(JSON.parse(`${body}`)).success;
}
