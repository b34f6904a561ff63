import { asyncQueueAbi } from '../abi/async-queue.generated.js';
import type { TaskId } from '../base/units.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeState, decodeTask } from './codec.js';
import type { Task, TaskState } from './types.js';

/** A task changed, without more to tell than its new state. */
export interface TaskChangedEvent {
  readonly topic:
    | 'task-dequeued'
    | 'task-completed'
    | 'task-failed'
    | 'task-reclaimed'
    | 'task-cancelled'
    | 'task-stop-asked'
    | 'task-scheduled'
    | 'task-unscheduled'
    | 'task-triggered';
  readonly id: TaskId;
  readonly state: TaskState;
}

/** A task was made. */
export interface TaskEnqueuedEvent {
  readonly topic: 'task-enqueued';
  readonly id: TaskId;
  readonly task: Task;
  readonly state: TaskState;
}

/** A worker says how far it is. */
export interface TaskHeartbeatEvent {
  readonly topic: 'task-heartbeat';
  readonly id: TaskId;
  readonly state: TaskState;
  readonly progress: Uint8Array;
}

/** What async-queue prints. A failed or reclaimed attempt that was asked to stop leaves the task cancelled. */
export type QueueEvent = TaskChangedEvent | TaskEnqueuedEvent | TaskHeartbeatEvent;

const ID_FIELDS = [{ name: 'id', type: 'uint128' }] as const;
const PROGRESS_FIELDS = [{ name: 'progress', type: { buffer: { length: 32 } } }] as const;
const STATE_FIELDS = fieldsOfRecord(asyncQueueAbi, 'get-state');
const TASK_FIELDS = fieldsOfRecord(asyncQueueAbi, 'get-task');

const CHANGED_TOPICS: readonly string[] = [
  'task-dequeued',
  'task-completed',
  'task-failed',
  'task-reclaimed',
  'task-cancelled',
  'task-stop-asked',
  'task-scheduled',
  'task-unscheduled',
  'task-triggered',
] satisfies readonly TaskChangedEvent['topic'][];

/** Decodes a print of async-queue; `null` for a topic this version does not know. */
export const decodeQueueEvent = (topic: string, fields: PrintFields): QueueEvent | null => {
  if (topic !== 'task-enqueued' && topic !== 'task-heartbeat' && !isChangedTopic(topic)) return null;
  const { id } = decodePrint(topic, ID_FIELDS, fields);
  const state = decodeState(id, decodePrint(topic, STATE_FIELDS, fields));
  if (topic === 'task-enqueued') {
    return { topic, id: state.id, task: decodeTask(id, decodePrint(topic, TASK_FIELDS, fields)), state };
  }
  if (topic === 'task-heartbeat') {
    return { topic, id: state.id, state, progress: decodePrint(topic, PROGRESS_FIELDS, fields).progress };
  }
  return { topic, id: state.id, state };
};

const isChangedTopic = (topic: string): topic is TaskChangedEvent['topic'] => CHANGED_TOPICS.includes(topic);
