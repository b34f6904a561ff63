import { describe, expect, it } from 'vitest';
import { type Alone, deployAlone, INTO, moveList, uints } from '../../properties/index-alone.js';

const [LOW, MIDDLE, HIGH] = [1n, 5n, 15n];

/** Three lanes of queue 0: ids from 1 in the lowest, from 101 and from 201 in those above. */
function threeLanes(): Alone {
  const index = deployAlone('task-index');
  for (const [first, lane] of [
    [1n, LOW],
    [101n, MIDDLE],
    [201n, HIGH],
  ] as const) {
    const moves = Array.from({ length: 10 }, (_, i) => ({ id: first + BigInt(i), lane, into: INTO.lane }));
    index.write('relocate', [moveList(moves)]);
  }
  return index;
}

const pop = (index: Alone, n: bigint) => index.write('pop-lanes', uints(0n, n));
const guard = (index: Alone, every: bigint, queue = 0n) => index.write('set-guard', uints(queue, every));

describe('set-guard', () => {
  it('lets every third task come from the least urgent lane, counted over calls', () => {
    const index = threeLanes();
    expect(guard(index, 3n)).toBe(true);

    expect(pop(index, 2n)).toEqual([201n, 202n]);
    expect(pop(index, 1n)).toEqual([1n]);
    expect(pop(index, 4n)).toEqual([203n, 204n, 2n, 205n]);
    expect(pop(index, 2n)).toEqual([206n, 3n]);
  });

  it('goes on to the next lane when one is empty, at either end', () => {
    const index = threeLanes();
    guard(index, 2n);

    expect(pop(index, 20n)).toEqual(
      Array.from({ length: 10 }, (_, i) => [201n + BigInt(i), 1n + BigInt(i)]).flat(),
    );
    expect(pop(index, 20n)).toEqual(Array.from({ length: 10 }, (_, i) => 101n + BigInt(i)));
    expect(pop(index, 20n)).toEqual([]);
    expect(index.read('get-next', [])).toMatchObject({ words: Array(16).fill(0n) });
  });

  it('counts what is taken, not what is asked for', () => {
    const index = deployAlone('task-index');
    const enter = (id: bigint, lane: bigint) =>
      index.write('relocate', [moveList([{ id, lane, into: INTO.lane }])]);
    guard(index, 2n);
    expect(pop(index, 20n)).toEqual([]);
    enter(1n, LOW);
    expect(pop(index, 20n)).toEqual([1n]);
    enter(2n, LOW);
    enter(3n, HIGH);

    expect(pop(index, 1n)).toEqual([2n]);
  });

  it('goes on counting when it is set to what it is, and begins again when changed', () => {
    const index = threeLanes();
    guard(index, 3n);
    pop(index, 2n);
    guard(index, 3n);
    expect(pop(index, 1n)).toEqual([1n]);

    pop(index, 2n);
    guard(index, 2n);
    expect(pop(index, 2n)).toEqual([205n, 2n]);
  });

  it('ends with u0', () => {
    const index = threeLanes();
    guard(index, 2n);
    pop(index, 1n);
    guard(index, 0n);
    expect(pop(index, 3n)).toEqual([202n, 203n, 204n]);
  });

  it('leaves the other queues alone', () => {
    const index = threeLanes();
    guard(index, 2n, 1n);
    expect(pop(index, 3n)).toEqual([201n, 202n, 203n]);
  });
});
