import { describe, it } from 'vitest';
import { agree } from './agree.js';
import type { Dice } from './dice.js';
import { createDice, rollSteps } from './dice.js';
import type { Alone, Move } from './index-alone.js';
import { bucketOf, deployAlone, INTO, lettersOf, moveList, uints } from './index-alone.js';
import type { IndexModel, Standing } from './index-model.js';
import {
  createIndexModel,
  dueOn,
  lanesOf,
  listOf,
  occupied,
  pageOf,
  takeDue,
  takeNext,
  takeOut,
  wordsOf,
} from './index-model.js';

const OPERATIONS = 500;
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const LAST_INSTANT = 2n ** 35n - 1n;
const QUEUES = [0n, 7n, 8n, 127n];
const CLOCKS = [0n, 1n, 2n];
const LETTERS_OF_FIRST = 4096n;
const FIRST_DUE_LIST = 2n ** 64n;
/** Distances at which two instants part at each level of the index. */
const DISTANCES = [1, 2, 127, 128, 129, 2 ** 14 - 1, 2 ** 14, 2 ** 21, 2 ** 28, 2 ** 34].map(BigInt);

type Place = { readonly list: bigint; readonly seq: bigint };

describe('task-index', () => {
  it(`keeps the exact order of lanes, dead letters and instants far apart, FAC_SEED=${SEED}`, () => {
    const index = deployAlone('task-index');
    const model = createIndexModel();
    for (const rolls of rollSteps(SEED, OPERATIONS)) takeStep(index, model, createDice(rolls));
    for (const clock of CLOCKS)
      while (dueOn(model, clock).length > 0) promote(index, model, clock, LAST_INSTANT, 20);
    for (const queue of QUEUES) while (lanesOf(model, queue).length > 0) pop(index, model, queue, 20);
    agree('what is left', index.read('get-next', []), { due: [null, null, null], words: Array(16).fill(0n) });
    for (const queue of QUEUES) checkList(index, model, lettersOf(queue));
  });
});

function takeStep(index: Alone, model: IndexModel, dice: Dice): void {
  const roll = dice.below(100);
  if (roll < 58) relocate(index, model, dice);
  else if (roll < 74) pop(index, model, dice.of(0n, ...QUEUES), dice.of(20, 1 + dice.below(6)));
  else if (roll < 95) promoteSome(index, model, dice);
  else setGuard(index, model, dice.of(0n, ...QUEUES), dice.of(0, 2, 3, 7));
  agree('what is next', index.read('get-next', []), {
    due: CLOCKS.map((clock) => dueOn(model, clock)[0]?.at ?? null),
    words: wordsOf(model),
  });
  const some = dice.pick([...model.lists.keys()]);
  if (some !== undefined) checkList(index, model, some, BigInt(dice.below(40)));
}

/** New tasks and some that stand somewhere, each to a place of its own; some items were refused. */
function relocate(index: Alone, model: IndexModel, dice: Dice): void {
  const items = dice.of(20, 12, 1, 1 + dice.below(5), 1 + dice.below(3));
  const named = new Set<bigint>();
  const lanes = dice.chance(50) ? [someLane(dice)] : [];
  const moves = Array.from({ length: items }, (_, i): Move | null => {
    // The rolls of a step are few: each item of a large batch makes its own of them.
    const own = createDice([
      dice.below(2 ** 31) + i,
      ...Array.from({ length: 12 }, () => dice.below(2 ** 31)),
    ]);
    if (own.chance(10)) return null;
    const lane = lanes[0] ?? someLane(own);
    const into = own.of(INTO.lane, INTO.due, own.of(INTO.lane, INTO.letters, INTO.nowhere));
    const fresh = {
      into,
      lane,
      clock: own.between(0, 2),
      at: someInstant(model, own),
      series: own.of(0n, 0n, 9n),
    };
    const standing = own.chance(45) ? own.pick(own.pick(occupied(model))?.[1] ?? []) : undefined;
    if (standing === undefined) return { id: ++model.lastId, ...fresh };
    if (named.has(standing.id)) return null;
    named.add(standing.id);
    return { id: standing.id, ...placeOf(model, standing), ...fresh };
  });

  const places = index.write('relocate', [moveList(moves)]) as unknown as Place[];

  for (const move of moves) if (move?.seq) takeOut(model, move.list ?? 0n, move.id);
  for (const [i, move] of moves.entries()) enter(model, move, places[i]);
}

function placeOf(model: IndexModel, { id }: Standing): Place {
  for (const [list, standing] of model.lists) {
    const found = standing.find((entry) => entry.id === id);
    if (found) return { list, seq: found.seq };
  }
  throw new Error(`task ${id} stands nowhere`);
}

function enter(model: IndexModel, move: Move | null, place: Place | undefined): void {
  const { id = 0n, into = INTO.nowhere, lane = 0n, clock = 0n, at = 0n, series = 0n } = move ?? {};
  if (into === INTO.nowhere) {
    agree('the place of what goes nowhere', place, { list: 0n, seq: 0n });
    return;
  }
  const list = into === INTO.lane ? lane : into === INTO.due ? bucketOf(clock, at) : lettersOf(lane / 16n);
  const standing = listOf(model, list);
  const seq = place?.seq ?? 0n;
  agree(`the list of task ${id}`, place?.list, list);
  agree(`whether task ${id} is the last of its list`, seq > (standing.at(-1)?.seq ?? 0n), true);
  standing.push({ id, lane, clock, at, series, seq });
}

const someLane = (dice: Dice) => dice.of(0n, ...QUEUES) * 16n + dice.of(0n, 3n, 15n);

function someInstant(model: IndexModel, dice: Dice): bigint {
  const standing = dice.chance(85) ? dice.pick(CLOCKS.flatMap((clock) => dueOn(model, clock))) : undefined;
  if (standing && dice.chance(40)) return standing.at;
  const near = standing?.at ?? BigInt(dice.below(2 ** 31)) * 16n;
  const far = near + (dice.pick(DISTANCES) ?? 0n) * (dice.chance(50) ? 1n : -1n);
  return far < 0n ? 0n : far > LAST_INSTANT ? LAST_INSTANT : far;
}

function setGuard(index: Alone, model: IndexModel, queue: bigint, every: number): void {
  agree('what set-guard returns', index.write('set-guard', uints(queue, BigInt(every))), true);
  if (every === 0) model.guards.delete(queue);
  else if (model.guards.get(queue)?.every !== every) model.guards.set(queue, { every, taken: 0 });
}

function pop(index: Alone, model: IndexModel, queue: bigint, n: number): void {
  const ids = index.write('pop-lanes', uints(queue, BigInt(n)));
  agree(`the first ${n} of queue ${queue}`, ids, takeNext(model, queue, n));
}

function promoteSome(index: Alone, model: IndexModel, dice: Dice): void {
  const clock = dice.between(0, 2);
  const target = dice.pick(dueOn(model, clock).slice(0, 30));
  const now = (target?.at ?? 1n) - dice.of(0n, 0n, 1n);
  promote(index, model, clock, now < 0n ? 0n : now, dice.of(20, 20, 1 + dice.below(5)));
}

function promote(index: Alone, model: IndexModel, clock: bigint, now: bigint, n: number): void {
  const moved = index.write('promote', uints(clock, now, BigInt(n))) as unknown as { seq: bigint }[];
  const due = takeDue(model, clock, now, n);
  agree(
    `what is due on clock ${clock} at ${now}`,
    moved,
    due.map(({ id, lane }, i) => ({ id, lane, seq: moved[i]?.seq })),
  );
  for (const [i, entry] of due.entries())
    enter(model, { ...entry, into: INTO.lane }, { list: entry.lane, seq: moved[i]?.seq ?? 0n });
}

/** The record of a list counts what stands in it, and its pages show that. */
function checkList(index: Alone, model: IndexModel, key: bigint, from = 0n): void {
  const standing = listOf(model, key);
  const { head, tail, dead } = index.read('get-list', uints(key)) as Record<'head' | 'tail' | 'dead', bigint>;
  agree(`what list ${key} counts`, tail - head - dead, BigInt(standing.length));
  agree(`the last of list ${key}`, tail, (standing.at(-1)?.seq ?? head - 1n) + 1n);
  const page = index.read('get-list-page', uints(key, head + from));
  agree(`the page of list ${key} from ${head + from}`, page, pageOf(model, key, head + from, head, tail));
  if (key < LETTERS_OF_FIRST || key > FIRST_DUE_LIST) return;
  const ids: bigint[] = [];
  for (let next: bigint | null = 0n; next !== null; ) {
    const at = index.read('get-list-page', uints(key, next)) as { ids: bigint[]; next: bigint | null };
    ids.push(...at.ids);
    next = at.next;
  }
  agree(
    `all of list ${key}`,
    ids,
    standing.map(({ id }) => id),
  );
}
