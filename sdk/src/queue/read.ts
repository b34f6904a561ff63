import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadMethods, type ReadPort } from '../tx/read-call.js';
import { decodeNext, decodeState, decodeTask } from './codec.js';
import type { NextWork, QueueStatus, Task, TaskState } from './types.js';

type ById = { readonly id: bigint };

/** Questions to async-queue. */
export interface QueueReads {
  /** `null` when there is no such task. */
  readonly getTask: (args: ById, options?: ReadOptions) => Promise<Task | null>;
  /** `null` when there is no such task. */
  readonly getState: (args: ById, options?: ReadOptions) => Promise<TaskState | null>;
  /** 0n when there is no task yet. */
  readonly getLastId: (args?: NoArgs, options?: ReadOptions) => Promise<bigint>;
  readonly getQueueStatus: (args: { readonly queue: bigint }, options?: ReadOptions) => Promise<QueueStatus>;
  /** All a keeper needs each tick; `from` is the coordinator index of a page of busy workers. @default 0n */
  readonly getNext: (args?: { readonly from?: bigint }, options?: ReadOptions) => Promise<NextWork>;
}

/** Questions to task-index, the order behind the queue, as the contract answers them. */
export type IndexReads = ReadMethods<'task-index'>;

export const makeQueueReads = (deployer: string, port: ReadPort): QueueReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'async-queue'), port);
  return {
    getTask: async (args, options) => {
      const task = await raw.getTask(args, options);
      return task === null ? null : decodeTask(args.id, task);
    },
    getState: async (args, options) => {
      const state = await raw.getState(args, options);
      return state === null ? null : decodeState(args.id, state);
    },
    getLastId: raw.getLastId,
    getQueueStatus: raw.getQueueStatus,
    getNext: async ({ from = 0n, ...rest } = {}, options) =>
      decodeNext(await raw.getNext({ from, ...rest }, options)),
  };
};

export const makeIndexReads = (deployer: string, port: ReadPort): IndexReads =>
  makeReadMethods(makeContractRef(deployer, 'task-index'), port);
