import { type Activity, decodeActivities } from '../base/activities.js';
import { WORKER_CLASSES, type WorkerClass } from '../base/queue-kind.js';
import type { Role } from '../base/roles.js';
import type { Ustx } from '../base/units.js';
import { decodeName } from '../errors/coded-names.js';
import { makeTaskId, makeUstx } from '../errors/make-units.js';
import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadPort } from '../tx/read-call.js';
import {
  decodeBond,
  decodeBusy,
  decodeCoordinator,
  decodeWorker,
  encodeActivityMask,
  encodeRoleMask,
} from './codec.js';
import type { Bond, BusyPage, Coordinator, Leases, WorkerRecord } from './types.js';

/** Questions to coordinator-registry. */
export interface RegistryReads {
  readonly getOwner: (args?: NoArgs, options?: ReadOptions) => Promise<string>;
  readonly getCoordinatorCount: (args?: NoArgs, options?: ReadOptions) => Promise<bigint>;
  readonly getCoordinatorAt: (
    args: { readonly index: bigint },
    options?: ReadOptions,
  ) => Promise<string | null>;
  readonly getCoordinatorDetails: (
    args: { readonly coordinator: string },
    options?: ReadOptions,
  ) => Promise<Coordinator | null>;
  /** Zeros for a principal that has never worked. */
  readonly getWorker: (args: { readonly worker: string }, options?: ReadOptions) => Promise<WorkerRecord>;
  readonly getBusy: (args: { readonly from: bigint }, options?: ReadOptions) => Promise<BusyPage>;
  /** At most 16 slots. */
  readonly getLeases: (
    args: { readonly worker: string; readonly slots: readonly bigint[] },
    options?: ReadOptions,
  ) => Promise<Leases>;
  /** `null` when there is no such parameter. */
  readonly getParam: (args: { readonly name: string }, options?: ReadOptions) => Promise<bigint | null>;
  /** What is paused now. */
  readonly getPauses: (args?: NoArgs, options?: ReadOptions) => Promise<readonly Activity[]>;
  /** What a worker joined for; `null` when there is none. */
  readonly getBond: (args: { readonly worker: string }, options?: ReadOptions) => Promise<Bond | null>;
  /** What bonds have lost and `withdrawSink` pays out. */
  readonly getSinkCredit: (args?: NoArgs, options?: ReadOptions) => Promise<Ustx>;
  /** Ten-thousandths of a reward for whoever triggers a task first; throws while triggers are paused. */
  readonly getTriggerShare: (args?: NoArgs, options?: ReadOptions) => Promise<bigint>;
  /** The class of an active coordinator with one of the roles; else throws `REJECTED_BY_CONTRACT`. */
  readonly authorize: (
    args: {
      readonly who: string;
      /** One of these is enough; nobody needs a role when there is none here. */
      readonly roles: readonly Role[];
      /** None of these may be paused. @default none */
      readonly activities?: readonly Activity[];
    },
    options?: ReadOptions,
  ) => Promise<WorkerClass>;
}

export const makeRegistryReads = (deployer: string, port: ReadPort): RegistryReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'coordinator-registry'), port);
  return {
    getOwner: raw.getOwner,
    getCoordinatorCount: raw.getCoordinatorCount,
    getCoordinatorAt: raw.getCoordinatorAt,
    getCoordinatorDetails: async (args, options) => {
      const details = await raw.getCoordinatorDetails(args, options);
      return details === null ? null : decodeCoordinator(details);
    },
    getWorker: async (args, options) => decodeWorker(await raw.getWorker(args, options)),
    getBusy: async (args, options) => {
      const { busy, next } = await raw.getBusy(args, options);
      return { busy: busy.map(decodeBusy), next };
    },
    getLeases: async (args, options) => {
      const leases = await raw.getLeases(args, options);
      return leases.map((id) => (id === null ? null : makeTaskId(id)));
    },
    getParam: raw.getParam,
    getPauses: async (args, options) => decodeActivities(await raw.getPauses(args, options)),
    getBond: async (args, options) => {
      const bond = await raw.getBond(args, options);
      return bond === null ? null : decodeBond(bond);
    },
    getSinkCredit: async (args, options) => makeUstx(await raw.getSinkCredit(args, options)),
    getTriggerShare: raw.getTriggerShare,
    authorize: async ({ who, roles, activities = [] }, options) => {
      const source = 'coordinator-registry.authorize';
      const role = encodeRoleMask(source, roles);
      const activity = encodeActivityMask(source, activities);
      const code = await raw.authorize({ who, role, activity }, options);
      return decodeName(WORKER_CLASSES, code, source, 'class');
    },
  };
};
