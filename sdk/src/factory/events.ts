import { asyncTaskFactoryAbi } from '../abi/async-task-factory.generated.js';
import type { TaskId } from '../base/units.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeQueue, decodeTask, decodeTemplate } from './codec.js';
import type { Queue, Task, TaskTemplate, TaskType } from './types.js';

export interface TaskTypeEvent extends TaskType {
  readonly topic: 'task-type-created';
  readonly id: bigint;
}

export interface QueueCreatedEvent extends Queue {
  readonly topic: 'queue-created';
  readonly id: bigint;
}

/** A template and its config of the version in force from now on. */
export interface TaskTemplateEvent extends TaskTemplate {
  readonly topic: 'task-template-created' | 'task-template-updated';
  readonly id: bigint;
}

/** A template that others may use or not, or that has another owner. */
export interface TemplateChangedEvent {
  readonly topic: 'task-template-activated' | 'task-template-deactivated' | 'task-template-transferred';
  readonly id: bigint;
  readonly owner: string;
  readonly taskType: bigint;
  readonly version: bigint;
  readonly active: boolean;
}

/** What was asked for, as a task was made; async-queue prints its first state. */
export interface TaskMadeEvent {
  readonly topic: 'task-made';
  readonly id: TaskId;
  readonly task: Task;
}

/** What async-task-factory prints. */
export type FactoryEvent =
  | TaskTypeEvent
  | QueueCreatedEvent
  | TaskTemplateEvent
  | TemplateChangedEvent
  | TaskMadeEvent;

const ID_FIELDS = [{ name: 'id', type: 'uint128' }] as const;
const TYPE_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-task-type');
const QUEUE_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-queue');
const CHANGED_FIELDS = [
  { name: 'owner', type: 'principal' },
  { name: 'task-type', type: 'uint128' },
  { name: 'version', type: 'uint128' },
  { name: 'active', type: 'bool' },
] as const;
const TASK_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-task');
const TEMPLATE_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-task-template');

/** Decodes a print of async-task-factory; `null` for a topic this version does not know. */
export const decodeFactoryEvent = (topic: string, fields: PrintFields): FactoryEvent | null => {
  const readId = (): bigint => decodePrint(topic, ID_FIELDS, fields).id;
  switch (topic) {
    case 'task-type-created':
      return { topic, id: readId(), ...decodePrint(topic, TYPE_FIELDS, fields) };
    case 'queue-created':
      return { topic, id: readId(), ...decodeQueue(decodePrint(topic, QUEUE_FIELDS, fields)) };
    case 'task-template-created':
    case 'task-template-updated':
      return { topic, id: readId(), ...decodeTemplate(decodePrint(topic, TEMPLATE_FIELDS, fields)) };
    case 'task-template-activated':
    case 'task-template-deactivated':
    case 'task-template-transferred':
      return { topic, id: readId(), ...decodePrint(topic, CHANGED_FIELDS, fields) };
    case 'task-made': {
      const task = decodeTask(readId(), decodePrint(topic, TASK_FIELDS, fields));
      return { topic, id: task.id, task };
    }
    default:
      return null;
  }
};
