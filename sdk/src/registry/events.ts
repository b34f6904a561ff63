import { WORKER_CLASSES, type WorkerClass } from '../base/queue-kind.js';
import { decodeRoles, type Role } from '../base/roles.js';
import { decodeName } from '../errors/coded-names.js';
import { decodePrint, type PrintFields } from '../tx/event-fields.js';

/** A coordinator's new record. */
export interface CoordinatorEvent {
  readonly topic: 'coordinator-registered' | 'coordinator-updated' | 'capacity-set';
  readonly coordinator: string;
  readonly roles: readonly Role[];
  readonly capacity: bigint;
  readonly active: boolean;
  readonly index: bigint;
  readonly class: WorkerClass;
}

export interface ParamSetEvent {
  readonly topic: 'param-set';
  readonly name: string;
  readonly value: bigint;
}

export interface OwnerProposedEvent {
  readonly topic: 'owner-proposed';
  readonly owner: string;
  readonly next: string;
}

export interface OwnerAcceptedEvent {
  readonly topic: 'owner-accepted';
  readonly owner: string;
}

/** What coordinator-registry prints. */
export type RegistryEvent = CoordinatorEvent | ParamSetEvent | OwnerProposedEvent | OwnerAcceptedEvent;

const COORDINATOR_FIELDS = [
  { name: 'coordinator', type: 'principal' },
  { name: 'role', type: 'uint128' },
  { name: 'capacity', type: 'uint128' },
  { name: 'active', type: 'bool' },
  { name: 'index', type: 'uint128' },
  { name: 'class', type: 'uint128' },
] as const;
const PARAM_FIELDS = [
  { name: 'name', type: { 'string-ascii': { length: 32 } } },
  { name: 'value', type: 'uint128' },
] as const;
const OWNER_FIELDS = [{ name: 'owner', type: 'principal' }] as const;
const NEXT_FIELDS = [...OWNER_FIELDS, { name: 'next', type: 'principal' }] as const;

/** Decodes a print of coordinator-registry; `null` for a topic this version does not know. */
export const decodeRegistryEvent = (topic: string, fields: PrintFields): RegistryEvent | null => {
  switch (topic) {
    case 'coordinator-registered':
    case 'coordinator-updated':
    case 'capacity-set': {
      const { role, class: code, ...rest } = decodePrint(topic, COORDINATOR_FIELDS, fields);
      const workerClass = decodeName(WORKER_CLASSES, code, `event ${topic}`, 'class');
      return { topic, ...rest, roles: decodeRoles(role), class: workerClass };
    }
    case 'param-set':
      return { topic, ...decodePrint(topic, PARAM_FIELDS, fields) };
    case 'owner-proposed':
      return { topic, ...decodePrint(topic, NEXT_FIELDS, fields) };
    case 'owner-accepted':
      return { topic, ...decodePrint(topic, OWNER_FIELDS, fields) };
    default:
      return null;
  }
};
