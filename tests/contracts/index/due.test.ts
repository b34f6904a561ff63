import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { expectOk, type Fields, read } from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import { cancel, createAndSchedule, dequeueFrom, stateOf, trigger } from '../../helpers/tasks.js';

const firstDue = (clock: bigint) => read('index', 'get-first-due', clock);
const dueIds = (clock: bigint) => (read('index', 'get-due', clock) as Fields[]).map(({ id }) => id);

const scheduleAll = ({ producer, template }: Scene, clock: bigint, instants: readonly bigint[]) =>
  instants.map((at) => expectOk(createAndSchedule(template, {}, clock, at, producer)) as bigint);

// Each shares a node of every level with some of the others and not with the rest.
const INSTANTS = [
  1000n,
  1001n,
  1023n,
  1024n,
  16_383n,
  16_384n,
  2n ** 21n - 1n,
  2n ** 21n,
  2n ** 28n - 1n,
  2n ** 28n + 5n,
  2n ** 34n,
  2n ** 35n - 1n,
];

describe('get-first-due', () => {
  it.each([
    ['Stacks', CLOCK.stacks],
    ['Bitcoin', CLOCK.burn],
  ] as const)(
    'finds the earliest instant of the %s clock at every distance, whatever was taken out',
    (_, clock) => {
      const scene = standardScene();
      expect(firstDue(clock)).toBeNull();
      const shuffled = INSTANTS.map((_at, i) => INSTANTS[(i * 5) % INSTANTS.length] as bigint);
      const ids = scheduleAll(scene, clock, shuffled);

      for (const at of INSTANTS) {
        expect(firstDue(clock)).toBe(at);
        expectOk(cancel(ids[shuffled.indexOf(at)] as bigint, scene.producer));
      }
      expect(firstDue(clock)).toBeNull();
    },
  );

  it('keeps the three clocks apart', () => {
    const scene = standardScene();
    const at = 2n ** 34n;
    const [stacks, burn, time] = scheduleAll(scene, CLOCK.stacks, [at]).concat(
      scheduleAll(scene, CLOCK.burn, [at]),
      scheduleAll(scene, CLOCK.time, [at]),
    );
    expectOk(cancel(burn as bigint, scene.producer));

    expect([0n, 1n, 2n].map(firstDue)).toEqual([at, null, at]);
    expect([0n, 1n, 2n].map(dueIds)).toEqual([[stacks], [], [time]]);
  });

  it('answers none for a clock that is none of the three', () => {
    expect(firstDue(3n)).toBeNull();
    expect(dueIds(3n)).toEqual([]);
  });
});

describe('a due bucket out of which tasks were cancelled', () => {
  it.each<[string, bigint[]]>([
    ['its head', [1n]],
    ['its tail', [6n]],
    ['its middle', [3n]],
    ['a run in its middle', [2n, 4n, 3n]],
    ['a run from its head', [2n, 1n]],
    ['a run to its tail', [5n, 6n]],
    ['every second entry', [2n, 4n, 6n]],
  ])('keeps the order of the rest after %s', (_, cancelled) => {
    const scene = standardScene();
    const at = nextHeight() + 30n;
    const ids = scheduleAll(scene, CLOCK.stacks, [at, at, at, at, at, at]);
    for (const id of cancelled) expectOk(cancel(id, scene.producer));
    const rest = ids.filter((id) => !cancelled.includes(id));
    expect(dueIds(CLOCK.stacks)).toEqual(rest.slice(0, 4));
    mineUntil(at);

    expect(expectOk(trigger(CLOCK.stacks, 2n))).toMatchObject({ due: 2n });
    expect(dueIds(CLOCK.stacks)).toEqual(rest.slice(2, 6));
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: BigInt(rest.length - 2) });

    expect(firstDue(CLOCK.stacks)).toBeNull();
    expect(expectOk(dequeueFrom(0n, 6n, scene.alice))).toEqual(rest);
  });

  it('is empty when all are gone, and takes later tasks as if it were new', () => {
    const scene = standardScene();
    const at = nextHeight() + 30n;
    scheduleAll(scene, CLOCK.stacks, [at, at]);
    expectOk(cancel(1n, scene.producer));
    expectOk(cancel(2n, scene.producer));
    expect(firstDue(CLOCK.stacks)).toBeNull();

    scheduleAll(scene, CLOCK.stacks, [at]);
    expect(firstDue(CLOCK.stacks)).toBe(at);
    mineUntil(at);
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: 1n });
    expect(stateOf(3n)).toMatchObject({ list: 5n, seq: 1n });
  });
});
