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
import { call, expectOk } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import {
  complete,
  config,
  dequeueAs,
  dequeueFrom,
  expire,
  fail,
  lastId,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';
import {
  codeOf,
  createSeries,
  POLICY,
  prepaidOf,
  printedBy,
  SERIES,
  seriesOf,
  setActive,
  startSeries,
  taskOfSeries,
  triggerAt,
} from './series.js';

const clocks = [
  ['the Stacks height', CLOCK.stacks, nextHeight, mineUntil, 10n],
  ['the Bitcoin height', CLOCK.burn, nextBurnHeight, mineUntilBurn, 10n],
  ['the block time', CLOCK.time, nextTime, mineUntilTime, 100n],
] as const;

describe.each(clocks)('a series by %s', (_, clock, now, mineUntilIt, every) => {
  it('makes the next task when its task is set free, without drift, until its runs are used up', () => {
    const scene = standardScene();
    const at = now() + every;
    const { n } = startSeries(scene, { clock, at, every, runs: 3n });
    const before = seriesOf(n);

    mineUntilIt(at);
    const first = trigger(clock);
    mineUntilIt(at + every + every / 2n); // late, but by less than an interval
    const second = trigger(clock);
    mineUntilIt(at + 2n * every);
    const third = trigger(clock);

    const afterFirst = { ...before, at: at + every, left: 1n, task: 2n, previous: 1n };
    const afterSecond = { ...before, at: at + 2n * every, left: 0n, task: 3n, previous: 2n };
    expect(first.result).toEqual({ ok: { due: 1n, created: 1n, paid: 0n } });
    expect(printedBy(first, 'series-')).toEqual([{ topic: 'series-advanced', series: n, ...afterFirst }]);
    expect(printedBy(second, 'series-')).toEqual([{ topic: 'series-advanced', series: n, ...afterSecond }]);
    expect(third.result).toEqual({ ok: { due: 1n, created: 0n, paid: 0n } });
    expect(printedBy(third, 'series-')).toEqual([
      { topic: 'series-ended', series: n, ...afterSecond, status: SERIES.ended },
    ]);
    expect(seriesOf(n)).toEqual({ ...afterSecond, status: SERIES.ended });
    expect(prepaidOf(n)).toBe(0n);
    expect(expectOk(dequeueFrom(0n, 4n, scene.alice))).toEqual([1n, 2n, 3n]);
  });
});

describe('a late trigger', () => {
  // Slots 10 blocks apart; how many blocks after the first slot it is triggered, and the next slot, in intervals.
  const rows = [
    ['skip', POLICY.skip, 9n, 1n],
    ['catch up', POLICY.catchUp, 9n, 1n],
    ['catch up', POLICY.catchUp, 10n, 1n],
    ['catch up', POLICY.catchUp, 25n, 1n],
    ['catch up', POLICY.catchUp, 209n, 1n],
    ['catch up', POLICY.catchUp, 210n, 2n],
    ['catch up', POLICY.catchUp, 500n, 31n],
    ['coalesce', POLICY.coalesce, 9n, 1n],
    ['coalesce', POLICY.coalesce, 10n, 2n],
    ['coalesce', POLICY.coalesce, 25n, 3n],
  ] as const;

  it.each(rows)(
    'of a series that would %s (policy %d), %d blocks on: the next slot is number %d',
    (...row) => {
      const [, policy, late, slots] = row;
      const scene = standardScene();
      const { n, at } = startSeries(scene, { policy });

      expect(expectOk(triggerAt(at + late))).toEqual({ due: 1n, created: 1n, paid: 0n });

      expect(seriesOf(n)).toMatchObject({ at: at + slots * 10n, left: 1n, task: 2n, previous: 1n });
      expect(stateOf(2n)).toMatchObject({ status: STATUS.PENDING, at: at + slots * 10n });
      expect(stateOf(1n).status).toBe(STATUS.QUEUED);
    },
  );

  it.each([
    [10n, 2n],
    [25n, 3n],
  ])('of a series that skips, %d blocks on, puts the run off to slot number %d', (late, slots) => {
    const scene = standardScene();
    const { n, at } = startSeries(scene, { policy: POLICY.skip });
    const before = seriesOf(n);

    const outcome = triggerAt(at + late);

    const next = at + slots * 10n;
    expect(outcome.result).toEqual({ ok: { due: 1n, created: 0n, paid: 0n } });
    expect(printedBy(outcome, 'series-')).toEqual([
      { topic: 'series-deferred', series: n, ...before, at: next },
    ]);
    expect(stateOf(1n)).toMatchObject({ status: STATUS.PENDING, at: next });
    expect(expectOk(triggerAt(next))).toEqual({ due: 1n, created: 1n, paid: 0n });
    expect(seriesOf(n)).toMatchObject({ at: next + 10n, left: 1n, task: 2n, previous: 1n });
  });

  it('of a series that catches up lets one run follow the other until none is behind', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene, { policy: POLICY.catchUp, runs: 9n });
    mineUntil(at + 35n);

    const created = Array.from(
      { length: 5 },
      () => (expectOk(trigger(CLOCK.stacks)) as { created: bigint }).created,
    );

    expect(created).toEqual([1n, 1n, 1n, 1n, 0n]);
    expect(seriesOf(n)).toMatchObject({ at: at + 40n, left: 4n, task: 5n });
    expect(expectOk(dequeueFrom(0n, 8n, scene.alice))).toEqual([1n, 2n, 3n, 4n]);
  });
});

describe.each([
  ['skip', POLICY.skip],
  ['catch up', POLICY.catchUp],
  ['coalesce', POLICY.coalesce],
])('a series without overlap that would %s', (_, policy) => {
  it('passes a slot over while the run before has not ended', () => {
    const scene = standardScene();
    const { at } = startSeries(scene, { policy, overlap: false, runs: 4n });
    expectOk(triggerAt(at)); // 1 is queued, 2 held

    const queued = triggerAt(at + 10n);
    expectOk(dequeueAs(scene.alice));
    const running = triggerAt(at + 20n);
    expectOk(fail(1n, 1n, scene.alice));
    const retrying = triggerAt(at + 30n); // it also sets the retry free

    for (const [outcome, slots] of [
      [queued, 2n],
      [running, 3n],
      [retrying, 4n],
    ] as const) {
      expect(printedBy(outcome, 'series-')).toMatchObject([
        { topic: 'series-deferred', at: at + slots * 10n, task: 2n, previous: 1n, left: 2n },
      ]);
    }
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 2n, scene.alice));
    expect(printedBy(triggerAt(at + 40n), 'series-')).toMatchObject([
      { topic: 'series-advanced', at: at + 50n, task: 3n, previous: 2n, left: 1n },
    ]);
  });
});

describe('a series with overlap', () => {
  it('runs again while the run before has not ended', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene, { overlap: true });
    expectOk(triggerAt(at));
    expectOk(triggerAt(at + 10n));
    expect(seriesOf(n)).toMatchObject({ task: 3n, previous: 2n });
    expect(expectOk(dequeueFrom(0n, 4n, scene.alice))).toEqual([1n, 2n]);
  });
});

describe('a series whose next task cannot be made', () => {
  it('stands down with the reason, and the task that is free stays free', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene);
    const before = seriesOf(n);
    setActive(scene, false);

    const outcome = triggerAt(at);

    const reason = codeOf('factory.ERR_INACTIVE');
    expect(outcome.result).toEqual({ ok: { due: 1n, created: 0n, paid: 0n } });
    expect(printedBy(outcome, 'series-')).toEqual([
      { topic: 'series-stood-down', series: n, ...before, at: at + 10n, status: SERIES.stoodDown, reason },
    ]);
    expect(stateOf(1n).status).toBe(STATUS.QUEUED);
    expect(prepaidOf(n)).toBe(2000n);
    expect(expectOk(triggerAt(at + 50n))).toEqual({ due: 0n, created: 0n, paid: 0n });
  });

  it('stands down when what is prepaid no longer pays for a run', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene, { reward: 1000n });
    const dearer = config({ 'min-reward': 1001n });
    expectOk(call('factory', 'update-task-template', [scene.template, dearer], scene.manager));

    expectOk(triggerAt(at));

    expect(seriesOf(n)).toMatchObject({ status: SERIES.stoodDown, left: 2n });
  });
});

describe('a run that is put off', () => {
  it('has its time to live anew, from the trigger that sets it free', () => {
    const scene = standardScene({ 'ttl-seconds': 50n });
    const { n, at } = startSeries(scene, { policy: POLICY.skip, every: 20n });
    expect(printedBy(triggerAt(at + 20n), 'series-')).toMatchObject([
      { topic: 'series-deferred', at: at + 40n },
    ]);
    mineUntil(at + 39n); // later than its time to live from the first trigger
    expect(expectOk(expire([1n], scene.stranger))).toEqual([{ err: expect.stringMatching(/^control\./) }]);

    expectOk(triggerAt(at + 40n));

    expect(seriesOf(n)).toMatchObject({ status: SERIES.running, task: 2n });
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
  });
});

describe('trigger-due-tasks', () => {
  it('advances seven series in one call, each for itself', () => {
    const scene = standardScene();
    const at = nextHeight() + 30n;
    const policies = [0n, 1n, 2n, 0n, 1n, 2n, 1n];
    for (const policy of policies)
      expectOk(createSeries(scene, { at, policy, runs: policy === 0n ? 2n : 1n }));
    mineUntil(at + 15n);

    const outcome = trigger(CLOCK.stacks);

    expect(outcome.result).toEqual({ ok: { due: 7n, created: 0n, paid: 0n } });
    expect(printedBy(outcome, 'series-').map(({ topic, series }) => [topic, series])).toEqual([
      ['series-deferred', 1n],
      ['series-deferred', 4n],
      ['series-ended', 2n],
      ['series-ended', 3n],
      ['series-ended', 5n],
      ['series-ended', 6n],
      ['series-ended', 7n],
    ]);
    expect(expectOk(triggerAt(at + 20n))).toEqual({ due: 2n, created: 2n, paid: 0n });
  });

  it('leaves what is more than seven for the next call', () => {
    const scene = standardScene();
    const at = nextHeight() + 30n;
    for (let i = 0; i < 8; i++) expectOk(createSeries(scene, { at }));
    expect(expectOk(triggerAt(at))).toEqual({ due: 7n, created: 7n, paid: 0n });
    expect(expectOk(trigger(CLOCK.stacks))).toEqual({ due: 1n, created: 1n, paid: 0n });
  });

  it('leaves what is more than seven for the next call also when they were put off before', () => {
    const scene = standardScene();
    const at = nextHeight() + 30n;
    for (let i = 0; i < 8; i++) expectOk(createSeries(scene, { at, policy: POLICY.skip }));
    mineUntil(at + 10n);
    for (const due of [7n, 1n]) {
      expect(expectOk(trigger(CLOCK.stacks))).toEqual({ due, created: 0n, paid: 0n });
    }
    mineUntil(at + 20n);

    for (const due of [7n, 1n]) {
      expect(expectOk(trigger(CLOCK.stacks))).toEqual({ due, created: due, paid: 0n });
    }
  });

  it('does not advance a series by a retry of its last run', () => {
    const scene = standardScene({ 'retry-delay': 2n });
    const { n, at } = startSeries(scene, { runs: 1n });
    expectOk(triggerAt(at));
    expectOk(dequeueAs(scene.alice));
    const again = expectOk(fail(1n, 1n, scene.alice)) as bigint;
    const before = seriesOf(n);

    const outcome = triggerAt(again);

    expect(stateOf(1n).status).toBe(STATUS.QUEUED);
    expect(printedBy(outcome, 'series-')).toEqual([]);
    expect(seriesOf(n)).toEqual(before);
    expect(lastId()).toBe(taskOfSeries(n));
  });
});
