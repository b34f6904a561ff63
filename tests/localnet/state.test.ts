import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cl, Pc } from '@stacks/transactions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalnetEvent } from '../../localnet/src/index.js';
import { type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

let directory: string;
let stateFile: string;
let open: Harness[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'localnet-state-'));
  stateFile = join(directory, 'chain.state');
  open = [];
});
afterEach(async () => {
  for (const { node } of open) await node.stop();
  await rm(directory, { recursive: true });
});

const events: LocalnetEvent[] = [];

async function start(): Promise<Harness> {
  events.length = 0;
  const h = await startFixture({ stateFile, onEvent: (event) => void events.push(event) });
  open.push(h);
  return h;
}

async function restart(h: Harness): Promise<Harness> {
  await h.node.stop();
  return start();
}

/** A block each of what may happen to a transaction, and one transaction that waits behind a gap. */
async function live(h: Harness): Promise<void> {
  await h.run(await h.call(h.alice, 'increment'));
  await h.run(await h.transfer(h.bob, h.alice.address, 12_345n));
  await h.run(await h.call(h.alice, 'refuse'));
  await h.run(await h.call(h.bob, 'crash', { mode: 'allow' }));
  await h.run(await h.call(h.alice, 'deposit', { args: [Cl.uint(50)] }));
  const conditions = [Pc.principal(h.bob.address).willSendEq(70).ustx()];
  await h.run(await h.call(h.bob, 'deposit', { args: [Cl.uint(70)], conditions }));
  await h.node.mine({ burnBlocks: 2, stacksBlocks: 3 });
  await h.broadcast(await h.call(h.alice, 'increment', { nonce: 5n }));
}

describe('a state file', () => {
  it('brings back the same chain in a new node, and it goes on', async () => {
    const first = await start();
    await live(first);
    const before = await readState(first);

    const second = await restart(first);
    expect(await readState(second)).toBe(before);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'restored', transactions: 8, waiting: 1, cutOffBytes: 0 }),
    );
    await second.run(await second.call(second.alice, 'increment', { nonce: 3n }));
    await second.run(await second.call(second.alice, 'increment', { nonce: 4n }));
    await second.node.mine();
    expect((await second.account(second.alice.address)).nonce).toBe(6);

    const after = await readState(second);
    expect(await readState(await restart(second))).toBe(after);
  });

  it('brings back forks and reverts, with the snapshots behind them gone', async () => {
    const first = await start();
    await live(first);
    const { id } = (await first.post('/localnet/snapshot', {})).body;
    await first.run(await first.call(first.bob, 'increment'));
    expect((await first.post('/localnet/fork', { depth: 4 })).status).toBe(200);
    await first.run(await first.call(first.bob, 'increment'));
    const forked = await readState(first);

    const second = await restart(first);
    expect(await readState(second)).toBe(forked);
    expect((await second.post('/localnet/revert', { id })).status).toBe(400);
  });

  it('shows a value that differs', async () => {
    const h = await start();
    await live(h);
    const before = await readState(h);
    const spoilt = await readState(h, (path, body) =>
      path.endsWith('entries?proof=0 3') ? { ...body, body: { data: '0x09' } } : body,
    );
    expect(spoilt).not.toBe(before);
    expect(await readState(h)).toBe(before);
  });

  it('loses a torn last record, says so, and nothing else', async () => {
    const first = await start();
    await live(first);
    const before = await readState(first);
    const { size } = await stat(stateFile);
    await first.node.mine();
    await first.node.stop();
    const whole = await readFile(stateFile);
    for (const [length, cut] of [
      [whole.byteLength - 1, whole.byteLength - 1 - size],
      [size + 3, 3],
    ] as const) {
      await writeFile(stateFile, whole);
      await truncate(stateFile, length);
      const second = await start();
      expect(events).toContainEqual(expect.objectContaining({ event: 'restored', cutOffBytes: cut }));
      expect(await readState(second)).toBe(before);
      await second.node.stop();
      expect((await stat(stateFile)).size).toBe(size);
    }
  });

  it('is refused when it is damaged before its end, and left as it is', async () => {
    const first = await start();
    await live(first);
    await first.node.stop();
    const text = await readFile(stateFile, 'utf8');
    const damaged = text.replace('"kind":"submit"', '"kind":"sabmit"');
    await writeFile(stateFile, damaged);
    await expect(start()).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringMatching(/record 2, at byte \d+, is damaged/),
    });
    expect(await readFile(stateFile, 'utf8')).toBe(damaged);
  });

  it('is refused when it is no state file', async () => {
    await writeFile(stateFile, 'hello\n');
    await expect(start()).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect(await readFile(stateFile, 'utf8')).toBe('hello\n');
  });

  it('is kept from a second node, and taken over from one that died', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: expect.stringContaining(`process ${process.pid} has this state in use`),
    });
    await first.node.stop();
    await appendFile(`${stateFile}.lock`, '4194304\n');
    expect(await readState(await start())).toMatch(/^[0-9a-f]{64}$/);
  });
});
