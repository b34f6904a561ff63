import { describe, expect, it } from 'vitest';
import { type Alone, bucketOf, deployAlone, INTO, moveList, uints } from '../../properties/index-alone.js';

const LANE = 5n;
const [STACKS, BITCOIN, TIME] = [0n, 1n, 2n];

const firstDue = (index: Alone, clock: bigint) => index.read('get-first-due', uints(clock));
const dueIds = (index: Alone, clock: bigint) =>
  (index.read('get-due', uints(clock)) as { id: bigint }[]).map(({ id }) => id);
const promote = (index: Alone, clock: bigint, now: bigint, n = 20n) =>
  index.write('promote', uints(clock, now, n));
const schedule = (index: Alone, id: bigint, clock: bigint, at: bigint) =>
  index.write('relocate', [moveList([{ id, lane: LANE, into: INTO.due, clock, at }])]);
const takeOut = (index: Alone, clock: bigint, at: bigint, seq = 1n) =>
  index.write('relocate', [moveList([{ id: 1n, list: bucketOf(clock, at), seq }])]);

// Each shares a node of every level with some of the others and not with the rest.
const INSTANTS = [
  0n,
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
const SHUFFLED = INSTANTS.map((_at, i) => INSTANTS[(i * 5) % INSTANTS.length] as bigint);

describe('get-first-due', () => {
  it.each([
    ['Stacks', STACKS],
    ['Bitcoin', BITCOIN],
    ['time', TIME],
  ])('finds the earliest instant of the %s clock at every distance, whatever was taken out', (_, clock) => {
    const index = deployAlone('task-index');
    expect(firstDue(index, clock)).toBeNull();
    for (const [i, at] of SHUFFLED.entries()) schedule(index, BigInt(i + 1), clock, at);

    for (const at of INSTANTS) {
      expect(firstDue(index, clock)).toBe(at);
      takeOut(index, clock, at);
    }
    expect(firstDue(index, clock)).toBeNull();
  });

  it('finds the earliest instant when those before it were promoted one by one', () => {
    const index = deployAlone('task-index');
    for (const [i, at] of SHUFFLED.entries()) schedule(index, BigInt(i + 1), STACKS, at);

    for (const at of INSTANTS) {
      expect(firstDue(index, STACKS)).toBe(at);
      if (at > 0n) expect(promote(index, STACKS, at - 1n)).toEqual([]);
      expect(promote(index, STACKS, at)).toHaveLength(1);
    }
    expect(firstDue(index, STACKS)).toBeNull();
  });

  it('keeps the three clocks apart', () => {
    const index = deployAlone('task-index');
    const at = 2n ** 34n;
    schedule(index, 1n, STACKS, at);
    schedule(index, 2n, BITCOIN, at);
    schedule(index, 3n, TIME, at);
    takeOut(index, BITCOIN, at);

    expect([STACKS, BITCOIN, TIME].map((clock) => firstDue(index, clock))).toEqual([at, null, at]);
    expect([STACKS, BITCOIN, TIME].map((clock) => dueIds(index, clock))).toEqual([[1n], [], [3n]]);
  });

  it('answers none for a clock that is none of the three', () => {
    const index = deployAlone('task-index');
    expect(firstDue(index, 3n)).toBeNull();
    expect(dueIds(index, 3n)).toEqual([]);
  });
});

describe('get-due', () => {
  it('shows the next four of the first window, occurrences like any other', () => {
    const index = deployAlone('task-index');
    const due = { into: INTO.due, clock: STACKS };
    index.write('relocate', [
      moveList([
        { ...due, id: 1n, lane: 2047n, at: 255n },
        { ...due, id: 2n, lane: 7n, at: 129n, series: 4n },
        { ...due, id: 3n, lane: 2047n, at: 129n, series: 4n },
        { ...due, id: 4n, lane: 0n, at: 256n },
      ]),
    ]);
    expect(index.read('get-due', uints(STACKS))).toEqual([
      { id: 2n, lane: 7n, at: 129n },
      { id: 3n, lane: 2047n, at: 129n },
      { id: 1n, lane: 2047n, at: 255n },
    ]);

    for (const id of [5n, 6n]) schedule(index, id, STACKS, 128n);
    expect(dueIds(index, STACKS)).toEqual([5n, 6n, 2n, 3n]);
  });
});

describe('a due bucket out of which tasks were taken', () => {
  it.each<[string, bigint[]]>([
    ['its head', [1n]],
    ['its tail', [6n]],
    ['its middle', [3n]],
    ['a run in its middle', [2n, 4n, 3n]],
    ['a run from its head', [2n, 1n]],
    ['a run to its tail', [5n, 6n]],
    ['every second entry', [2n, 4n, 6n]],
  ])('keeps the order of the rest after %s', (_, gone) => {
    const index = deployAlone('task-index');
    const ids = [1n, 2n, 3n, 4n, 5n, 6n];
    for (const id of ids) schedule(index, id, STACKS, 900n);
    for (const seq of gone) takeOut(index, STACKS, 900n, seq);
    const rest = ids.filter((id) => !gone.includes(id));
    expect(dueIds(index, STACKS)).toEqual(rest.slice(0, 4));

    expect(promote(index, STACKS, 900n, 2n)).toHaveLength(2);
    expect(dueIds(index, STACKS)).toEqual(rest.slice(2, 6));
    expect(promote(index, STACKS, 900n)).toHaveLength(rest.length - 2);

    expect(firstDue(index, STACKS)).toBeNull();
    expect(index.write('pop-lanes', uints(0n, 6n))).toEqual(rest);
  });

  it('is empty when all are gone, and takes later tasks as if it were new', () => {
    const index = deployAlone('task-index');
    for (const id of [1n, 2n]) schedule(index, id, STACKS, 900n);
    takeOut(index, STACKS, 900n, 1n);
    takeOut(index, STACKS, 900n, 2n);
    expect(firstDue(index, STACKS)).toBeNull();

    schedule(index, 3n, STACKS, 900n);
    expect(firstDue(index, STACKS)).toBe(900n);
    expect(promote(index, STACKS, 900n)).toEqual([{ id: 3n, lane: LANE, seq: 1n }]);
  });
});
