import { describe, expect, it } from 'vitest';
import { done, lease, OTHER, plan, running, SELF, sent } from './snapshots.js';

const failed = {
  kind: 'failed' as const,
  taskId: 1n,
  attempt: 1n,
  code: 7n,
  isRetryable: true,
  message: 'no',
};

describe('planNext, leases', () => {
  it('runs a lease that no handler works for', () => {
    expect(plan({ worker: { leases: [lease(1n)] } }).run).toEqual([lease(1n)]);
  });

  it('runs no lease whose settlement is under way', () => {
    const inFlight = [sent({ kind: 'complete', taskId: 1n, attempt: 1n, result: new Uint8Array(0) })];
    const { run, deferred } = plan({ worker: { leases: [lease(1n)] }, account: { inFlight } });
    expect({ run, deferred }).toEqual({ run: [], deferred: [{ what: 'run:1:1', reason: 'in-flight' }] });
  });

  it('runs again when only an older attempt is being settled', () => {
    const inFlight = [sent({ kind: 'complete', taskId: 1n, attempt: 1n, result: new Uint8Array(0) })];
    const { run } = plan({ worker: { leases: [lease(1n, { attempt: 2n })] }, account: { inFlight } });
    expect(run).toHaveLength(1);
  });

  it('starts no more handlers than may run at once', () => {
    const { run, deferred } = plan({ worker: { leases: [lease(1n), lease(2n)] } }, { concurrency: 1 });
    expect(run.map(({ taskId }) => taskId)).toEqual([1n]);
    expect(deferred).toContainEqual({ what: 'run:2:1', reason: 'no-free-slot' });
  });

  it('settles what has ended, and not twice', () => {
    const ended = { worker: { leases: [lease(1n)] }, hands: { outcomes: [failed] } };
    const fail = { kind: 'fail' as const, taskId: 1n, attempt: 1n, code: 7n, isRetryable: true };
    expect(plan(ended).send).toEqual([fail]);
    expect(plan({ ...ended, account: { inFlight: [sent(fail)] } }).send).toEqual([]);
  });

  it('settles also after the lease has run out, as long as nobody reclaimed it', () => {
    const expired = [{ taskId: 1n, worker: SELF, untilHeight: 100n }];
    const leases = [lease(1n, { untilHeight: 100n })];
    const { send } = plan({ worker: { leases }, expired, hands: { outcomes: [done(1n)] } });
    expect(send.map(({ kind }) => kind)).toEqual(['complete']);
  });

  it('forgets an ended attempt that the chain no longer waits for', () => {
    expect(plan({ hands: { outcomes: [done(1n)] } }).forget).toEqual([{ taskId: 1n, attempt: 1n }]);
  });

  it('stops a handler whose lease is gone', () => {
    const { abort } = plan({ hands: { running: [running(1n)] } });
    expect(abort).toEqual([{ taskId: 1n, attempt: 1n, reason: 'lease-lost' }]);
  });

  it('stops a handler whose owner asks for it', () => {
    const { abort } = plan({
      worker: { leases: [lease(1n, { isStopAsked: true })] },
      hands: { running: [running(1n)] },
    });
    expect(abort).toEqual([{ taskId: 1n, attempt: 1n, reason: 'stop-asked' }]);
  });

  it('fails a task that was asked to stop before it began', () => {
    const { send, run } = plan({ worker: { leases: [lease(1n, { isStopAsked: true })] } });
    expect(run).toEqual([]);
    expect(send).toEqual([{ kind: 'fail', taskId: 1n, attempt: 1n, code: 4n, isRetryable: false }]);
  });

  it.each([
    { name: 'asks for more time when the end is near', until: 104n, max: 1_095n, blocks: [100n] },
    { name: 'asks for no more than the bound leaves', until: 104n, max: 120n, blocks: [20n] },
    { name: 'asks for nothing while there is time', until: 105n, max: 1_095n, blocks: [] },
    { name: 'asks for nothing at the bound', until: 104n, max: 104n, blocks: [] },
  ])('$name', ({ until, max, blocks }) => {
    const held = lease(1n, { untilHeight: until, maxUntilHeight: max });
    const { send } = plan({ worker: { leases: [held] }, hands: { running: [running(1n)] } });
    expect(send.map((intent) => intent.kind === 'heartbeat' && intent.blocks)).toEqual(blocks);
  });

  it('shows the progress that a handler asks to show', () => {
    const progress = new Uint8Array([9]);
    const { send } = plan({
      worker: { leases: [lease(1n)] },
      hands: { running: [{ ...running(1n), progress }] },
    });
    expect(send).toEqual([{ kind: 'heartbeat', taskId: 1n, attempt: 1n, blocks: 100n, progress }]);
  });
});

describe('planNext, reclaims', () => {
  const lost = (taskId: bigint, worker = OTHER) => ({ taskId, worker, untilHeight: 90n });

  it('reclaims leases of others that ran out', () => {
    expect(plan({ expired: [lost(3n), lost(4n)] }).send).toEqual([{ kind: 'reclaim', taskIds: [3n, 4n] }]);
  });

  it('reclaims at most 12 at once and says that there are more', () => {
    const { send, deferred } = plan({ expired: Array.from({ length: 13 }, (_, at) => lost(BigInt(at))) });
    expect(send).toEqual([{ kind: 'reclaim', taskIds: Array.from({ length: 12 }, (_, at) => BigInt(at)) }]);
    expect(deferred).toContainEqual({ what: 'reclaim', reason: 'more-next-tick' });
  });

  it('reclaims its own lease only when nothing in this process works for it', () => {
    const own = { worker: { leases: [lease(1n, { untilHeight: 90n })] }, expired: [lost(1n, SELF)] };
    expect(plan(own).send).toEqual([{ kind: 'reclaim', taskIds: [1n] }]);
    expect(plan(own).run).toEqual([]);
    const kept = plan({ ...own, hands: { running: [running(1n)] } }).send;
    expect(kept.map(({ kind }) => kind)).not.toContain('reclaim');
  });
});

describe('planNext, triggers', () => {
  const trigger = (clock: 'stacks' | 'burn' | 'time') => ({ kind: 'trigger' as const, clock, n: 20 });

  it.each([
    { name: 'not before its height', due: { stacks: 101n, burn: null, time: null }, sends: [] },
    { name: 'at its height', due: { stacks: 100n, burn: null, time: null }, sends: [trigger('stacks')] },
    { name: 'at its Bitcoin height', due: { stacks: null, burn: 10n, time: null }, sends: [trigger('burn')] },
    { name: 'not before its time', due: { stacks: null, burn: null, time: 1_001n }, sends: [] },
    {
      name: 'each clock by itself',
      due: { stacks: 1n, burn: 11n, time: 1_000n },
      sends: [trigger('stacks'), trigger('time')],
    },
  ])('triggers $name', ({ due, sends }) => {
    expect(plan({ due }).send).toEqual(sends);
  });

  it('does not trigger a clock again while that is under way', () => {
    const due = { stacks: 1n, burn: null, time: null };
    const { send, deferred } = plan({ due, account: { inFlight: [sent(trigger('stacks'))] } });
    expect({ send, deferred }).toEqual({
      send: [],
      deferred: [{ what: 'trigger:stacks', reason: 'in-flight' }],
    });
  });
});
