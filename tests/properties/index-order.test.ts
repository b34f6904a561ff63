import { describe, it } from 'vitest';
import { agree } from './agree.js';
import type { Dice } from './dice.js';
import { createDice, rollSteps } from './dice.js';
import type { DueEntry, IndexAlone } from './index-alone.js';
import { deployIndexAlone, dueList, uints } from './index-alone.js';

const OPERATIONS = 500;
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const LAST_INSTANT = 2 ** 35 - 1;
const MAX_WEIGHT = 21;
const QUEUES = [0n, 7n, 8n, 127n];
/** Distances at which two instants part at each level of the index. */
const DISTANCES = [0, 1, 127, 128, 129, 2 ** 14 - 1, 2 ** 14, 2 ** 21, 2 ** 28, 2 ** 34];

interface Standing {
  readonly id: bigint;
  readonly list: bigint;
  readonly seq: bigint;
}

/** Plain order: lanes are arrays, and due tasks one array sorted by instant, first come first. */
interface Order {
  readonly lanes: Map<bigint, Standing[]>;
  readonly due: (Standing & DueEntry)[];
  lastId: bigint;
}

describe('task-index', () => {
  it(`keeps the exact order of lanes and of instants far apart, FAC_SEED=${SEED}`, () => {
    const index = deployIndexAlone();
    const order: Order = { lanes: new Map(), due: [], lastId: 0n };
    for (const rolls of rollSteps(SEED, OPERATIONS)) takeStep(index, order, createDice(rolls));
    for (const clock of [0n, 1n, 2n])
      while (order.due.some((entry) => entry.clock === clock)) promote(index, order, clock, LAST_INSTANT, 20);
    for (const queue of QUEUES) while (waiting(order, queue).length > 0) pop(index, order, queue, 20);
    agree('what is left', index.read('get-next', []), { due: [null, null, null], words: Array(16).fill(0n) });
  });
});

function takeStep(index: IndexAlone, order: Order, dice: Dice): void {
  const roll = dice.below(100);
  if (roll < 25) pushLane(index, order, dice);
  else if (roll < 50) pushDue(index, order, dice);
  else if (roll < 62) pop(index, order, dice.of(0n, ...QUEUES), dice.below(6) + 1);
  else if (roll < 78) promoteSome(index, order, dice);
  else removeOne(index, order, dice);
  const clock = dice.between(0, 2);
  const first = order.due.find((entry) => entry.clock === clock)?.at ?? null;
  agree(`the first instant of clock ${clock}`, index.read('get-first-due', uints(clock)), first);
}

const someLane = (dice: Dice) => dice.of(0n, ...QUEUES) * 16n + dice.of(0n, 3n, 15n);

function pushLane(index: IndexAlone, order: Order, dice: Dice): void {
  const lane = someLane(dice);
  const id = ++order.lastId;
  const seq = index.write('push-lane', uints(lane, id)) as bigint;
  laneOf(order, lane).push({ id, list: lane, seq });
}

function pushDue(index: IndexAlone, order: Order, dice: Dice): void {
  const entries = Array.from({ length: 1 + dice.below(3) }, () =>
    dice.chance(15)
      ? null
      : { clock: dice.between(0, 2), at: someInstant(order, dice), lane: someLane(dice), id: ++order.lastId },
  );
  const places = index.write('push-due', [dueList(entries)]) as unknown as Omit<Standing, 'id'>[];
  for (const [i, entry] of entries.entries()) {
    const place = places[i];
    if (entry && place) order.due.push({ ...entry, ...place });
  }
  order.due.sort((a, b) => Number(a.at - b.at));
}

function someInstant(order: Order, dice: Dice): bigint {
  const near = dice.pick(order.due)?.at ?? BigInt(dice.below(LAST_INSTANT));
  const distance = dice.of(0, ...DISTANCES) * (dice.chance(50) ? 1 : -1);
  return BigInt(Math.min(LAST_INSTANT, Math.max(0, Number(near) + distance)));
}

function pop(index: IndexAlone, order: Order, queue: bigint, n: number): void {
  const expected = waiting(order, queue).slice(0, n);
  const ids = index.write('pop-lanes', uints(queue, BigInt(n)));
  agree(
    `the first ${n} of queue ${queue}`,
    ids,
    expected.map(({ id }) => id),
  );
  for (const { list } of expected) laneOf(order, list).shift();
}

function promoteSome(index: IndexAlone, order: Order, dice: Dice): void {
  const clock = dice.between(0, 2);
  const target = dice.pick(order.due.filter((entry) => entry.clock === clock).slice(0, 8));
  const now = Number(target?.at ?? 0n) - dice.of(0, 0, 1);
  promote(index, order, clock, Math.max(0, now), dice.of(20, 1 + dice.below(5)));
}

/** As many as asked for and due; a call ends early when it has spent its weight on windows of 128 instants. */
function promote(index: IndexAlone, order: Order, clock: bigint, now: number, n: number): void {
  const expected: (Standing & DueEntry)[] = [];
  let spent = 0;
  for (const entry of order.due.filter((due) => due.clock === clock && due.at <= BigInt(now)).slice(0, n)) {
    if (spent >= MAX_WEIGHT) break;
    spent += expected.at(-1) && (expected.at(-1)?.at ?? 0n) / 128n === entry.at / 128n ? 1 : 2;
    expected.push(entry);
  }
  const moved = index.write('promote', uints(clock, BigInt(now), BigInt(n))) as unknown as (DueEntry &
    Standing)[];
  agree(
    `what is due on clock ${clock} at ${now}`,
    moved.map(({ id, lane }) => ({ id, lane })),
    expected.map(({ id, lane }) => ({ id, lane })),
  );
  for (const { id, lane, seq } of moved) {
    order.due.splice(
      order.due.findIndex((entry) => entry.id === id),
      1,
    );
    laneOf(order, lane).push({ id, list: lane, seq });
  }
}

function removeOne(index: IndexAlone, order: Order, dice: Dice): void {
  const lane = dice.pick([...order.lanes.values()].filter((standing) => standing.length > 0));
  const from: Standing[] = lane && dice.chance(60) ? lane : order.due;
  const target = dice.pick(from);
  if (!target) return;
  index.write('remove', uints(target.list, target.seq));
  from.splice(from.indexOf(target), 1);
}

/** The tasks of a queue, most urgent lane first, first entered first. */
function waiting(order: Order, queue: bigint): readonly Standing[] {
  return Array.from({ length: 16 }, (_, i) => order.lanes.get(queue * 16n + BigInt(15 - i)) ?? []).flat();
}

function laneOf(order: Order, lane: bigint): Standing[] {
  const standing = order.lanes.get(lane) ?? [];
  order.lanes.set(lane, standing);
  return standing;
}
