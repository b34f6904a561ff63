import type { TaskId } from '../base/units.js';
import { makeTaskId } from '../errors/make-units.js';
import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadPort } from '../tx/read-call.js';
import { decodeConfig, decodeQueue, decodeTask, decodeTemplate } from './codec.js';
import type { Execution, Handler, Queue, Task, TaskTemplate, TaskType, TemplateConfig } from './types.js';

/** How many there are. Ids of types and templates begin at 1, of queues at 0. */
export interface FactoryCounts {
  readonly types: bigint;
  readonly queues: bigint;
  readonly templates: bigint;
}

/** Questions to async-task-factory; `null` where there is no such thing. */
export interface FactoryReads {
  readonly getTaskTemplate: (
    args: { readonly template: bigint },
    options?: ReadOptions,
  ) => Promise<TaskTemplate | null>;
  /** The config of one version: what a task was made with. */
  readonly getConfig: (
    args: { readonly template: bigint; readonly version: bigint },
    options?: ReadOptions,
  ) => Promise<TemplateConfig | null>;
  readonly getTaskType: (args: { readonly id: bigint }, options?: ReadOptions) => Promise<TaskType | null>;
  readonly getQueue: (args: { readonly id: bigint }, options?: ReadOptions) => Promise<Queue | null>;
  readonly getQueueId: (args: { readonly name: string }, options?: ReadOptions) => Promise<bigint | null>;
  readonly getCounts: (args?: NoArgs, options?: ReadOptions) => Promise<FactoryCounts>;
  /** What executes the tasks of one version; `null` when its work is done off chain. */
  readonly getHandler: (
    args: { readonly template: bigint; readonly version: bigint },
    options?: ReadOptions,
  ) => Promise<Handler | null>;
  readonly getTask: (args: { readonly id: bigint }, options?: ReadOptions) => Promise<Task | null>;
  /** The task that its owner made with this key. */
  readonly getByKey: (
    args: { readonly owner: string; readonly key: Uint8Array },
    options?: ReadOptions,
  ) => Promise<TaskId | null>;
  /** The newest task's id; 0n when there is none. */
  readonly getLastId: (args?: NoArgs, options?: ReadOptions) => Promise<bigint>;
  readonly getExecution: (args: { readonly id: bigint }, options?: ReadOptions) => Promise<Execution | null>;
}

export const makeFactoryReads = (deployer: string, port: ReadPort): FactoryReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'async-task-factory'), port);
  return {
    getTaskTemplate: async (args, options) => {
      const template = await raw.getTaskTemplate(args, options);
      return template === null ? null : decodeTemplate(template);
    },
    getConfig: async (args, options) => {
      const config = await raw.getConfig(args, options);
      return config === null ? null : decodeConfig(config);
    },
    getTaskType: raw.getTaskType,
    getQueue: async (args, options) => {
      const queue = await raw.getQueue(args, options);
      return queue === null ? null : decodeQueue(queue);
    },
    getQueueId: raw.getQueueId,
    getCounts: raw.getCounts,
    getHandler: raw.getHandler,
    getTask: async (args, options) => {
      const task = await raw.getTask(args, options);
      return task === null ? null : decodeTask(args.id, task);
    },
    getByKey: async (args, options) => {
      const id = await raw.getByKey(args, options);
      return id === null ? null : makeTaskId(id);
    },
    getLastId: raw.getLastId,
    getExecution: raw.getExecution,
  };
};
