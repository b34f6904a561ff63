import { describe, expect, it } from 'vitest';
import { lane, plan, sent } from './snapshots.js';

const trigger = { kind: 'trigger' as const, clock: 'stacks' as const, n: 20 };
const txid = 'a'.repeat(64);

describe('planNext, mends', () => {
  it('sends again what was signed and perhaps never sent', () => {
    const inFlight = [sent(trigger, { state: 'signed' })];
    expect(plan({ account: { inFlight } }).mends).toEqual([{ kind: 'rebroadcast', nonce: 5n, txid }]);
  });

  it('sends again what the node no longer knows', () => {
    const inFlight = [{ ...sent(trigger, { sentHeight: 98n }), sighting: 'unknown' as const }];
    expect(plan({ account: { inFlight } }).mends).toEqual([{ kind: 'rebroadcast', nonce: 5n, txid }]);
  });

  it('fills the nonces that nothing of ours uses below one that waits', () => {
    const inFlight = [sent(trigger, { nonce: 7n })];
    expect(plan({ account: { inFlight } }).mends).toEqual([
      { kind: 'fill', nonce: 5n },
      { kind: 'fill', nonce: 6n },
    ]);
  });

  it('pays a quarter more for the first that waits too long, and only for the first', () => {
    const inFlight = [
      sent(trigger, { sentHeight: 88n }),
      sent({ kind: 'reclaim', taskIds: [1n] }, { nonce: 6n, sentHeight: 88n, txid: 'b'.repeat(64) }),
    ];
    expect(plan({ account: { inFlight } }).mends).toEqual([
      { kind: 'bump', nonce: 5n, txid, feeUstx: 1_250n },
    ]);
  });

  it('raises the newest of the transactions of one nonce', () => {
    const inFlight = [
      sent(trigger, { state: 'replaced', sentHeight: 60n }),
      sent(trigger, { feeUstx: 1_250n, sentHeight: 88n, txid: 'c'.repeat(64) }),
    ];
    expect(plan({ account: { inFlight } }).mends).toMatchObject([{ kind: 'bump', feeUstx: 1_563n }]);
  });

  it.each([
    { fee: 9_000n, mends: [{ kind: 'bump', nonce: 5n, txid, feeUstx: 10_000n }], deferred: [] },
    { fee: 10_000n, mends: [], deferred: [{ what: 'bump:5', reason: 'fee-at-cap' }] },
  ])('never pays more than the cap, from $fee', ({ fee, mends, deferred }) => {
    const inFlight = [sent(trigger, { sentHeight: 88n, feeUstx: fee })];
    const made = plan({ account: { inFlight } });
    expect({ mends: made.mends, deferred: made.deferred }).toEqual({ mends, deferred });
  });

  it('has at most so many transactions under way', () => {
    const inFlight = Array.from({ length: 20 }, (_, at) =>
      sent(
        { kind: 'heartbeat', taskId: BigInt(at), attempt: 1n, blocks: 1n, progress: new Uint8Array(0) },
        { nonce: 5n + BigInt(at) },
      ),
    );
    const { send, deferred } = plan({ openLanes: [lane(7n)], account: { inFlight } });
    expect(send).toEqual([]);
    expect(deferred).toContainEqual({ what: 'claim:0', reason: 'in-flight-full' });
  });

  it('says that somebody else signs with the same key', () => {
    const { deferred } = plan({ account: { isSameKeySuspected: true } });
    expect(deferred).toEqual([{ what: 'account', reason: 'same-key-suspected' }]);
  });
});
