import { type Activity, decodeActivities } from '../base/activities.js';
import { WORKER_CLASSES, type WorkerClass } from '../base/queue-kind.js';
import { decodeRoles, type Role } from '../base/roles.js';
import type { StacksHeight, Ustx } from '../base/units.js';
import { decodeName } from '../errors/coded-names.js';
import { makeStacksHeight, makeUstx } from '../errors/make-units.js';
import { decodePrint, type PrintFields } from '../tx/event-fields.js';
import { decodeBond } from './codec.js';
import type { Bond } from './types.js';

const COORDINATOR_TOPICS = [
  'coordinator-registered',
  'coordinator-updated',
  'coordinator-suspended',
  'coordinator-reinstated',
  'coordinator-removed',
  'coordinator-moved',
  'capacity-set',
] as const;

/** A coordinator's new record; its last one, when it was removed. One that takes that one's place was moved. */
export interface CoordinatorEvent {
  readonly topic: (typeof COORDINATOR_TOPICS)[number];
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

export interface PausesChangedEvent {
  readonly topic: 'activities-paused' | 'activities-resumed';
  readonly activities: readonly Activity[];
  /** All that is paused now. */
  readonly pauses: readonly Activity[];
}

/** A bond and its new record. */
export interface BondChangedEvent extends Bond {
  readonly topic: 'bond-added' | 'bond-leaving';
  readonly worker: string;
}

/** A bond paid for a lost lease. */
export interface BondCutEvent extends Bond {
  readonly topic: 'bond-cut';
  readonly worker: string;
  readonly cutUstx: Ustx;
}

export interface BondWithdrawnEvent {
  readonly topic: 'bond-withdrawn';
  readonly worker: string;
  readonly amountUstx: Ustx;
}

export interface SinkWithdrawnEvent {
  readonly topic: 'sink-withdrawn';
  readonly sink: string;
  readonly amountUstx: Ustx;
}

/** A worker failed too often in a row and takes no leases for a while. */
export interface WorkerStoodDownEvent {
  readonly topic: 'worker-stood-down';
  readonly worker: string;
  readonly stoodUntil: StacksHeight;
}

/** What coordinator-registry prints. */
export type RegistryEvent =
  | CoordinatorEvent
  | ParamSetEvent
  | OwnerProposedEvent
  | OwnerAcceptedEvent
  | PausesChangedEvent
  | BondChangedEvent
  | BondCutEvent
  | BondWithdrawnEvent
  | SinkWithdrawnEvent
  | WorkerStoodDownEvent;

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
const PAUSES_FIELDS = [
  { name: 'activities', type: 'uint128' },
  { name: 'pauses', type: 'uint128' },
] as const;
const WORKER_FIELDS = [{ name: 'worker', type: 'principal' }] as const;
const AMOUNT_FIELDS = [{ name: 'amount', type: 'uint128' }] as const;
const BOND_FIELDS = [...AMOUNT_FIELDS, { name: 'leaving-at', type: 'uint128' }] as const;
const CUT_FIELDS = [{ name: 'cut', type: 'uint128' }] as const;
const SINK_FIELDS = [{ name: 'sink', type: 'principal' }] as const;
const STOOD_FIELDS = [...WORKER_FIELDS, { name: 'stood-until', type: 'uint128' }] as const;

/** Decodes a print of coordinator-registry; `null` for a topic this version does not know. */
export const decodeRegistryEvent = (topic: string, fields: PrintFields): RegistryEvent | null => {
  if (isCoordinatorTopic(topic)) {
    const { role, class: code, ...rest } = decodePrint(topic, COORDINATOR_FIELDS, fields);
    const workerClass = decodeName(WORKER_CLASSES, code, `event ${topic}`, 'class');
    return { topic, ...rest, roles: decodeRoles(role), class: workerClass };
  }
  const readWorker = () => decodePrint(topic, WORKER_FIELDS, fields);
  const readAmount = (): Ustx => makeUstx(decodePrint(topic, AMOUNT_FIELDS, fields).amount);
  const readBond = (): Bond => decodeBond(decodePrint(topic, BOND_FIELDS, fields));
  switch (topic) {
    case 'param-set':
      return { topic, ...decodePrint(topic, PARAM_FIELDS, fields) };
    case 'owner-proposed':
      return { topic, ...decodePrint(topic, NEXT_FIELDS, fields) };
    case 'owner-accepted':
      return { topic, ...decodePrint(topic, OWNER_FIELDS, fields) };
    case 'activities-paused':
    case 'activities-resumed': {
      const { activities, pauses } = decodePrint(topic, PAUSES_FIELDS, fields);
      return { topic, activities: decodeActivities(activities), pauses: decodeActivities(pauses) };
    }
    case 'bond-added':
    case 'bond-leaving':
      return { topic, ...readWorker(), ...readBond() };
    case 'bond-cut': {
      const { cut } = decodePrint(topic, CUT_FIELDS, fields);
      return { topic, ...readWorker(), ...readBond(), cutUstx: makeUstx(cut) };
    }
    case 'bond-withdrawn':
      return { topic, ...readWorker(), amountUstx: readAmount() };
    case 'sink-withdrawn':
      return { topic, ...decodePrint(topic, SINK_FIELDS, fields), amountUstx: readAmount() };
    case 'worker-stood-down': {
      const { worker, stoodUntil } = decodePrint(topic, STOOD_FIELDS, fields);
      return { topic, worker, stoodUntil: makeStacksHeight(stoodUntil) };
    }
    default:
      return null;
  }
};

const isCoordinatorTopic = (topic: string): topic is CoordinatorEvent['topic'] =>
  COORDINATOR_TOPICS.some((known) => known === topic);
