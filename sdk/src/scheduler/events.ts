import { taskSchedulerAbi } from '../abi/task-scheduler.generated.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeSeries } from './codec.js';
import type { Series } from './types.js';

const TOPICS = [
  'series-created',
  'series-topped-up',
  'series-skipped',
  'series-resumed',
  'series-cancelled',
  'series-advanced',
  'series-deferred',
  'series-ended',
  'series-stood-down',
] as const;

/** A series and its new record; `series` is its number. */
export interface SeriesEvent extends Series {
  readonly topic: (typeof TOPICS)[number];
  readonly series: bigint;
}

/** What task-scheduler prints; what it does to tasks is printed by async-queue. */
export type SchedulerEvent = SeriesEvent;

const NUMBER_FIELDS = [{ name: 'series', type: 'uint128' }] as const;
const SERIES_FIELDS = fieldsOfRecord(taskSchedulerAbi, 'get-series');

/** Decodes a print of task-scheduler; `null` for a topic this version does not know. */
export const decodeSchedulerEvent = (topic: string, fields: PrintFields): SchedulerEvent | null => {
  if (!isSeriesTopic(topic)) return null;
  const { series } = decodePrint(topic, NUMBER_FIELDS, fields);
  return { topic, series, ...decodeSeries(decodePrint(topic, SERIES_FIELDS, fields)) };
};

const isSeriesTopic = (topic: string): topic is SeriesEvent['topic'] =>
  TOPICS.some((known) => known === topic);
