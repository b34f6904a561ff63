import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, type Json, startFixture } from './harness.js';
import { until } from './push/until.js';

const CALLS = 25;

let h: Harness;
let blocks: { transactions: readonly unknown[] }[];
beforeAll(async () => {
  blocks = [];
  h = await startFixture({
    blockTimeMs: 0,
    onEvent: (event) => void (event.event === 'block' && blocks.push(event)),
  });
});
afterAll(() => h.node.stop());

describe('mining on transaction', () => {
  it('makes no block of nothing, however many transactions come while one is being made', async () => {
    const calls = [];
    for (let n = 0n; n < CALLS; n++) calls.push(await h.call(h.alice, 'increment', { nonce: n }));
    blocks.length = 0;
    const mined = () => blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);

    for (const call of calls) expect((await h.broadcast(call)).status).toBe(200);
    await until('all of them are mined', () => mined() === CALLS);
    // Takes its turn after every block that was asked for.
    const { status }: Json = await h.post('/localnet/snapshot', {});

    expect(status).toBe(200);
    expect(blocks.filter(({ transactions }) => transactions.length === 0)).toEqual([]);
  });
});
