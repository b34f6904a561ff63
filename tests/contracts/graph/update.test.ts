import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { type Alone, deployAlone, type Move, moveList, uints } from '../../properties/index-alone.js';

const [RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED, EXPIRED] = [3n, 4n, 5n, 6n, 7n, 8n];
const PARENT = 1n;
const OTHER = 2n;

const update = (graph: Alone, moves: readonly (Move | null)[], n = 0n) =>
  graph.write('update', [moveList(moves), Cl.uint(n)]);
const waits = (id: bigint, watch: bigint): Move => ({ id, to: 1n, watch });
const ends = (id: bigint, to: bigint = SUCCEEDED): Move => ({ id, to, watched: true });
const take = (graph: Alone, n = 12n) => update(graph, [], n);
const familyOf = (graph: Alone, parent: bigint) => graph.read('get-family', uints(parent));
const siblingOf = (graph: Alone, child: bigint) => graph.read('get-sibling', uints(child));
const firstLoose = (graph: Alone) => graph.read('get-loose', []);
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => BigInt(first + i));

describe('update', () => {
  it('joins children to the family of their parent, in one call or in several', () => {
    const graph = deployAlone('task-graph');
    expect(
      update(graph, [waits(10n, PARENT), waits(11n, PARENT), waits(20n, OTHER), waits(12n, PARENT)]),
    ).toEqual([]);
    update(graph, [waits(13n, PARENT)]);

    expect(familyOf(graph, PARENT)).toEqual({ first: 10n, last: 13n });
    expect([10n, 11n, 12n].map((child) => siblingOf(graph, child))).toEqual([11n, 12n, 13n]);
    expect(familyOf(graph, OTHER)).toEqual({ first: 20n, last: 20n });
    expect(siblingOf(graph, 20n)).toBe(0n);
    expect(familyOf(graph, 3n)).toBeNull();
    expect(firstLoose(graph)).toBe(0n);
  });

  it.each([SUCCEEDED, FAILED, CANCELLED, EXPIRED])(
    'makes the family of a parent that ends with %d loose',
    (to) => {
      const graph = deployAlone('task-graph');
      update(graph, [waits(10n, PARENT), waits(11n, PARENT)]);

      expect(update(graph, [ends(PARENT, to)])).toEqual([]);

      expect(familyOf(graph, PARENT)).toBeNull();
      expect(firstLoose(graph)).toBe(10n);
      expect(siblingOf(graph, 10n)).toBe(11n);
      expect(siblingOf(graph, 11n)).toBe(0n);
      expect(take(graph)).toEqual([10n, 11n]);
      expect(firstLoose(graph)).toBe(0n);
    },
  );

  it('hands out what it has just made loose', () => {
    const graph = deployAlone('task-graph');
    update(graph, [waits(10n, PARENT), waits(11n, PARENT)]);
    expect(update(graph, [ends(PARENT)], 1n)).toEqual([10n]);
    expect(update(graph, [ends(99n)], 12n)).toEqual([11n]);
    expect(take(graph)).toEqual([]);
  });

  it('makes a child loose whose parent ends in the same call, whichever is named first', () => {
    const graph = deployAlone('task-graph');
    expect(update(graph, [ends(PARENT), waits(10n, PARENT)], 12n)).toEqual([10n]);
    expect(update(graph, [waits(20n, OTHER), ends(OTHER)], 12n)).toEqual([20n]);
    expect([familyOf(graph, PARENT), familyOf(graph, OTHER)]).toEqual([null, null]);
  });

  it('puts each family in front of those that were loose before', () => {
    const graph = deployAlone('task-graph');
    update(graph, [
      waits(10n, PARENT),
      waits(11n, PARENT),
      waits(20n, OTHER),
      waits(21n, OTHER),
      waits(30n, 3n),
    ]);
    update(graph, [ends(PARENT)]);
    update(graph, [ends(OTHER), ends(3n)]);
    expect(take(graph)).toEqual([30n, 20n, 21n, 10n, 11n]);
  });

  it('hands out twelve at most, and every one in the end', () => {
    const graph = deployAlone('task-graph');
    update(
      graph,
      range(10, 29).map((child) => waits(child, PARENT)),
    );
    update(
      graph,
      range(30, 39).map((child) => waits(child, PARENT)),
    );

    expect(update(graph, [ends(PARENT)], 2n ** 64n)).toEqual(range(10, 21));
    expect(firstLoose(graph)).toBe(22n);
    expect(take(graph, 1n)).toEqual([22n]);
    expect(take(graph)).toEqual(range(23, 34));
    expect(take(graph)).toEqual(range(35, 39));
    expect(take(graph)).toEqual([]);
  });

  it('lets a child that was handed out wait for another parent', () => {
    const graph = deployAlone('task-graph');
    update(graph, [waits(10n, PARENT), waits(11n, PARENT), waits(20n, OTHER)]);
    expect(update(graph, [ends(PARENT)], 1n)).toEqual([10n]);
    update(graph, [waits(10n, OTHER)]);

    expect(update(graph, [ends(OTHER)], 12n)).toEqual([20n, 10n, 11n]);
  });

  it('passes over refused items', () => {
    const graph = deployAlone('task-graph');
    update(graph, [null, waits(10n, PARENT), null, waits(11n, PARENT)]);
    expect(update(graph, [null, ends(PARENT), null], 12n)).toEqual([10n, 11n]);
  });

  it.each<[string, Move]>([
    ['runs', { id: PARENT, to: RUNNING, watched: true }],
    ['will try again', { id: PARENT, to: RETRYING, watched: true }],
  ])('leaves the family of a parent alone that %s', (_, move) => {
    const graph = deployAlone('task-graph');
    update(graph, [waits(10n, PARENT)]);
    expect(update(graph, [move], 12n)).toEqual([]);
    expect(familyOf(graph, PARENT)).toEqual({ first: 10n, last: 10n });
  });
});
