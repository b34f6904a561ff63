import { changeOne, transact } from './changes.js';
import { cancelledLink, deferred } from './judging.js';
import type { Model } from './model.js';
import { timeOn } from './model.js';
import { itemFor, slotToCome } from './occurrences.js';
import { assertRuns, drain, prepay, priceOfRuns } from './prepaying.js';
import { makeOne } from './producing.js';
import { ACTIVITY, MAX_INSTANT, ROLE, STATUS } from './records.js';
import { guard, SCHEDULER } from './refusals.js';
import { assertMay } from './registry.js';
import { assertFuture } from './scheduler.js';
import type { Series, Wish } from './series-record.js';
import { keepSeries, POLICY, SERIES } from './series-record.js';

const TIME_CLOCK = 2n;
const LEAST_SECONDS = 60n;
const MOST_EVERY = 2n ** 31n;

export function createSeries(model: Model, by: string, wish: Wish, runs: bigint): bigint {
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.SCHEDULE);
  assertFuture(model, wish);
  const leastEvery = wish.clock === TIME_CLOCK ? LEAST_SECONDS : 1n;
  guard(wish.every >= leastEvery && wish.every <= MOST_EVERY, SCHEDULER.INTERVAL);
  guard(Object.values<bigint>(POLICY).includes(wish.policy), SCHEDULER.BAD_VALUE);
  assertRuns(0n, runs, SCHEDULER.RUNS);
  const n = BigInt(model.series.size) + 1n;
  const fresh = { status: SERIES.RUNNING, reason: 0n, task: 0n, previous: 0n };
  const series: Series = { ...wish, ...fresh, owner: by, left: runs };
  const price = priceOfRuns(model, by, series, runs, SCHEDULER.BAD_VALUE);
  begin(model, n, series, 'series-created', price);
  return n;
}

/** Makes the task of the slot at which the series stands; `priceUstx` is paid in by its owner before. */
function begin(model: Model, n: bigint, series: Series, topic: string, priceUstx?: bigint): void {
  const item = { ...itemFor(n, series, series.at), prepaying: priceUstx };
  const task = makeOne(model, item, () => {
    if (priceUstx !== undefined) prepay(model, series.owner, n, priceUstx);
  });
  keepSeries(model, n, { ...series, left: series.left - 1n, task, previous: series.task }, topic);
}

export function topUpSeries(model: Model, by: string, n: bigint, runs: bigint): bigint {
  const before = seriesAt(model, n);
  assertRuns(before.left, runs, SCHEDULER.RUNS);
  guard(before.status === SERIES.RUNNING || before.status === SERIES.STOOD_DOWN, SCHEDULER.SERIES_STATUS);
  const price = priceOfRuns(model, by, before, runs, SCHEDULER.BAD_VALUE);
  keepSeries(model, n, { ...before, left: before.left + runs }, 'series-topped-up');
  return prepay(model, by, n, price);
}

/** Puts the held task off by one interval. */
export function skipNext(model: Model, by: string, n: bigint): bigint {
  const before = ownSeries(model, by, n);
  const at = before.at + before.every;
  guard(before.status === SERIES.RUNNING, SCHEDULER.SERIES_STATUS);
  guard(at < MAX_INSTANT, SCHEDULER.TIME);
  transact(model, [{ ok: deferred(model, before.task, at) }]);
  keepSeries(model, n, { ...before, at }, 'series-skipped');
  return at;
}

export function resumeSeries(model: Model, by: string, n: bigint): boolean {
  const before = ownSeries(model, by, n);
  guard(before.status === SERIES.STOOD_DOWN, SCHEDULER.SERIES_STATUS);
  guard(before.left > 0n, SCHEDULER.RUNS);
  const at = slotToCome(before, timeOn(model, before.clock));
  begin(model, n, { ...before, status: SERIES.RUNNING, reason: 0n, at }, 'series-resumed');
  return true;
}

/** Pays back the held task and what is prepaid. */
export function cancelSeries(model: Model, by: string, n: bigint): bigint {
  const before = ownSeries(model, by, n);
  guard(before.status !== SERIES.CANCELLED, SCHEDULER.SERIES_STATUS);
  const isHolding =
    before.status === SERIES.RUNNING && model.states.get(before.task)?.status === STATUS.PENDING;
  if (isHolding) changeOne(model, cancelledLink(model, by, before.task));
  keepSeries(model, n, { ...before, status: SERIES.CANCELLED }, 'series-cancelled');
  return drain(model, n, by);
}

function seriesAt(model: Model, n: bigint): Series {
  const series = model.series.get(n);
  guard(series !== undefined, SCHEDULER.UNKNOWN_SERIES);
  return series;
}

function ownSeries(model: Model, by: string, n: bigint): Series {
  const series = seriesAt(model, n);
  guard(series.owner === by, SCHEDULER.NOT_OWNER);
  return series;
}
