import { describe, expect, it } from 'vitest';
import { type Alone, deployAlone, INTO, type Move, moveList, uints } from '../../properties/index-alone.js';

const NO_LANES = Array.from({ length: 16 }, () => 0n);
const URGENT = 15n;

const listOf = (index: Alone, key: bigint) => index.read('get-list', uints(key));
const wordsOf = (index: Alone) => (index.read('get-next', []) as { words: bigint[] }).words;
const pop = (index: Alone, queue: bigint, n: bigint) => index.write('pop-lanes', uints(queue, n));
const relocate = (index: Alone, moves: readonly Move[]) => index.write('relocate', [moveList(moves)]);
/** Tasks that enter their lanes in this order; each id is in the lane beside it. */
const enter = (index: Alone, ...tasks: readonly (readonly [id: bigint, lane: bigint])[]) =>
  relocate(
    index,
    tasks.map(([id, lane]) => ({ id, lane, into: INTO.lane })),
  );
const leave = (index: Alone, list: bigint, seq: bigint) => relocate(index, [{ id: seq, list, seq }]);

describe('get-list', () => {
  it('shows an untouched lane as empty', () => {
    expect(listOf(deployAlone('task-index'), 5n)).toEqual({ head: 1n, tail: 1n, dead: 0n });
  });

  it('shows how tasks enter at the tail and leave at the head', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 5n], [2n, 5n], [3n, 5n]);
    expect(listOf(index, 5n)).toEqual({ head: 1n, tail: 4n, dead: 0n });
    pop(index, 0n, 1n);
    expect(listOf(index, 5n)).toEqual({ head: 2n, tail: 4n, dead: 0n });
  });

  it('counts the dead entries between head and tail, and cuts off those at either end', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 5n], [2n, 5n], [3n, 5n], [4n, 5n], [5n, 5n], [6n, 5n]);
    const without = (seq: bigint) => {
      leave(index, 5n, seq);
      return listOf(index, 5n);
    };

    expect(without(2n)).toEqual({ head: 1n, tail: 7n, dead: 1n });
    expect(without(4n)).toEqual({ head: 1n, tail: 7n, dead: 2n });
    expect(without(3n)).toEqual({ head: 1n, tail: 7n, dead: 3n });
    expect(without(6n)).toEqual({ head: 1n, tail: 6n, dead: 3n });
    expect(without(1n)).toEqual({ head: 5n, tail: 6n, dead: 0n });
    expect(without(5n)).toEqual({ head: 5n, tail: 5n, dead: 0n });
  });
});

describe('pop-lanes', () => {
  it('takes the most urgent lane first, and in a lane the first entered', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 3n], [2n, URGENT], [3n, 3n], [4n, 0n], [5n, URGENT]);

    expect(pop(index, 0n, 4n)).toEqual([2n, 5n, 1n, 3n]);
    expect(pop(index, 0n, 20n)).toEqual([4n]);
    expect(pop(index, 0n, 20n)).toEqual([]);
  });

  it('takes at most 20, and none when asked for none', () => {
    const index = deployAlone('task-index');
    const ids = Array.from({ length: 20 }, (_, i) => BigInt(i + 1));
    enter(index, ...ids.map((id) => [id, 5n] as const));
    enter(index, [21n, 5n]);

    expect(pop(index, 0n, 0n)).toEqual([]);
    expect(pop(index, 0n, 2n ** 64n)).toEqual(ids);
    expect(pop(index, 0n, 1n)).toEqual([21n]);
  });

  it('passes the dead entries of a lane', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 5n], [2n, 5n], [3n, 5n], [4n, 5n], [5n, 5n], [6n, 5n]);
    for (const seq of [2n, 4n, 3n]) leave(index, 5n, seq);

    expect(pop(index, 0n, 1n)).toEqual([1n]);
    leave(index, 5n, 5n);
    expect(pop(index, 0n, 2n)).toEqual([6n]);
    expect(listOf(index, 5n)).toEqual({ head: 7n, tail: 7n, dead: 0n });
  });

  it('leaves the other queues of the same word alone', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 5n], [2n, 16n + 5n], [3n, 127n * 16n + URGENT]);

    expect(pop(index, 1n, 20n)).toEqual([2n]);
    expect(pop(index, 127n, 20n)).toEqual([3n]);
    expect(wordsOf(index)).toEqual(NO_LANES.with(0, 2n ** 5n));
  });
});

describe('the words of get-next', () => {
  it('have the bit of a lane set exactly while a task stands in it', () => {
    const index = deployAlone('task-index');
    expect(wordsOf(index)).toEqual(NO_LANES);
    enter(index, [1n, 0n], [2n, URGENT], [3n, URGENT]);
    expect(wordsOf(index)).toEqual(NO_LANES.with(0, 2n ** 0n + 2n ** 15n));

    pop(index, 0n, 1n);
    expect(wordsOf(index)).toEqual(NO_LANES.with(0, 2n ** 0n + 2n ** 15n));
    pop(index, 0n, 1n);
    expect(wordsOf(index)).toEqual(NO_LANES.with(0, 2n ** 0n));
    leave(index, 0n, 1n);
    expect(wordsOf(index)).toEqual(NO_LANES);
  });

  it('have eight queues each, in whatever order one call enters them', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 113n], [2n, 129n], [3n, 1n], [4n, 145n], [5n, 2047n], [6n, 113n]);
    expect(wordsOf(index)).toEqual(
      NO_LANES.with(0, 2n ** 113n + 2n ** 1n)
        .with(1, 2n ** 1n + 2n ** 17n)
        .with(15, 2n ** 127n),
    );
  });
});

describe('get-depths', () => {
  it('counts the tasks of each lane without the dead entries', () => {
    const index = deployAlone('task-index');
    enter(index, [1n, 16n], [2n, 16n], [3n, 16n], [4n, 31n], [5n, 5n]);
    leave(index, 16n, 2n);

    expect(index.read('get-depths', uints(1n))).toEqual(NO_LANES.with(0, 2n).with(15, 1n));
    expect(index.read('get-depths', uints(128n))).toEqual(NO_LANES);
    expect(index.read('get-depths', uints(2n ** 128n - 1n))).toEqual(NO_LANES);
  });
});
