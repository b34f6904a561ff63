import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, mineUntilTime, nextHeight, nextTime } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import {
  complete,
  createAndSchedule,
  creditsOf,
  dequeueAs,
  dequeueFrom,
  enqueue,
  fail,
  releaseChildren,
  STATUS,
  stateOf,
  statusesOf,
  trigger,
  withdrawCredits,
} from '../../helpers/tasks.js';

describe('a late task', () => {
  it('is expired by whoever would have begun it, and its reward credited to its owner', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline, priority: 9n }, {}]);
    mineUntilTime(deadline);
    const ended = nextHeight();

    const outcome = dequeueFrom(0n, 2n, scene.alice);

    const state = queuedState({
      status: STATUS.EXPIRED,
      escrow: 0n,
      expires: deadline,
      lane: 9n,
      list: 0n,
      seq: 0n,
      ended,
    });
    expect(outcome.result).toEqual({ ok: [2n] });
    expect(outcome.prints).toEqual([
      { topic: 'task-expired', id: 1n, ...state },
      { topic: 'task-dequeued', id: 2n, ...stateOf(2n) },
    ]);
    expect(outcome.transfers).toEqual([]);
    expect(stateOf(1n)).toEqual(state);
    expect(creditsOf(scene.producer)).toBe(1000n);
    expect(balanceOf(scene.vault)).toBe(2000n);
  });

  it('is late from its deadline on, not before', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }, { deadline }]);

    mineUntilTime(deadline - 10n);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([]);
  });

  it('keeps no lease slot and says nothing about the worker', () => {
    const scene = standardScene({ 'ttl-seconds': 100n });
    enqueueAll(scene, [{}]);
    mineUntilTime(stateOf(1n).expires as bigint);
    const before = read('registry', 'get-worker', scene.alice) as { [key: string]: bigint };

    expect(expectOk(dequeueAs(scene.alice))).toEqual([]);

    const after = read('registry', 'get-worker', scene.alice) as { [key: string]: bigint };
    expect({ ...after, oldest: 0n }).toEqual({ ...before, oldest: 0n });
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
  });

  it('lets the children that waited for it go their way', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }]);
    enqueueAll(scene, [{ parents: [1n] }, { parents: [1n], lax: true }]);
    mineUntilTime(deadline);
    expectOk(dequeueAs(scene.alice));
    expect(read('graph', 'get-loose')).toBe(2n);

    expect(expectOk(releaseChildren(8n))).toBe(2n);

    expect(statusesOf(1n, 2n, 3n)).toEqual([STATUS.EXPIRED, STATUS.CANCELLED, STATUS.QUEUED]);
    expect(creditsOf(scene.producer)).toBe(2000n);
  });

  it('is late also when it comes back from a failed attempt', () => {
    const scene = standardScene({ 'ttl-seconds': 100n });
    enqueueAll(scene, [{}]);
    const { expires } = stateOf(1n);
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    mineUntilTime(expires as bigint);
    expectOk(trigger(CLOCK.stacks));

    expect(expectOk(dequeueAs(scene.alice))).toEqual([]);

    expect(stateOf(1n)).toMatchObject({ status: STATUS.EXPIRED, attempts: 1n, escrow: 0n });
  });

  it('may still be completed once it runs', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }]);
    expectOk(dequeueAs(scene.alice));
    mineUntilTime(deadline + 100n);
    expect(expectOk(complete(1n, 1n, scene.alice))).toBe(1000n);
  });
});

describe('the time a template gives', () => {
  it('begins when a scheduled task enters its lane', () => {
    const scene = standardScene({ 'ttl-seconds': 100n });
    const at = nextHeight() + 50n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    expect(stateOf(1n)).toMatchObject({ ttl: 100n, expires: 0n });
    mineUntil(at);
    const now = nextTime();

    expectOk(trigger(CLOCK.stacks));

    expect(stateOf(1n)).toMatchObject({ status: STATUS.QUEUED, ttl: 0n, expires: now + 100n });
  });

  it('begins when the last parent has ended', () => {
    const scene = standardScene({ 'ttl-seconds': 100n });
    enqueueAll(scene, [{}]);
    expectOk(dequeueAs(scene.alice));
    const deadline = nextTime() + 1_000_000n;
    expectOk(enqueue(scene.template, { parents: [1n], deadline }, scene.producer));
    expect(stateOf(2n)).toMatchObject({ ttl: 100n, expires: deadline });
    expectOk(complete(1n, 1n, scene.alice));
    const now = nextTime();

    expectOk(releaseChildren(1n));

    expect(stateOf(2n)).toMatchObject({ status: STATUS.QUEUED, ttl: 0n, expires: now + 100n });
  });
});

describe('withdraw-credits', () => {
  it('pays the caller all that is credited to it, once', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [
      { deadline, reward: 70n },
      { deadline, reward: 7n },
    ]);
    mineUntilTime(deadline);
    expectOk(dequeueFrom(0n, 2n, scene.alice));
    expect(creditsOf(scene.producer)).toBe(77n);

    expect(withdrawCredits(scene.producer)).toEqual({
      result: { ok: 77n },
      prints: [{ topic: 'credits-withdrawn', owner: scene.producer, amount: 77n }],
      transfers: [{ amount: 77n, from: scene.vault, to: scene.producer }],
    });

    expect(creditsOf(scene.producer)).toBe(0n);
    expect(balanceOf(scene.vault)).toBe(0n);
    expectErr(withdrawCredits(scene.producer), 'queue.ERR_NO_CREDIT');
  });

  it('refuses whoever has no credit', () => {
    const { stranger } = standardScene();
    expectErr(withdrawCredits(stranger), 'queue.ERR_NO_CREDIT');
  });
});
