import { describe, expect, it } from 'vitest';
import {
  CLOCK,
  mineUntil,
  mineUntilBurn,
  mineUntilTime,
  nextBurnHeight,
  nextHeight,
  nextTime,
} from '../../helpers/clocks.js';
import { expectErr, expectOk, read } from '../../helpers/contracts.js';
import { queuedState, type Scene, standardScene } from '../../helpers/scene.js';
import {
  createAndSchedule,
  dequeueAs,
  dequeueFrom,
  fail,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

const triggered = (due: bigint) => ({ due, created: 0n, paid: 0n });

const scheduleAll = ({ producer, template }: Scene, clock: bigint, instants: readonly bigint[]) =>
  instants.map((at) => expectOk(createAndSchedule(template, {}, clock, at, producer)) as bigint);

// The smallest step a clock makes from one call to the next is one block: ten seconds of time.
const clocks = [
  ['the Stacks height', CLOCK.stacks, nextHeight, mineUntil, 1n],
  ['the Bitcoin height', CLOCK.burn, nextBurnHeight, mineUntilBurn, 1n],
  ['the block time', CLOCK.time, nextTime, mineUntilTime, 10n],
] as const;

describe.each(clocks)('trigger-due-tasks, by %s', (_, clock, now, mineUntilIt, step) => {
  it('sets a task free from its instant on, not before', () => {
    const scene = standardScene();
    const at = now() + 10n * step;
    scheduleAll(scene, clock, [at]);
    mineUntilIt(at - step);
    expect(trigger(clock)).toEqual({ result: { ok: triggered(0n) }, prints: [], transfers: [] });
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
    if (now() < at) mineUntilIt(at);

    const outcome = trigger(clock);

    const state = queuedState({ clock, at, shared: true });
    expect(outcome).toEqual({
      result: { ok: triggered(1n) },
      prints: [{ topic: 'task-triggered', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
  });

  it('takes what is due and leaves the rest, the earliest first', () => {
    const scene = standardScene();
    const start = now();
    scheduleAll(
      scene,
      clock,
      [30n, 20n, 40n, 20n].map((steps) => start + steps * step),
    );
    mineUntilIt(start + 30n * step);

    expect(expectOk(trigger(clock))).toEqual(triggered(3n));

    expect(expectOk(dequeueFrom(0n, 4n, scene.alice))).toEqual([2n, 4n, 1n]);
    expect(read('index', 'get-first-due', clock)).toBe(start + 40n * step);
  });

  it('leaves the tasks of the other clocks alone', () => {
    const scene = standardScene();
    for (const [, other, otherNow] of clocks) scheduleAll(scene, other, [otherNow() + 20n]);
    mineUntilIt((stateOf(clock + 1n).at as bigint) + (step - 1n) * 2n);

    expect(expectOk(trigger(clock))).toEqual(triggered(1n));

    expect(stateOf(clock + 1n).status).toBe(STATUS.QUEUED);
    const others = [1n, 2n, 3n].filter((id) => id !== clock + 1n);
    expect(others.map((id) => stateOf(id).status)).toEqual([STATUS.PENDING, STATUS.PENDING]);
  });
});

describe('the block time', () => {
  it('sets a task free that is due between two blocks with the second', () => {
    const scene = standardScene();
    const at = nextTime() + 95n;
    scheduleAll(scene, CLOCK.time, [at]);
    mineUntilTime(at - 5n);

    expect(expectOk(trigger(CLOCK.time))).toEqual(triggered(0n));
    expect(nextTime()).toBe(at + 5n);
    expect(expectOk(trigger(CLOCK.time))).toEqual(triggered(1n));
  });
});

describe('trigger-due-tasks', () => {
  it('has nothing to do when nothing is due', () => {
    standardScene();
    for (const clock of [0n, 1n, 2n]) {
      expect(trigger(clock)).toEqual({ result: { ok: triggered(0n) }, prints: [], transfers: [] });
    }
  });

  it('is for anyone', () => {
    const scene = standardScene();
    const at = nextHeight() + 3n;
    scheduleAll(scene, CLOCK.stacks, [at]);
    mineUntil(at);
    expect(expectOk(trigger(CLOCK.stacks, 1n, scene.stranger))).toEqual(triggered(1n));
  });

  it('refuses a clock that is none of the three', () => {
    expectErr(trigger(3n), 'scheduler.ERR_CLOCK');
  });

  it('takes from 1 to 20 tasks', () => {
    const scene = standardScene();
    const at = nextHeight() + 10n;
    scheduleAll(scene, CLOCK.stacks, [at, at, at]);
    mineUntil(at);

    expectErr(trigger(CLOCK.stacks, 0n), 'scheduler.ERR_TOO_MANY');
    expectErr(trigger(CLOCK.stacks, 21n), 'scheduler.ERR_TOO_MANY');
    expect(expectOk(trigger(CLOCK.stacks, 2n))).toEqual(triggered(2n));
    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(1n));
  });

  it('sets retries free with the tasks of the same instant, in the order of entering it', () => {
    const scene = standardScene({ 'retry-delay': 20n });
    scheduleAll(scene, CLOCK.stacks, [nextHeight() + 2n]);
    mineUntil(stateOf(1n).at as bigint);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.alice));
    const at = expectOk(fail(1n, 1n, scene.alice)) as bigint;
    scheduleAll(scene, CLOCK.stacks, [at]);
    mineUntil(at);

    const { prints } = trigger(CLOCK.stacks);

    expect(prints).toEqual([1n, 2n].map((id) => ({ topic: 'task-triggered', id, ...stateOf(id) })));
    expect(expectOk(dequeueFrom(0n, 2n, scene.bob))).toEqual([1n, 2n]);
  });

  it('sets twenty tasks free in one call, of one instant and of one window of 128', () => {
    const scene = standardScene();
    const window = (nextHeight() / 128n + 1n) * 128n;
    scheduleAll(
      scene,
      CLOCK.stacks,
      Array.from({ length: 21 }, () => window),
    );
    const next = window + 128n;
    scheduleAll(
      scene,
      CLOCK.stacks,
      Array.from({ length: 21 }, (_, i) => next + BigInt(i) * 6n),
    );
    mineUntil(window);
    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(20n));
    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(1n));
    mineUntil(next + 127n);

    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(20n));
    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(1n));
  });

  it('sets eleven tasks free in one call whose instants are 128 and more apart', () => {
    const scene = standardScene();
    const start = nextHeight() + 50n;
    const ids = scheduleAll(
      scene,
      CLOCK.stacks,
      Array.from({ length: 12 }, (_, i) => start + BigInt(i) * 128n),
    );
    mineUntil(start + 12n * 128n);

    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(11n));
    expect(expectOk(trigger(CLOCK.stacks, 20n))).toEqual(triggered(1n));

    expect(ids.map((id) => stateOf(id).seq)).toEqual(ids);
  });
});
