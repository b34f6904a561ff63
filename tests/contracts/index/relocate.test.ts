import { describe, expect, it } from 'vitest';
import {
  type Alone,
  bucketOf,
  deployAlone,
  INTO,
  lettersOf,
  type Move,
  moveList,
  uints,
} from '../../properties/index-alone.js';

const relocate = (index: Alone, ...moves: readonly (Move | null)[]) =>
  index.write('relocate', [moveList(moves)]);
const pageOf = (index: Alone, key: bigint) =>
  (index.read('get-list-page', uints(key, 0n)) as { ids: bigint[] }).ids;
const next = (index: Alone) => index.read('get-next', []) as { due: (bigint | null)[]; words: bigint[] };
const enterLane = (id: bigint, lane: bigint): Move => ({ id, lane, into: INTO.lane });

const NOWHERE = { list: 0n, seq: 0n };
const LANE = 5n;
const AT = 900n;

describe('relocate', () => {
  it('puts each task where it says, in the order of the moves', () => {
    const index = deployAlone('task-index');
    const moves: Move[] = [
      enterLane(1n, LANE),
      { id: 2n, lane: LANE, into: INTO.due, clock: 1n, at: AT },
      enterLane(3n, LANE),
      { id: 4n, lane: 3n * 16n + 2n, into: INTO.letters },
      { id: 5n, lane: LANE, into: INTO.due, clock: 1n, at: AT },
      enterLane(6n, 6n),
      { id: 7n, lane: 3n * 16n + 9n, into: INTO.letters },
      enterLane(8n, LANE),
      { id: 9n, into: INTO.nowhere },
    ];

    expect(relocate(index, ...moves)).toEqual([
      { list: LANE, seq: 1n },
      { list: bucketOf(1n, AT), seq: 1n },
      { list: LANE, seq: 2n },
      { list: lettersOf(3n), seq: 1n },
      { list: bucketOf(1n, AT), seq: 2n },
      { list: 6n, seq: 1n },
      { list: lettersOf(3n), seq: 2n },
      { list: LANE, seq: 3n },
      NOWHERE,
    ]);

    expect(pageOf(index, LANE)).toEqual([1n, 3n, 8n]);
    expect(pageOf(index, 6n)).toEqual([6n]);
    expect(pageOf(index, bucketOf(1n, AT))).toEqual([2n, 5n]);
    expect(pageOf(index, lettersOf(3n))).toEqual([4n, 7n]);
    expect(next(index)).toEqual({
      due: [null, AT, null],
      words: Array<bigint>(16)
        .fill(0n)
        .with(0, 2n ** LANE + 2n ** 6n),
    });
  });

  it('passes over refused items and answers nowhere for them', () => {
    const index = deployAlone('task-index');
    expect(relocate(index, null, enterLane(1n, 0n), null, enterLane(2n, 0n))).toEqual([
      NOWHERE,
      { list: 0n, seq: 1n },
      NOWHERE,
      { list: 0n, seq: 2n },
    ]);
    expect(pageOf(index, 0n)).toEqual([1n, 2n]);
  });

  it('does nothing for an empty batch or one of refusals', () => {
    const index = deployAlone('task-index');
    const before = next(index);
    expect(relocate(index)).toEqual([]);
    expect(relocate(index, null, null)).toEqual([NOWHERE, NOWHERE]);
    expect(next(index)).toEqual(before);
  });

  it('takes all out before it puts any in', () => {
    const index = deployAlone('task-index');
    relocate(index, enterLane(1n, LANE), enterLane(2n, LANE), enterLane(3n, LANE));

    // The last entry is cut off before the first one enters behind the second.
    expect(
      relocate(
        index,
        { ...enterLane(1n, LANE), list: LANE, seq: 1n },
        { id: 3n, list: LANE, seq: 3n, into: INTO.nowhere },
      ),
    ).toEqual([{ list: LANE, seq: 3n }, NOWHERE]);

    expect(pageOf(index, LANE)).toEqual([2n, 1n]);
  });

  it('takes a lane of 20 out in one call, in any order', () => {
    const index = deployAlone('task-index');
    const ids = Array.from({ length: 20 }, (_, i) => BigInt(i + 1));
    relocate(index, ...ids.map((id) => enterLane(id, LANE)));
    const shuffled = ids.map((_, i) => ids[(i * 7) % 20] as bigint);

    relocate(index, ...shuffled.map((id) => ({ id, list: LANE, seq: id, lane: LANE, into: INTO.letters })));

    expect(pageOf(index, LANE)).toEqual([]);
    expect(pageOf(index, lettersOf(0n))).toEqual(shuffled);
    expect(next(index).words[0]).toBe(0n);
  });

  it('moves a task from its time to another and on into its lane', () => {
    const index = deployAlone('task-index');
    const due = { id: 1n, lane: LANE, into: INTO.due, clock: 2n };
    relocate(index, { ...due, at: AT });
    const first = { list: bucketOf(2n, AT), seq: 1n };

    relocate(index, { ...due, ...first, at: 2n ** 35n - 1n });
    expect(next(index).due).toEqual([null, null, 2n ** 35n - 1n]);
    relocate(index, { ...enterLane(1n, LANE), list: bucketOf(2n, 2n ** 35n - 1n), seq: 1n });

    expect(next(index).due).toEqual([null, null, null]);
    expect(pageOf(index, LANE)).toEqual([1n]);
  });

  it('keeps the dead letters of a queue in no word and out of its lanes', () => {
    const index = deployAlone('task-index');
    relocate(index, { id: 1n, lane: 127n * 16n + 15n, into: INTO.letters });
    const words = Array<bigint>(16).fill(0n);
    expect(next(index).words).toEqual(words);
    expect(index.write('pop-lanes', uints(127n, 20n))).toEqual([]);

    relocate(index, { id: 1n, list: lettersOf(127n), seq: 1n });
    expect(pageOf(index, lettersOf(127n))).toEqual([]);
    expect(next(index).words).toEqual(words);
  });
});
