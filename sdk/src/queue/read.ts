import type { Status } from '../base/status.js';
import type { TaskId, Ustx } from '../base/units.js';
import { makeTaskId, makeUstx } from '../errors/make-units.js';
import type { FactoryReads } from '../factory/read.js';
import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type ReadMethods, type ReadPort } from '../tx/read-call.js';
import { decodeExplanation, decodeFamily, decodeNext, decodeState, decodeStatus } from './codec.js';
import type { Explanation, Family, NextWork, QueueStatus, TaskState } from './types.js';

type ById = { readonly id: bigint };
type ByIds = { readonly ids: readonly bigint[] };

/** Questions about tasks: to async-queue, task-overview, task-control, and async-task-factory, where they are kept. */
export interface QueueReads extends Pick<FactoryReads, 'getTask' | 'getByKey' | 'getLastId'> {
  /** `null` when there is no such task. */
  readonly getState: (args: ById, options?: ReadOptions) => Promise<TaskState | null>;
  /** At most 20, in the order of the ids; `null` where there is no such task. */
  readonly getStates: (args: ByIds, options?: ReadOptions) => Promise<readonly (TaskState | null)[]>;
  /** At most 8, in the order of the ids; `null` where there is no such task. */
  readonly getStatuses: (args: ByIds, options?: ReadOptions) => Promise<readonly (Status | null)[]>;
  /** How the parents of at most 12 tasks stand. */
  readonly getFamilies: (args: ByIds, options?: ReadOptions) => Promise<readonly Family[]>;
  readonly getQueueStatus: (args: { readonly queue: bigint }, options?: ReadOptions) => Promise<QueueStatus>;
  /** What waits for `withdrawCredits`. */
  readonly getCredits: (args: { readonly who: string }, options?: ReadOptions) => Promise<Ustx>;
  /** What the vault holds for the runs of a series to come. */
  readonly getPrepaid: (args: { readonly series: bigint }, options?: ReadOptions) => Promise<Ustx>;
  /** All a keeper needs each tick; `from` is the coordinator index of a page of busy workers. @default 0n */
  readonly getNext: (args?: { readonly from?: bigint }, options?: ReadOptions) => Promise<NextWork>;
  /** All that decides when a task runs; `null` when there is no such task. */
  readonly getExplain: (args: ById, options?: ReadOptions) => Promise<Explanation | null>;
  /** What a task works on in place of its payload: what a topic published, or its last step left. `null`: nothing. */
  readonly getInput: (args: ById, options?: ReadOptions) => Promise<Uint8Array | null>;
}

/** Questions to task-index, the order behind the queue, as the contract answers them. */
export type IndexReads = ReadMethods<'task-index'>;

/** Questions to task-graph, which tasks wait for which, as the contract answers them. */
export type GraphReads = ReadMethods<'task-graph'>;

export const makeQueueReads = (deployer: string, port: ReadPort, factory: FactoryReads): QueueReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'async-queue'), port);
  const control = makeReadMethods(makeContractRef(deployer, 'task-control'), port);
  const overview = makeReadMethods(makeContractRef(deployer, 'task-overview'), port);
  return {
    getTask: factory.getTask,
    getByKey: factory.getByKey,
    getLastId: factory.getLastId,
    getState: async (args, options) => {
      const state = await raw.getState(args, options);
      return state === null ? null : decodeState(args.id, state);
    },
    getStates: async (args, options) => {
      const states = await raw.getStates(args, options);
      return pairIds(args, states).map(([id, state]) =>
        state.status === 0n ? null : decodeState(id, state),
      );
    },
    getStatuses: async (args, options) => {
      const statuses = await raw.getStatuses(args, options);
      return statuses.map((status) =>
        status === 0n ? null : decodeStatus(status, 'async-queue.get-statuses'),
      );
    },
    getFamilies: async (args, options) => (await raw.getFamilies(args, options)).map(decodeFamily),
    getQueueStatus: raw.getQueueStatus,
    getCredits: async (args, options) => makeUstx(await raw.getCredits(args, options)),
    getPrepaid: async (args, options) => makeUstx(await raw.getPrepaid(args, options)),
    getNext: async ({ from = 0n, ...rest } = {}, options) =>
      decodeNext(await overview.getNext({ from, ...rest }, options)),
    getExplain: async (args, options) => {
      const explanation = await overview.getExplain(args, options);
      return explanation === null ? null : decodeExplanation(args.id, explanation);
    },
    getInput: control.getInput,
  };
};

export const makeIndexReads = (deployer: string, port: ReadPort): IndexReads =>
  makeReadMethods(makeContractRef(deployer, 'task-index'), port);

export const makeGraphReads = (deployer: string, port: ReadPort): GraphReads =>
  makeReadMethods(makeContractRef(deployer, 'task-graph'), port);

const pairIds = <Item>({ ids }: ByIds, items: readonly Item[]): readonly [TaskId, Item][] =>
  items.map((item, place) => [makeTaskId(ids[place] ?? 0n), item]);
