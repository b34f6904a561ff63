import { decodeFactoryEvent, type FactoryEvent } from '../factory/events.js';
import { type ControlEvent, decodeControlEvent, decodeQueueEvent, type QueueEvent } from '../queue/events.js';
import { decodeRegistryEvent, type RegistryEvent } from '../registry/events.js';
import { decodeSchedulerEvent, type SchedulerEvent } from '../scheduler/events.js';
import { decodeTopicsEvent, type TopicsEvent } from '../topics/events.js';
import type { ContractLog } from '../transport/transport.js';
import { type PrintFields, readPrint } from '../tx/event-fields.js';

/** Contracts that print events. What others do to tasks is printed by async-queue. */
export type EventSource =
  | 'coordinator-registry'
  | 'async-task-factory'
  | 'async-queue'
  | 'task-control'
  | 'task-scheduler'
  | 'task-topics';

/** Where an event stands on chain. */
export interface EventPlace {
  readonly txid: string;
  readonly eventIndex: number;
}

/** A change on chain; tell them apart by `topic`. */
export type FacEvent = ContractEvent & EventPlace;

type ContractEvent = RegistryEvent | FactoryEvent | QueueEvent | ControlEvent | SchedulerEvent | TopicsEvent;

const DECODERS: Readonly<Record<EventSource, (topic: string, fields: PrintFields) => ContractEvent | null>> =
  {
    'coordinator-registry': decodeRegistryEvent,
    'async-task-factory': decodeFactoryEvent,
    'async-queue': decodeQueueEvent,
    'task-control': decodeControlEvent,
    'task-scheduler': decodeSchedulerEvent,
    'task-topics': decodeTopicsEvent,
  };

/** Decodes a print of one of our contracts; `null` for one this version does not know. */
export const decodeEvent = ({ contract, value, txid, eventIndex }: ContractLog): FacEvent | null => {
  const name = contract.split('.')[1] ?? '';
  const print = readPrint(value);
  if (print === null || !isEventSource(name)) return null;
  const event = DECODERS[name](print.topic, print.fields);
  return event === null ? null : { ...event, txid, eventIndex };
};

const isEventSource = (name: string): name is EventSource => Object.hasOwn(DECODERS, name);
