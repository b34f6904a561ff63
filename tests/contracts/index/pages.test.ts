import { describe, expect, it } from 'vitest';
import { type Alone, deployAlone, INTO, lettersOf, moveList, uints } from '../../properties/index-alone.js';

const LETTERS = lettersOf(0n);

/** The dead letters 1 to `count` of queue 0, each at the number of its id, without those that left again. */
function lettersWithout(count: number, gone: readonly bigint[]): Alone {
  const index = deployAlone('task-index');
  const ids = Array.from({ length: count }, (_, i) => BigInt(i + 1));
  for (let i = 0; i < count; i += 20) {
    const moves = ids.slice(i, i + 20).map((id) => ({ id, into: INTO.letters }));
    index.write('relocate', [moveList(moves)]);
  }
  for (const id of gone) index.write('relocate', [moveList([{ id, list: LETTERS, seq: id }])]);
  return index;
}

const page = (index: Alone, from: bigint) => index.read('get-list-page', uints(LETTERS, from));
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => BigInt(first + i));

describe('get-list-page', () => {
  it('shows nothing of a list that nothing entered', () => {
    const index = deployAlone('task-index');
    expect(page(index, 0n)).toEqual({ ids: [], next: null });
    expect(page(index, 2n ** 128n - 1n)).toEqual({ ids: [], next: null });
  });

  it('shows 20 at a time and where the next page begins', () => {
    const index = lettersWithout(45, []);
    expect(page(index, 0n)).toEqual({ ids: range(1, 20), next: 21n });
    expect(page(index, 21n)).toEqual({ ids: range(21, 40), next: 41n });
    expect(page(index, 41n)).toEqual({ ids: range(41, 45), next: null });
    expect(page(index, 46n)).toEqual({ ids: [], next: null });
  });

  it('has no next page when the last entry is on it', () => {
    expect(page(lettersWithout(20, []), 1n)).toEqual({ ids: range(1, 20), next: null });
  });

  it('begins at the head when that is later', () => {
    const index = lettersWithout(30, [1n, 2n, 3n]);
    expect(page(index, 2n)).toEqual({ ids: range(4, 23), next: 24n });
  });

  // The order in which they left decides what their slots hold.
  it.each([
    [[4n, 5n, 6n, 7n]],
    [[7n, 6n, 5n, 4n]],
    [[4n, 6n, 5n, 7n]],
    [[4n, 7n, 5n, 6n]],
    [[5n, 7n, 6n, 4n]],
  ])('leaves out the dead entries, wherever a page begins, when %j left', (gone) => {
    const index = lettersWithout(12, gone);
    expect(index.read('get-list', uints(LETTERS))).toEqual({ head: 1n, tail: 13n, dead: 4n });
    for (const from of range(1, 12)) {
      const live = range(Number(from), 12).filter((id) => !gone.includes(id));
      expect(page(index, from)).toEqual({ ids: live, next: null });
    }
  });

  it('goes on past a page of dead entries alone', () => {
    const gone = range(2, 24);
    const index = lettersWithout(25, gone);
    expect(page(index, 0n)).toEqual({ ids: [1n], next: 21n });
    expect(page(index, 21n)).toEqual({ ids: [25n], next: null });
    expect(page(index, 2n)).toEqual({ ids: [], next: 22n });
  });
});
