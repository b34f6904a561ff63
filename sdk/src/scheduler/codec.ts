import { CLOCKS } from '../base/clock.js';
import { MISSED_RUNS, SERIES_STATUSES } from '../base/series.js';
import { decodeName } from '../errors/coded-names.js';
import { describeContractError } from '../errors/contract-error.js';
import { makeTaskId, makeUstx } from '../errors/make-units.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { Series } from './types.js';

type RawSeries = NonNullable<Awaited<ReturnType<ReadMethods<'task-scheduler'>['getSeries']>>>;

const SOURCE = 'task-scheduler.get-series';

export const decodeSeries = ({ reward, ...raw }: RawSeries): Series => ({
  ...raw,
  clock: decodeName(CLOCKS, raw.clock, SOURCE, 'clock'),
  rewardUstx: makeUstx(reward),
  policy: decodeName(MISSED_RUNS, raw.policy, SOURCE, 'policy'),
  // Statuses are counted from 1.
  status: decodeName(SERIES_STATUSES, raw.status - 1n, SOURCE, 'status'),
  reason: raw.reason === 0n ? null : describeContractError(raw.reason, 'async-queue.enqueue-for'),
  task: raw.task === 0n ? null : makeTaskId(raw.task),
  previous: raw.previous === 0n ? null : makeTaskId(raw.previous),
});
