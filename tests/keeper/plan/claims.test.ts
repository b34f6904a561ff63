import { describe, expect, it } from 'vitest';
import { done, given, lane, lease, OTHER, plan, running, sent } from './snapshots.js';

const claim = (n: number, queue = 0n) => ({ kind: 'claim' as const, queue, n });

describe('planNext, claims', () => {
  it('does nothing when there is nothing to do', () => {
    expect(plan({})).toEqual({ mends: [], send: [], run: [], abort: [], forget: [], deferred: [] });
  });

  it.each([
    { name: 'takes a small batch of an open lane', facts: { openLanes: [lane(7n)] }, sends: [claim(2)] },
    { name: 'leaves lanes of other queues alone', facts: { openLanes: [lane(15n, 3n)] }, sends: [] },
    {
      name: 'takes no more than the capacity that is left',
      facts: { openLanes: [lane(7n)], worker: { capacity: 3, leases: [lease(1n), lease(2n)] } },
      sends: [claim(1)],
    },
    {
      name: 'counts what claims under way may bring',
      facts: {
        openLanes: [lane(7n)],
        worker: { capacity: 2 },
        account: { inFlight: [sent(claim(2, 4n))] },
      },
      sends: [],
    },
    {
      name: 'has one claim of a queue under way at a time',
      facts: { openLanes: [lane(7n)], account: { inFlight: [sent(claim(2))] } },
      sends: [],
    },
    {
      name: 'takes the slot of a task that is being settled by an earlier nonce',
      facts: {
        openLanes: [lane(7n)],
        worker: { capacity: 1, leases: [lease(1n)] },
        hands: { outcomes: [done(1n)] },
      },
      sends: [{ kind: 'complete' as const, taskId: 1n, attempt: 1n, result: new Uint8Array([1]) }, claim(1)],
    },
  ])('$name', ({ facts, sends }) => {
    expect(plan(facts).send).toEqual(sends);
  });

  it('takes the queue with the most urgent task first', () => {
    const { send } = plan({ openLanes: [lane(3n, 1n), lane(15n, 2n)] }, { queues: [1n, 2n] });
    expect(send).toEqual([claim(2, 2n)]);
  });

  it('says why it takes nothing when every slot is taken', () => {
    const { deferred } = plan({ openLanes: [lane(7n)], worker: { capacity: 1, leases: [lease(1n)] } });
    expect(deferred).toContainEqual({ what: 'claim:0', reason: 'no-free-slot' });
  });

  it('takes no more tasks than handlers may run', () => {
    const { send } = plan({ openLanes: [lane(7n)], hands: { running: [running(9n)] } }, { concurrency: 1 });
    expect(send).toEqual([]);
  });

  it('takes nothing new while it stops, and says so', () => {
    const { send, deferred } = plan({ openLanes: [lane(7n)] }, { isStopping: true });
    expect({ send, deferred }).toEqual({ send: [], deferred: [{ what: 'claim', reason: 'stopping' }] });
  });

  it('takes nothing without the worker role, and says so', () => {
    const { deferred } = plan({ openLanes: [lane(7n)], worker: { isWorker: false } });
    expect(deferred).toEqual([{ what: 'claim', reason: 'not-a-worker' }]);
  });

  it('waits after a claim that came too late, twice as long after the second', () => {
    const waitAfter = (count: number) => {
      const setbacks = [{ purpose: 'claim:0', count, lastHeight: 100n }];
      const [deferred] = plan({ openLanes: [lane(7n)], account: { setbacks } }).deferred;
      return deferred;
    };
    expect(waitAfter(1)).toMatchObject({ what: 'claim:0', reason: 'after-setback' });
    expect(waitAfter(5)?.untilHeight).toBeGreaterThan(waitAfter(1)?.untilHeight ?? 1_000n);
  });

  it('yields about half of the blocks to one other active worker while it has work itself', () => {
    const facts = {
      openLanes: [lane(7n)],
      otherWorkers: [OTHER],
      worker: { capacity: 8, leases: [lease(1n)] },
    };
    const busy = { ...facts, hands: { running: [running(1n)] } };
    const turns = Array.from({ length: 200 }, (_, height) => plan(busy, {}, `${height}`).send.length);
    const taken = turns.reduce((sum, count) => sum + count, 0);
    expect(taken).toBeGreaterThan(70);
    expect(taken).toBeLessThan(130);
  });

  it('never yields while it has nothing in hand', () => {
    const facts = { openLanes: [lane(7n)], otherWorkers: [OTHER] };
    const turns = Array.from({ length: 50 }, (_, height) => plan(facts, {}, `${height}`).send.length);
    expect(turns.every((count) => count === 1)).toBe(true);
  });

  it('decides the same for the same snapshot, policy and dice', () => {
    const facts = { openLanes: [lane(7n)], otherWorkers: [OTHER], due: { ...given({}).due, stacks: 99n } };
    expect(plan(facts, {}, 'x')).toEqual(plan(facts, {}, 'x'));
  });
});
