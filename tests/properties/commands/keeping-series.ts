import type { Call } from '../chain/call.js';
import * as call from '../chain/call-series.js';
import { newestConfig } from '../model/factory.js';
import { MAX_INSTANT } from '../model/records.js';
import type { Series } from '../model/series-record.js';
import { SERIES } from '../model/series-record.js';
import type { Command, World } from './command.js';
import { someone, someoneElse } from './command.js';

type Test = (series: Series, world: World) => boolean;
type Entry = readonly [n: bigint, series: Series];

const pickSeries = (w: World, test: Test): Entry | undefined =>
  w.dice.pick([...w.model.series].filter(([, series]) => test(series, w)));

const unknownSeries = ({ model, dice }: World) =>
  dice.of(0n, BigInt(model.series.size) + 1n, 2n ** 128n - 1n);
const isRunning: Test = ({ status }) => status === SERIES.RUNNING;
const isStoodDown: Test = ({ status }) => status === SERIES.STOOD_DOWN;
const isOver: Test = ({ status }) => status > SERIES.STOOD_DOWN;
/** What a run costs now, in uSTX; undefined when its template would make none. */
function priceNow({ owner, template, reward }: Series, { model }: World): bigint | undefined {
  const record = model.templates[Number(template) - 1];
  if (!record?.active) return undefined;
  const { open, minReward, maxSteps } = newestConfig(record);
  return (open || record.owner === owner) && reward >= minReward ? reward * maxSteps : undefined;
}

const isMakeable: Test = (series, w) => priceNow(series, w) !== undefined;

/** What the owner of some series does with it. */
const forOwner =
  (make: (by: string, n: bigint) => Call, test: Test) =>
  (w: World): Call | undefined => {
    const [n, series] = pickSeries(w, test) ?? [];
    return n === undefined || !series ? undefined : make(series.owner, n);
  };

const forOther =
  (make: (by: string, n: bigint) => Call, test: Test) =>
  (w: World): Call | undefined => {
    const [n, series] = pickSeries(w, test) ?? [];
    return n === undefined || !series ? undefined : make(someoneElse(w, series.owner) ?? '', n);
  };

export const topUpSeries: Command = {
  name: 'top-up-series',
  weights: [2, 1],
  right: (w) => {
    const [n] = pickSeries(w, (series) => !isOver(series, w) && isMakeable(series, w)) ?? [];
    return n === undefined ? undefined : call.topUpSeries(someone(w), n, w.dice.between(1, 5));
  },
  wrong: [
    (w) => call.topUpSeries(someone(w), unknownSeries(w), 1n),
    (w) => {
      const [n, series] = pickSeries(w, isRunning) ?? [];
      const tooMany = 10_001n - (series?.left ?? 0n);
      return n === undefined ? undefined : call.topUpSeries(someone(w), n, w.dice.of(0n, tooMany));
    },
    (w) => {
      const [n] = pickSeries(w, isOver) ?? [];
      return n === undefined ? undefined : call.topUpSeries(someone(w), n, 1n);
    },
    (w) => {
      const [n] = pickSeries(w, (series) => !isOver(series, w) && !isMakeable(series, w)) ?? [];
      return n === undefined ? undefined : call.topUpSeries(someone(w), n, 1n);
    },
  ],
};

const mayBeSkipped: Test = ({ status, at, every }) => status === SERIES.RUNNING && at + every < MAX_INSTANT;

export const skipNext: Command = {
  name: 'skip-next',
  weights: [2, 1],
  right: forOwner(call.skipNext, mayBeSkipped),
  wrong: [
    (w) => call.skipNext(someone(w), unknownSeries(w)),
    forOther(call.skipNext, isRunning),
    forOwner(call.skipNext, (series, w) => !isRunning(series, w)),
    forOwner(call.skipNext, (series, w) => isRunning(series, w) && !mayBeSkipped(series, w)),
  ],
};

/** One that stood down, whose next task could be made now or not, paid from what it has prepaid. */
const forResumable = (isPossible: boolean) => (w: World) => {
  const isPaid = (n: bigint, series: Series) =>
    (priceNow(series, w) ?? 2n ** 128n) <= (w.model.prepaid.get(n) ?? 0n);
  const [n, series] =
    w.dice.pick(
      [...w.model.series].filter(([n, it]) => isStoodDown(it, w) && isPaid(n, it) === isPossible),
    ) ?? [];
  return n === undefined || !series ? undefined : call.resumeSeries(series.owner, n);
};

export const resumeSeries: Command = {
  name: 'resume-series',
  weights: [4, 4],
  right: forResumable(true),
  wrong: [
    (w) => call.resumeSeries(someone(w), unknownSeries(w)),
    forOther(call.resumeSeries, isStoodDown),
    forOwner(call.resumeSeries, (series, w) => !isStoodDown(series, w)),
    forResumable(false),
  ],
};

/** Mostly one that runs for good. */
export const cancelSeries: Command = {
  name: 'cancel-series',
  weights: [0.7, 1],
  right: (w) => {
    const status = w.dice.of(SERIES.RUNNING, SERIES.RUNNING, SERIES.STOOD_DOWN, SERIES.ENDED);
    return forOwner(call.cancelSeries, (series) => series.status === status)(w);
  },
  wrong: [
    (w) => call.cancelSeries(someone(w), unknownSeries(w)),
    forOther(call.cancelSeries, isRunning),
    forOwner(call.cancelSeries, ({ status }) => status === SERIES.CANCELLED),
  ],
};
