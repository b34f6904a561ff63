import { append, remove, shift } from './line.js';
import type { Model } from './model.js';
import { lineAt, timeOn } from './model.js';

const LANES = 16n;
const DUE_LISTS = 2n ** 64n;
const CLOCK_UNIT = 2n ** 40n;
const LETTERS = 4_096n;
const WINDOW = 128n;
/** A trigger spends 1 for a task, 3 for one that carries a series on, 1 more for the first of a window; then it stops. */
const MAX_WEIGHT = 21n;
const LINK_WEIGHT = 3n;

export interface Moment {
  readonly clock: bigint;
  readonly at: bigint;
}

export interface Place {
  readonly list: bigint;
  readonly seq: bigint;
}

export const NOWHERE: Place = { list: 0n, seq: 0n };

/** Where a task goes: `list` null is nowhere. It first leaves the place it has, when `seq` is not 0. */
export interface Step {
  readonly id: bigint;
  readonly from: Place;
  readonly list: bigint | null;
  readonly isLink?: boolean | undefined;
}

/** The line of an instant of a clock. */
export const dueKey = ({ clock, at }: Moment): bigint => DUE_LISTS + clock * CLOCK_UNIT + at;
/** The line of the dead letters of the queue of a lane. */
export const lettersKey = (lane: bigint): bigint => LETTERS + lane / LANES;
export const isLane = (list: bigint): boolean => list < LETTERS;
export const isDue = (list: bigint): boolean => list >= DUE_LISTS;

/** All leave, then all enter, in this order; returns the new places. */
export function relocate(model: Model, steps: readonly Step[]): readonly Place[] {
  for (const { from } of steps) if (from.seq > 0n) remove(lineAt(model, from.list), from.seq);
  return steps.map(({ id, list, isLink = false }) =>
    list === null ? NOWHERE : { list, seq: append(lineAt(model, list), id, isLink) },
  );
}

/** The tasks of a queue in the order they are to be taken, at most `n`, and the turn of the guard afterwards. */
export function nextOf(model: Model, queue: bigint, n: bigint) {
  const lanes = Array.from(
    { length: Number(LANES) },
    (_, i) => queue * LANES + BigInt(LANES) - 1n - BigInt(i),
  )
    .map((key) => (model.lines.get(key)?.live ?? []).map((place) => place.id))
    .filter((ids) => ids.length > 0);
  const { every = 0n, turn: before = 0n } = model.guards.get(queue) ?? {};
  const ids: bigint[] = [];
  let turn = before;
  while (BigInt(ids.length) < n && lanes.length > 0) {
    turn += 1n;
    const lane = (turn === every ? lanes.at(-1) : lanes[0]) ?? [];
    if (turn === every) turn = 0n;
    ids.push(...lane.splice(0, 1));
    if (lane.length === 0) lanes.splice(lanes.indexOf(lane), 1);
  }
  return { ids, turn };
}

/** The tasks of a queue in the order they are to be taken. */
export const waitingIn = (model: Model, queue: bigint): readonly bigint[] =>
  nextOf(model, queue, BigInt(model.tasks.size)).ids;

/** Takes the tasks that `nextOf` names. */
export function takeNext(model: Model, queue: bigint, n: bigint): void {
  const { ids, turn } = nextOf(model, queue, n);
  for (const id of ids) {
    const state = model.states.get(id);
    if (state) shift(lineAt(model, state.list));
  }
  const guarded = model.guards.get(queue);
  if (guarded && ids.length > 0) model.guards.set(queue, { every: guarded.every, turn });
}

/** Moves up to `n` tasks whose instant has come into their lanes, the earliest first. */
export function promote(model: Model, clock: bigint, n: bigint): readonly { id: bigint; place: Place }[] {
  const moved: { id: bigint; place: Place }[] = [];
  let spent = 0n;
  let window = -1n;
  while (BigInt(moved.length) < n && spent < MAX_WEIGHT) {
    const at = dueInstants(model, clock)[0];
    if (at === undefined || at > timeOn(model, clock)) break;
    const { id, isLink } = shift(lineAt(model, dueKey({ clock, at })));
    spent += (at / WINDOW === window ? 0n : 1n) + (isLink ? LINK_WEIGHT : 1n);
    window = at / WINDOW;
    const list = model.states.get(id)?.lane ?? 0n;
    moved.push({ id, place: { list, seq: append(lineAt(model, list), id, false) } });
  }
  return moved;
}

/** The instants of a clock at which a task waits, earliest first. */
export function dueInstants(model: Model, clock: bigint): readonly bigint[] {
  const first = dueKey({ clock, at: 0n });
  return [...model.lines]
    .filter(([key, line]) => key >= first && key < first + CLOCK_UNIT && line.live.length > 0)
    .map(([key]) => key - first)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The next tasks of a clock: at most four, and only of the first window of 128 instants that has any. */
export function nextDue(model: Model, clock: bigint) {
  const instants = dueInstants(model, clock);
  return instants
    .filter((at) => at / WINDOW === (instants[0] ?? 0n) / WINDOW)
    .flatMap((at) =>
      (model.lines.get(dueKey({ clock, at }))?.live ?? []).map(({ id }) => ({
        at,
        lane: model.states.get(id)?.lane ?? 0n,
        id,
      })),
    )
    .slice(0, 4);
}
