import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from './harness.js';
import { type NodeProcess, startProcess } from './killed-node.js';
import { ask, loadNode, readBlock, type Seen } from './signed-load.js';

const SEED = Number(process.env.FAC_SEED ?? Date.now() % 1_000_000);
const KILLS = Number(process.env.FAC_KILLS ?? 10);
/** Of those, so many while the node starts or restores. */
const KILLS_AT_START = 2;
const MOST_LOAD_MS = 1_200;
/** As many as the API answers at once. */
const IDS_AT_ONCE = 50;

let directory: string;
let running: NodeProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'localnet-crash-'));
});
afterEach(async () => {
  await running?.kill();
  await rm(directory, { recursive: true });
});

const start = () => {
  running = startProcess('--state', join(directory, 'chain.state'), '--block-time', '50', '--accounts', '5');
  return running;
};

describe('a node that is killed again and again', { timeout: 600_000 }, () => {
  it(`loses nothing it has answered for, and makes nothing twice, FAC_SEED=${SEED}`, async () => {
    const seen: Seen = { sent: new Set(), answered: new Set(), blocks: new Map() };
    const delaysMs = fc.sample(fc.integer({ min: 50, max: MOST_LOAD_MS }), { seed: SEED, numRuns: KILLS });
    for (const [kills, delayMs] of delaysMs.entries()) {
      const node = start();
      if (kills % 5 === 0 && kills < 5 * KILLS_AT_START) {
        await wait(delayMs);
        await node.kill();
        continue;
      }
      const ready = await node.ready;
      await checkKept(ready.url, seen);
      const load = loadNode(ready, seen);
      await wait(delayMs);
      await node.kill();
      await load;
    }
    const ready = await start().ready;
    await checkKept(ready.url, seen);
    expect(seen.answered.size).toBeGreaterThan(KILLS);
    await checkMinedOnce(ready);
  });
});

async function checkKept(url: string, { sent, answered, blocks }: Seen): Promise<void> {
  for (const [height, block] of blocks) expect(await readBlock(url, height)).toEqual(block);
  const ids = [...answered];
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const query = ids.slice(at, at + IDS_AT_ONCE).map((txid) => `tx_id=0x${txid}`);
    const { body } = await ask(url, `/extended/v1/tx/multiple?${query.join('&')}`);
    for (const [id, { found, result }] of Object.entries<Json>(body)) {
      expect({ id, found }).toEqual({ id, found: true });
      if (result.tx_status === 'dropped_replace_by_fee') {
        // Its answer may have been lost with the node, but not the transaction.
        expect(sent).toContain(result.replaced_by_tx_id.slice(2));
        const { body: other } = await ask(url, `/extended/v1/tx/${result.replaced_by_tx_id}`);
        expect(other.tx_status).toBeOneOf(['success', 'pending']);
      } else {
        expect(result.tx_status).toBeOneOf(['success', 'pending']);
      }
    }
  }
}

async function checkMinedOnce({ url, accounts }: Json): Promise<void> {
  const { body: info } = await ask(url, '/v2/info');
  const mined: string[] = [];
  for (let height = 1; height <= info.stacks_tip_height; height++) {
    mined.push(...(await readBlock(url, height)).txs);
  }
  expect(new Set(mined).size).toBe(mined.length);
  for (const { address } of accounts) {
    const { body } = await ask(url, `/extended/v1/address/${address}/nonces`);
    expect(body.detected_missing_nonces).toEqual([]);
  }
}
