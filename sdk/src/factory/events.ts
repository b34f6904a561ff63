import { asyncTaskFactoryAbi } from '../abi/async-task-factory.generated.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeQueue, decodeTemplate } from './codec.js';
import type { Queue, TaskTemplate, TaskType } from './types.js';

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

/** What async-task-factory prints. */
export type FactoryEvent = TaskTypeEvent | QueueCreatedEvent | TaskTemplateEvent;

const ID_FIELDS = [{ name: 'id', type: 'uint128' }] as const;
const TYPE_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-task-type');
const QUEUE_FIELDS = fieldsOfRecord(asyncTaskFactoryAbi, 'get-queue');
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
    default:
      return null;
  }
};
