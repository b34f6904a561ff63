import { describe, expect, it } from 'vitest';
import { type Alone, deployAlone, INTO, type Move, moveList, uints } from '../../properties/index-alone.js';

const WINDOW = 128n;
const NODE = WINDOW * 128n;

type Due = Pick<Move, 'id' | 'lane' | 'at' | 'series'>;

function withDue(tasks: readonly Due[]): Alone {
  const index = deployAlone('task-index');
  for (let i = 0; i < tasks.length; i += 20)
    index.write('relocate', [moveList(tasks.slice(i, i + 20).map((due) => ({ ...due, into: INTO.due })))]);
  return index;
}

const many = (count: number, fields: (i: bigint) => Partial<Due>): Due[] =>
  Array.from({ length: count }, (_, i) => ({ id: BigInt(i + 1), lane: 0n, at: 0n, ...fields(BigInt(i)) }));

const promote = (index: Alone, now = 2n ** 35n - 1n, n = 20n) =>
  index.write('promote', uints(0n, now, n)) as { id: bigint; lane: bigint; seq: bigint }[];
const idsOf = (moved: readonly { id: bigint }[]) => moved.map(({ id }) => Number(id));
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
const firstDue = (index: Alone) => index.read('get-first-due', uints(0n));

describe('promote', () => {
  it('moves what is due into its lane, the earliest instant first, then the first entered', () => {
    const index = withDue([
      { id: 1n, lane: 5n, at: 900n },
      { id: 2n, lane: 20n, at: 899n },
      { id: 3n, lane: 5n, at: 899n },
      { id: 4n, lane: 5n, at: 901n },
      { id: 5n, lane: 20n, at: 899n, series: 1n },
    ]);
    index.write('relocate', [moveList([{ id: 9n, lane: 5n, into: INTO.lane }])]);

    expect(promote(index, 898n)).toEqual([]);
    expect(promote(index, 900n)).toEqual([
      { id: 2n, lane: 20n, seq: 1n },
      { id: 3n, lane: 5n, seq: 2n },
      { id: 5n, lane: 20n, seq: 2n },
      { id: 1n, lane: 5n, seq: 3n },
    ]);

    expect(firstDue(index)).toBe(901n);
    expect(index.write('pop-lanes', uints(0n, 20n))).toEqual([9n, 3n, 1n]);
    expect(index.write('pop-lanes', uints(1n, 20n))).toEqual([2n, 5n]);
  });

  it('stops at the number asked for, inside a bucket or a window, and goes on from there', () => {
    const index = withDue(many(7, (i) => ({ at: i < 3n ? 10n : 10n + i })));

    expect(idsOf(promote(index, 20n, 0n))).toEqual([]);
    expect(idsOf(promote(index, 20n, 2n))).toEqual([1, 2]);
    expect(firstDue(index)).toBe(10n);
    expect(idsOf(promote(index, 20n, 2n))).toEqual([3, 4]);
    expect(firstDue(index)).toBe(14n);
    expect(idsOf(promote(index, 20n, 20n))).toEqual([5, 6, 7]);
    expect(firstDue(index)).toBeNull();
  });

  it('passes from one node of the tree to the next in one call', () => {
    const index = withDue(many(10, (i) => ({ at: (i / 2n) * NODE * 128n + (i % 2n), lane: i * 16n })));
    expect(idsOf(promote(index))).toEqual(upTo(10));
    expect(firstDue(index)).toBeNull();
    expect(index.read('get-next', [])).toMatchObject({
      words: Array.from({ length: 16 }, (_, word) =>
        upTo(8).reduce((sum, i) => (word * 8 + i <= 10 ? sum + 2n ** BigInt((i - 1) * 16) : sum), 0n),
      ),
    });
  });

  it('takes no notice of the other clocks', () => {
    const index = withDue(many(2, () => ({ at: 5n })));
    expect(index.write('promote', uints(1n, 99n, 20n))).toEqual([]);
    expect(idsOf(promote(index))).toEqual([1, 2]);
  });

  it.each<[string, number, (i: bigint) => Partial<Due>]>([
    ['20 plain tasks of one instant', 20, () => ({ at: 0n })],
    ['20 plain tasks of one window', 20, (i) => ({ at: i })],
    ['11 plain tasks of windows of their own', 11, (i) => ({ at: i * WINDOW })],
    ['14 plain tasks of windows of two', 14, (i) => ({ at: (i / 2n) * WINDOW + (i % 2n) })],
    ['7 occurrences of one window', 7, (i) => ({ at: i, series: 1n })],
    ['6 occurrences of windows of their own', 6, (i) => ({ at: i * WINDOW, series: 1n })],
    ['18 of one window when one is an occurrence', 18, (i) => ({ at: i, series: i === 0n ? 1n : 0n })],
    ['19 of one window when the last is an occurrence', 19, (i) => ({ at: i, series: i === 18n ? 1n : 0n })],
  ])('has spent its weight after %s', (_, count, fields) => {
    const index = withDue(many(25, fields));
    expect(idsOf(promote(index))).toEqual(upTo(count));
    expect(idsOf(promote(index))[0]).toBe(count + 1);
  });
});
