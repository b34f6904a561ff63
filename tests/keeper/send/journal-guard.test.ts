import { silentLog } from '@fac/keeper';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJournalGuard, type JournalGuard } from '../../../keeper/src/send/journal-guard.js';
import type { CursorStore } from '../../../keeper/src/store/cursor.js';
import { ACCOUNT, type Bench, openBench, trigger } from './bench.js';

let bench: Bench;
let marks: Map<string, bigint>;
let said: string[];

beforeAll(async () => {
  bench = await openBench();
}, 120_000);
beforeEach(async () => {
  await bench.reset();
  marks = new Map();
  said = [];
});
afterAll(() => bench.close());

function openGuard(): JournalGuard {
  const cursor: CursorStore = {
    read: async (name) => marks.get(name),
    write: async (name, value) => void marks.set(name, value),
  };
  const log = { ...silentLog, warn: (event: string) => void said.push(event) };
  return createJournalGuard({ account: ACCOUNT, journal: bench.journal, cursor, log });
}

describe('createJournalGuard', () => {
  it('takes the first nonce it sees as it is', async () => {
    const guard = openGuard();
    await guard.checkNonce(41n);
    expect({ said, suspected: guard.isSuspected(0n) }).toEqual({ said: [], suspected: false });
  });

  it('says so when the chain has used nonces that this journal never gave out', async () => {
    const guard = openGuard();
    await guard.checkChain(100n, 5n);
    await guard.checkNonce(5n);
    await guard.checkNonce(6n);
    expect(said).toEqual(['same-key-suspected']);
    expect([guard.isSuspected(101n), guard.isSuspected(200n)]).toEqual([true, false]);
  });

  it('remembers that over a restart', async () => {
    const guard = openGuard();
    await guard.checkChain(100n, 5n);
    await guard.suspect(5n, 'a test');
    const next = openGuard();
    await next.checkChain(101n, 5n);
    expect(next.isSuspected(101n)).toBe(true);
  });

  it('finds its own nonces in order', async () => {
    const guard = openGuard();
    await guard.checkNonce(5n);
    await bench.send([trigger]);
    await guard.checkNonce(6n);
    expect(said).toEqual([]);
  });

  it('opens again what a fork undid', async () => {
    const guard = openGuard();
    await guard.checkChain(100n, 5n);
    await bench.send([trigger]);
    const [row] = await bench.journal.readOpen(ACCOUNT);
    if (row === undefined) throw new Error('nothing was sent');
    await bench.journal.settle(row, { state: 'succeeded', height: 101n, reason: '' });
    expect(await guard.checkChain(101n, 6n)).toBe(false);
    expect(await guard.checkChain(100n, 5n)).toBe(true);
    expect(await guard.checkChain(100n, 5n)).toBe(false);
    expect(await bench.journal.readOpen(ACCOUNT)).toHaveLength(1);
  });

  it('begins anew on another chain', async () => {
    await openGuard().checkChain(90n, 5n);
    await bench.send([trigger]);
    const guard = openGuard();
    expect(await guard.checkChain(3n, 0n)).toBe(true);
    expect(await guard.checkChain(3n, 0n)).toBe(false);
    expect(said).toEqual(['chain-reset']);
    expect(await bench.journal.readOpen(ACCOUNT)).toEqual([]);
  });
});
