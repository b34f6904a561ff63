import { Cl } from '@stacks/transactions';
import { describe, it } from 'vitest';
import { agree } from './agree.js';
import type { Dice } from './dice.js';
import { createDice, rollSteps } from './dice.js';
import type { Alone, Move } from './index-alone.js';
import { deployAlone, moveList, uints } from './index-alone.js';

const OPERATIONS = 400;
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const PARENTS = 40;
const LAST_BATCH = 12;
const SUCCEEDED = 5n;
const CANCELLED = 7n;

/** Plain families: an array of children for each parent, and one of those that are loose. */
interface Families {
  readonly children: Map<bigint, bigint[]>;
  readonly loose: bigint[];
  /** Those that were handed out, and may wait for another parent. */
  readonly free: bigint[];
  readonly waiting: Set<bigint>;
  /** Parents that may be named; an ended one is replaced. */
  readonly parents: bigint[];
  lastId: bigint;
}

describe('task-graph', () => {
  it(`hands out every child once after its parent has ended, in the order of joining, FAC_SEED=${SEED}`, () => {
    const graph = deployAlone('task-graph');
    const families: Families = {
      children: new Map(),
      loose: [],
      free: [],
      waiting: new Set(),
      parents: Array.from({ length: PARENTS }, (_, i) => BigInt(i + 1)),
      lastId: BigInt(PARENTS),
    };
    for (const rolls of rollSteps(SEED, OPERATIONS)) takeStep(graph, families, createDice(rolls));

    for (const parent of [...families.children.keys()])
      update(graph, families, [{ id: parent, to: SUCCEEDED, watched: true }], LAST_BATCH);
    while (families.loose.length > 0) update(graph, families, [], LAST_BATCH);
    agree('who still waits', families.waiting, new Set());
    agree('the first loose child', graph.read('get-loose', []), 0n);
  });
});

function takeStep(graph: Alone, families: Families, dice: Dice): void {
  const parents = new Set<bigint>();
  const children = new Set<bigint>();
  const moves = Array.from({ length: dice.of(20, 1, 1 + dice.below(8)) }, (): Move | null => {
    const roll = dice.below(100);
    const parent = dice.pick(families.parents) ?? 0n;
    if (roll < 10) return null;
    if (roll < 25) return { id: ++families.lastId, to: SUCCEEDED };
    if (roll < 30) return { id: parent, to: 3n, watched: true };
    if (roll < 45) {
      if (parents.has(parent)) return null;
      parents.add(parent);
      return {
        id: parent,
        to: dice.of(SUCCEEDED, CANCELLED),
        watched: dice.chance(90) || isParent(families, parent),
      };
    }
    const known = dice.chance(40) ? dice.pick(families.free) : undefined;
    const child = known === undefined || children.has(known) ? ++families.lastId : known;
    children.add(child);
    return { id: child, to: 1n, watch: parent };
  });
  // A parent that a child joins in the same call knows that it is watched.
  const watched = new Set(moves.map((move) => move?.watch));
  const batch = moves.map((move) => (move && watched.has(move.id) ? { ...move, watched: true } : move));
  update(graph, families, batch, dice.of(0, 1, 12, dice.below(13)));
  checkFamily(graph, families, dice.pick(families.parents) ?? 0n);
}

const isParent = ({ children }: Families, parent: bigint) => children.has(parent);

function update(graph: Alone, families: Families, moves: readonly (Move | null)[], n: number): void {
  const taken = graph.write('update', [moveList(moves), Cl.uint(n)]);

  const { children, free, loose, parents, waiting } = families;
  for (const move of moves)
    if (move?.watch) {
      children.set(move.watch, [...(children.get(move.watch) ?? []), move.id]);
      waiting.add(move.id);
      if (free.includes(move.id)) free.splice(free.indexOf(move.id), 1);
    }
  for (const move of moves)
    if (move && (move.to ?? 0n) >= SUCCEEDED && parents.includes(move.id)) {
      parents.splice(parents.indexOf(move.id), 1, ++families.lastId);
      if (!move.watched) continue;
      loose.unshift(...(children.get(move.id) ?? []));
      children.delete(move.id);
      agree(`the family of ${move.id}, which has ended`, graph.read('get-family', uints(move.id)), null);
    }
  const expected = loose.splice(0, n);
  agree('the children that are handed out', taken, expected);
  for (const child of expected) waiting.delete(child);
  free.push(...expected);

  agree('the first loose child', graph.read('get-loose', []), loose[0] ?? 0n);
}

/** A family is found by walking from its first to its last. */
function checkFamily(graph: Alone, { children, loose }: Families, parent: bigint): void {
  const family = graph.read('get-family', uints(parent)) as { first: bigint; last: bigint } | null;
  const walked: bigint[] = [];
  for (let child = family?.first; child !== undefined; ) {
    walked.push(child);
    child = child === family?.last ? undefined : (graph.read('get-sibling', uints(child)) as bigint);
  }
  agree(`the family of ${parent}`, walked, children.get(parent) ?? []);
  const last = loose.at(-1);
  if (last !== undefined)
    agree('what follows the last loose child', graph.read('get-sibling', uints(last)), 0n);
}
