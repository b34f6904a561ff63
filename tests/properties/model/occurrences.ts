import { transact } from './changes.js';
import { deferred } from './judging.js';
import type { Item } from './making.js';
import { makeAll, planAll } from './making.js';
import type { Model } from './model.js';
import { timeOn } from './model.js';
import { isUnfinished } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt } from './refusals.js';
import type { Series } from './series-record.js';
import { keepSeries, POLICY, SERIES } from './series-record.js';

/** A series that catches up lets so many missed slots run, the last ones. */
const MOST_MISSED = 20n;

/** What a series does when the task that it holds is set free: it holds it again, makes the next one, or has ended. */
export interface Turn {
  readonly n: bigint;
  readonly series: Series;
  readonly what: 'put off' | 'next' | 'last';
  /** The slot at which it stands afterwards. */
  readonly at: bigint;
  readonly way: string;
}

/** Whether the task is the one that its series holds. */
export function isHeldBySeries(model: Model, n: bigint, id: bigint): boolean {
  const series = model.series.get(n);
  return series !== undefined && series.task === id && series.status === SERIES.RUNNING;
}

/** The first slot that has not come yet. */
export function slotToCome({ at, every }: Series, now: bigint): bigint {
  return now < at ? at : at + every * (slotsMissed(at, every, now) + 1n);
}

/** How many slots after this one have come. */
const slotsMissed = (at: bigint, every: bigint, now: bigint) => (now - at) / every;

export function turnOf(model: Model, n: bigint): Turn {
  const series = model.series.get(n);
  if (!series) throw new Error(`the model has no series ${n}`);
  const { at, every, policy, previous } = series;
  const now = timeOn(model, series.clock);
  const missed = slotsMissed(at, every, now);
  const later = { n, series, at: slotToCome(series, now) };
  const before = model.states.get(previous);
  if (policy === POLICY.SKIP && missed > 0n) return { ...later, what: 'put off', way: 'skip a missed slot' };
  if (!series.overlap && before && isUnfinished(before))
    return { ...later, what: 'put off', way: 'wait for the run before' };
  if (series.left === 0n) return { ...later, what: 'last', way: 'make the last run' };
  if (missed === 0n) return { ...later, what: 'next', way: 'be in time' };
  if (policy === POLICY.COALESCE) return { ...later, what: 'next', way: 'coalesce missed slots' };
  const passedOver = missed > MOST_MISSED ? missed - MOST_MISSED : 0n;
  const way = passedOver > 0n ? 'catch up with the last slots' : 'catch up';
  return { ...later, what: 'next', at: at + every * (passedOver + 1n), way };
}

/** What is put off comes first, then what is made, then what ends; returns how many tasks were made. */
export function advance(model: Model, turns: readonly Turn[]): bigint {
  const putOff = turns.filter(({ what }) => what === 'put off');
  const next = turns.filter(({ what }) => what === 'next');
  for (const { way } of turns) model.effects.ways.push(way);
  const moved = transact(
    model,
    putOff.map(({ series, at }) => attempt(() => deferred(model, series.task, at))),
  );
  const items = next.map(({ n, series, at }) => itemFor(n, series, at));
  const made = items.length > 0 ? makeAll(model, planAll(model, items)) : [];
  for (const [i, turn] of putOff.entries()) goOn(model, turn, moved[i], 'series-deferred', () => ({}));
  for (const [i, turn] of next.entries())
    goOn(model, turn, made[i], 'series-advanced', (task) => ({
      ...{ left: turn.series.left - 1n, task, previous: turn.series.task },
    }));
  for (const { n, series, what } of turns)
    if (what === 'last') keepSeries(model, n, { ...series, status: SERIES.ENDED }, 'series-ended');
  return BigInt(made.filter((verdict) => 'ok' in verdict).length);
}

/** A series for which that could not be done stands down, with the reason. */
function goOn(
  model: Model,
  { n, series, at }: Turn,
  verdict: Verdict | undefined,
  topic: string,
  change: (answer: bigint) => Partial<Series>,
): void {
  if (!verdict) throw new Error(`the model knows nothing of the task of series ${n}`);
  if ('ok' in verdict) {
    keepSeries(model, n, { ...series, at, ...change(verdict.ok) }, topic);
    return;
  }
  model.effects.refusals.push(verdict.err);
  keepSeries(
    model,
    n,
    { ...series, at, status: SERIES.STOOD_DOWN, reason: verdict.err },
    'series-stood-down',
  );
}

/** The task of a slot, as its series asks for it. */
export function itemFor(n: bigint, series: Series, at: bigint): Item {
  const { owner, template, clock, reward, payload } = series;
  return {
    ...{ owner, template, series: n, origin: null, clock, at, priority: null, reward, rewardMin: null },
    ...{
      deadline: null,
      hold: false,
      tag: null,
      key: null,
      parents: [],
      afterItems: [],
      lax: false,
      payload,
    },
  };
}
