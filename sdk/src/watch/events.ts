import { decodeFactoryEvent, type FactoryEvent } from '../factory/events.js';
import { decodeQueueEvent, type QueueEvent } from '../queue/events.js';
import { decodeRegistryEvent, type RegistryEvent } from '../registry/events.js';
import type { ContractLog } from '../transport/transport.js';
import { type PrintFields, readPrint } from '../tx/event-fields.js';

/** Contracts that print events. task-scheduler's deeds are printed by async-queue. */
export type EventSource = 'coordinator-registry' | 'async-task-factory' | 'async-queue';

/** Where an event stands on chain. */
export interface EventPlace {
  readonly txid: string;
  readonly eventIndex: number;
}

/** A change on chain; tell them apart by `topic`. */
export type FacEvent = (QueueEvent | RegistryEvent | FactoryEvent) & EventPlace;

const DECODERS: Readonly<
  Record<
    EventSource,
    (topic: string, fields: PrintFields) => QueueEvent | RegistryEvent | FactoryEvent | null
  >
> = {
  'coordinator-registry': decodeRegistryEvent,
  'async-task-factory': decodeFactoryEvent,
  'async-queue': decodeQueueEvent,
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
