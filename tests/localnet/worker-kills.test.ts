import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalnetControl, type LocalnetEvent } from '../../localnet/src/index.js';
import { checkInvariants } from './exact/invariants.js';
import { type Harness, startFixture } from './harness.js';
import { loadNode, readBlock, type Seen } from './signed-load.js';

const KILLS = Number(process.env.FAC_KILLS ?? 4);

let h: Harness;
const events: LocalnetEvent[] = [];
beforeEach(async () => {
  events.length = 0;
  h = await startFixture({ blockTimeMs: 100, accounts: 5, onEvent: (event) => void events.push(event) });
});
afterEach(() => h.node.stop());

it('a worker that is killed while the timer makes blocks fails no request and loses nothing', {
  timeout: 180_000,
}, async () => {
  const seen: Seen = { sent: new Set(), answered: new Set(), blocks: new Map() };
  const control = createLocalnetControl(h.node.url);
  let isOver = false;
  const load = loadNode(h.node, seen, () => isOver);
  for (let kills = 0; kills < KILLS; kills++) {
    const { stacksHeight } = await control.state();
    await expect.poll(async () => (await control.state()).stacksHeight).toBeGreaterThan(stacksHeight + 1);
    // Some come while the last is being made good.
    await Promise.all(
      kills % 2 === 0 ? [control.killWorker()] : [control.killWorker(), control.killWorker()],
    );
  }
  isOver = true;
  await load;
  await expect.poll(async () => (await control.state()).pending, { timeout: 30_000 }).toBe(0);
  await control.pause();

  expect(seen.answered.size).toBeGreaterThan(KILLS);
  for (const txid of seen.answered) {
    expect((await h.transactionOf(txid)).tx_status).toBeOneOf(['success', 'dropped_replace_by_fee']);
  }
  for (const [height, block] of seen.blocks) expect(await readBlock(h.node.url, height)).toEqual(block);
  expect(events.filter(({ event }) => event === 'failed')).toEqual([]);
  await checkInvariants(h, [...seen.sent]);
});
