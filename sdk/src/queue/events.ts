import { asyncQueueAbi } from '../abi/async-queue.generated.js';
import type { TaskId, Ustx } from '../base/units.js';
import { makeTaskId, makeUstx } from '../errors/make-units.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeState } from './codec.js';
import type { TaskState } from './types.js';

/** Each says that a task has a new state; `task-known` that a key named a task there is. */
const TASK_TOPICS = [
  'task-enqueued',
  'task-known',
  'task-scheduled',
  'task-unscheduled',
  'task-deferred',
  'task-unblocked',
  'task-triggered',
  'task-prioritized',
  'task-topped-up',
  'task-dequeued',
  'task-executing',
  'task-heartbeat',
  'task-continued',
  'task-completed',
  'task-failed',
  'task-not-ready',
  'task-released',
  'task-reclaimed',
  'task-stop-asked',
  'task-cancelled',
  'task-expired',
  'task-requeued',
] as const;

/** A task and its new state. A failed, released or reclaimed attempt that was asked to stop leaves it cancelled. */
export interface TaskChangedEvent {
  readonly topic: (typeof TASK_TOPICS)[number];
  readonly id: TaskId;
  readonly state: TaskState;
}

export interface CreditsWithdrawnEvent {
  readonly topic: 'credits-withdrawn';
  readonly owner: string;
  readonly amountUstx: Ustx;
}

/** Runs of a series or subscription were paid for. */
export interface SeriesFundedEvent {
  readonly topic: 'series-funded';
  readonly series: bigint;
  readonly payer: string;
  readonly amountUstx: Ustx;
  /** For all runs to come. */
  readonly prepaidUstx: Ustx;
}

/** What was prepaid for runs that do not come was paid back. */
export interface SeriesDrainedEvent {
  readonly topic: 'series-drained';
  readonly series: bigint;
  readonly to: string;
  readonly amountUstx: Ustx;
}

/** What async-queue prints. */
export type QueueEvent = TaskChangedEvent | CreditsWithdrawnEvent | SeriesFundedEvent | SeriesDrainedEvent;

/** A worker says how far it is. */
export interface TaskProgressedEvent {
  readonly topic: 'task-progressed';
  readonly id: TaskId;
  readonly attempt: bigint;
  readonly progress: Uint8Array;
}

/** What task-control prints; what it does to tasks is printed by async-queue. */
export type ControlEvent = TaskProgressedEvent;

const ID_FIELDS = [{ name: 'id', type: 'uint128' }] as const;
const STATE_FIELDS = fieldsOfRecord(asyncQueueAbi, 'get-state');
const AMOUNT_FIELDS = [{ name: 'amount', type: 'uint128' }] as const;
const WITHDRAWN_FIELDS = [{ name: 'owner', type: 'principal' }, ...AMOUNT_FIELDS] as const;
const FUNDED_FIELDS = [
  { name: 'series', type: 'uint128' },
  { name: 'payer', type: 'principal' },
  { name: 'prepaid', type: 'uint128' },
  ...AMOUNT_FIELDS,
] as const;
const DRAINED_FIELDS = [
  { name: 'series', type: 'uint128' },
  { name: 'to', type: 'principal' },
  ...AMOUNT_FIELDS,
] as const;
const PROGRESS_FIELDS = [
  ...ID_FIELDS,
  { name: 'attempt', type: 'uint128' },
  { name: 'progress', type: { buffer: { length: 32 } } },
] as const;

/** Decodes a print of async-queue; `null` for a topic this version does not know. */
export const decodeQueueEvent = (topic: string, fields: PrintFields): QueueEvent | null => {
  switch (topic) {
    case 'credits-withdrawn': {
      const { amount, ...rest } = decodePrint(topic, WITHDRAWN_FIELDS, fields);
      return { topic, ...rest, amountUstx: makeUstx(amount) };
    }
    case 'series-funded': {
      const { amount, prepaid, ...rest } = decodePrint(topic, FUNDED_FIELDS, fields);
      return { topic, ...rest, amountUstx: makeUstx(amount), prepaidUstx: makeUstx(prepaid) };
    }
    case 'series-drained': {
      const { amount, ...rest } = decodePrint(topic, DRAINED_FIELDS, fields);
      return { topic, ...rest, amountUstx: makeUstx(amount) };
    }
    default:
      return isTaskTopic(topic) ? decodeTaskEvent(topic, fields) : null;
  }
};

/** Decodes a print of task-control; `null` for a topic this version does not know. */
export const decodeControlEvent = (topic: string, fields: PrintFields): ControlEvent | null => {
  if (topic !== 'task-progressed') return null;
  const { id, ...rest } = decodePrint(topic, PROGRESS_FIELDS, fields);
  return { topic, id: makeTaskId(id), ...rest };
};

const decodeTaskEvent = (topic: TaskChangedEvent['topic'], fields: PrintFields): TaskChangedEvent => {
  const { id } = decodePrint(topic, ID_FIELDS, fields);
  const state = decodeState(id, decodePrint(topic, STATE_FIELDS, fields));
  return { topic, id: state.id, state };
};

const isTaskTopic = (topic: string): topic is TaskChangedEvent['topic'] =>
  TASK_TOPICS.some((known) => known === topic);
