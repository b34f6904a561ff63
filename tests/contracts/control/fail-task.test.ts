import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, mineUntilBurn, nextBurnHeight, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { runningScene, standardScene } from '../../helpers/scene.js';
import {
  createAndSchedule,
  dequeueAs,
  fail,
  reclaim,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

/** Lets every attempt fail, the last one included; returns how long each waited for the next one. */
function delaysOf(fields: Fields): bigint[] {
  const scene = runningScene(fields);
  expectOk(call('registry', 'set-param', ['strike-limit', 0n], scene.deployer));
  const delays: bigint[] = [];
  for (let attempt = 1n; ; attempt++) {
    const now = nextHeight();
    const next = expectOk(fail(1n, attempt, scene.alice)) as bigint;
    if (next === 0n) return delays;
    delays.push(next - now);
    mineUntil(next);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.alice));
  }
}

describe('fail-task', () => {
  it('puts a task with attempts left to its next time and keeps its reward', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const retry = nextHeight() + 4n;

    const outcome = fail(1n, 1n, scene.alice, { code: 42n });

    const state = {
      ...before,
      status: STATUS.RETRYING,
      code: 42n,
      list: 2n ** 64n + retry,
      seq: 1n,
      retry,
    };
    expect(outcome).toEqual({
      result: { ok: retry },
      prints: [{ topic: 'task-failed', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.vault)).toBe(1000n);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0n, failed: 1n, streak: 1n });
  });

  it('ends a task whose attempts are used up and refunds its owner', () => {
    const scene = runningScene({ 'max-attempts': 1n });
    const before = stateOf(1n);
    const [owner, worker] = [balanceOf(scene.producer), balanceOf(scene.alice)];
    const ended = nextHeight();

    const outcome = fail(1n, 1n, scene.alice, { code: 42n });

    const state = { ...before, status: STATUS.FAILED, code: 42n, escrow: 0n, list: 4096n, seq: 1n, ended };
    expect(outcome).toEqual({
      result: { ok: 0n },
      prints: [{ topic: 'task-failed', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(balanceOf(scene.producer)).toBe(owner + 1000n);
    expect(balanceOf(scene.alice)).toBe(worker);
  });

  it('ends a task at once when another attempt would not help', () => {
    const scene = runningScene();
    expect(fail(1n, 1n, scene.alice, { retryable: false })).toMatchObject({
      result: { ok: 0n },
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toMatchObject({ status: STATUS.FAILED, attempts: 1n });
  });

  it('takes every code', () => {
    const scene = runningScene();
    expectOk(fail(1n, 1n, scene.alice, { code: 2n ** 128n - 1n }));
    expect(stateOf(1n).code).toBe(2n ** 128n - 1n);
  });
});

describe('the delay before the next attempt', () => {
  it('is constant when it does not double', () => {
    expect(delaysOf({ 'max-attempts': 4n, 'retry-delay': 5n })).toEqual([5n, 5n, 5n]);
  });

  it('doubles', () => {
    const fields = { 'max-attempts': 6n, 'retry-delay': 3n, doubling: true, 'retry-cap': 1000n };
    expect(delaysOf(fields)).toEqual([3n, 6n, 12n, 24n, 48n]);
  });

  it('is at most the cap', () => {
    const fields = { 'max-attempts': 6n, 'retry-delay': 3n, doubling: true, 'retry-cap': 20n };
    expect(delaysOf(fields)).toEqual([3n, 6n, 12n, 20n, 20n]);
  });

  it('stops doubling after sixteen times and does not overflow in twenty attempts', () => {
    const fields = { 'max-attempts': 20n, 'retry-delay': 1n, doubling: true, 'retry-cap': 1_000_000n };
    const expected = Array.from({ length: 19 }, (_, i) => 2n ** BigInt(Math.min(i, 16)));
    expect(delaysOf(fields)).toEqual(expected);
  });

  it('is in Stacks blocks, by whatever clock the task was due', () => {
    const scene = standardScene();
    const at = nextBurnHeight() + 2n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.burn, at, scene.producer));
    mineUntilBurn(at);
    expectOk(trigger(CLOCK.burn));
    expectOk(dequeueAs(scene.alice));
    const retry = nextHeight() + 4n;
    expect(expectOk(fail(1n, 1n, scene.alice))).toBe(retry);

    mineUntil(retry);

    expect(expectOk(trigger(CLOCK.stacks))).toEqual({ due: 1n, created: 0n, paid: 0n });
    expect(stateOf(1n).status).toBe(STATUS.QUEUED);
  });

  it('is the same after a lost lease', () => {
    const scene = runningScene({ 'retry-delay': 3n, doubling: true });
    expectOk(fail(1n, 1n, scene.alice));
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.alice));
    mineUntil(stateOf(1n).until as bigint);

    const now = nextHeight();
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ ok: now + 6n }]);
  });
});
