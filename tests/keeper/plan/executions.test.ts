import { describe, expect, it } from 'vitest';
import { lane, plan, sent } from './snapshots.js';

const handler = 'ST1.counter';
const waiting = (...ids: readonly bigint[]) => ids.map((taskId) => ({ taskId, queue: 3n, handler }));
const execute = (taskId: bigint) => ({ kind: 'execute' as const, taskId, handler });

describe('planNext, executions', () => {
  it('has what waits in an on-chain queue done, the first in line first', () => {
    expect(plan({ executable: waiting(4n, 2n) }).send).toEqual([execute(4n), execute(2n)]);
  });

  it('claims before it executes', () => {
    const { send } = plan({ openLanes: [lane(7n)], executable: waiting(4n) });
    expect(send.map(({ kind }) => kind)).toEqual(['claim', 'execute']);
  });

  it('does not execute a task again while that is under way', () => {
    const { send, deferred } = plan({
      executable: waiting(4n),
      account: { inFlight: [sent(execute(4n))] },
    });
    expect({ send, deferred }).toEqual({
      send: [],
      deferred: [{ what: 'execute:4', reason: 'in-flight' }],
    });
  });

  it('has at most 8 under way, and says that there are more', () => {
    const inFlight = [1n, 2n, 3n].map((id) => sent(execute(id), { nonce: 5n + id }));
    const { send, deferred } = plan({
      executable: waiting(11n, 12n, 13n, 14n, 15n, 16n),
      account: { inFlight, nonce: 6n },
    });
    expect(send).toEqual([11n, 12n, 13n, 14n, 15n].map(execute));
    expect(deferred).toContainEqual({ what: 'execute', reason: 'more-next-tick' });
  });

  it('sends no more than may be in flight', () => {
    const { send, deferred } = plan({ executable: waiting(1n, 2n) }, { maxInFlight: 1 });
    expect(send).toEqual([execute(1n)]);
    expect(deferred).toContainEqual({ what: 'execute:2', reason: 'in-flight-full' });
  });

  it('passes over a task that could not be done a moment ago', () => {
    const setbacks = [{ purpose: 'execute:1', count: 3, lastHeight: 100n }];
    const { send, deferred } = plan({ executable: waiting(1n, 2n), account: { setbacks } });
    expect(send).toEqual([execute(2n)]);
    expect(deferred).toMatchObject([{ what: 'execute:1', reason: 'after-setback' }]);
  });

  it('executes nothing without the worker role, nor while it stops', () => {
    expect(plan({ executable: waiting(1n), worker: { isWorker: false } }).send).toEqual([]);
    expect(plan({ executable: waiting(1n) }, { isStopping: true }).send).toEqual([]);
  });
});
