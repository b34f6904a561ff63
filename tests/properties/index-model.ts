import { bucketOf } from './index-alone.js';

const MAX_WEIGHT = 21;
const OCCURRENCE_WEIGHT = 3;
const WINDOW = 128n;
const LANES = 16n;
const ALL_LANES = 2048n;
const WORD_BITS = 128n;
const DUE_LISTS = 2n ** 64n;
const CLOCK_UNIT = 2n ** 40n;
const PAGE = 20n;

export interface Standing {
  readonly id: bigint;
  readonly lane: bigint;
  readonly clock: bigint;
  readonly at: bigint;
  readonly series: bigint;
  /** Its number in its list. */
  readonly seq: bigint;
}

/** Plain order: each list is an array, whoever entered first in front. */
export interface IndexModel {
  readonly lists: Map<bigint, Standing[]>;
  readonly guards: Map<bigint, { readonly every: number; taken: number }>;
  lastId: bigint;
}

export const createIndexModel = (): IndexModel => ({ lists: new Map(), guards: new Map(), lastId: 0n });

export function listOf(model: IndexModel, key: bigint): Standing[] {
  const standing = model.lists.get(key) ?? [];
  model.lists.set(key, standing);
  return standing;
}

export function takeOut(model: IndexModel, key: bigint, id: bigint): void {
  const standing = listOf(model, key);
  standing.splice(
    standing.findIndex((entry) => entry.id === id),
    1,
  );
}

/** The lists that hold something, with their keys. */
export const occupied = ({ lists }: IndexModel): readonly (readonly [key: bigint, Standing[]])[] =>
  [...lists].filter(([, standing]) => standing.length > 0);

export function wordsOf(model: IndexModel): readonly bigint[] {
  const words = Array<bigint>(16).fill(0n);
  for (const [key] of occupied(model))
    if (key < ALL_LANES) {
      const i = Number(key / WORD_BITS);
      words[i] = (words[i] ?? 0n) | (1n << (key % WORD_BITS));
    }
  return words;
}

/** What waits on a clock, in the order in which it is due. */
export function dueOn(model: IndexModel, clock: bigint): readonly Standing[] {
  return occupied(model)
    .filter(([key]) => key >= DUE_LISTS && (key - DUE_LISTS) / CLOCK_UNIT === clock)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, standing]) => standing);
}

export const lanesOf = (model: IndexModel, queue: bigint): readonly bigint[] =>
  Array.from({ length: 16 }, (_, i) => queue * LANES + BigInt(15 - i)).filter(
    (lane) => listOf(model, lane).length > 0,
  );

/** Takes the next tasks of a queue: from its most urgent lane, every guarded one from its least urgent. */
export function takeNext(model: IndexModel, queue: bigint, n: number): readonly bigint[] {
  const ids: bigint[] = [];
  const guard = model.guards.get(queue);
  for (let i = 0; i < n; i++) {
    const lanes = lanesOf(model, queue);
    if (lanes.length === 0) break;
    const isGuarded = guard !== undefined && ++guard.taken % guard.every === 0;
    const lane = lanes.at(isGuarded ? -1 : 0) ?? 0n;
    ids.push(listOf(model, lane).shift()?.id ?? 0n);
  }
  return ids;
}

/** Takes what is due, as many as asked for; a call ends early when it has spent its weight. */
export function takeDue(model: IndexModel, clock: bigint, now: bigint, n: number): readonly Standing[] {
  const taken: Standing[] = [];
  let spent = 0;
  for (const entry of dueOn(model, clock)) {
    if (entry.at > now || taken.length === n || spent >= MAX_WEIGHT) break;
    const isSameWindow = taken.length > 0 && (taken.at(-1)?.at ?? 0n) / WINDOW === entry.at / WINDOW;
    spent += (isSameWindow ? 0 : 1) + (entry.series > 0n ? OCCURRENCE_WEIGHT : 1);
    taken.push(entry);
  }
  for (const { id, at } of taken) takeOut(model, bucketOf(clock, at), id);
  return taken;
}

/** The page of a list between `head` and `tail`. */
export function pageOf(model: IndexModel, key: bigint, from: bigint, head: bigint, tail: bigint) {
  const start = from > head ? from : head;
  const inside = listOf(model, key).filter(({ seq }) => seq >= start && seq < start + PAGE);
  return { ids: inside.map(({ id }) => id), next: start + PAGE < tail ? start + PAGE : null };
}
