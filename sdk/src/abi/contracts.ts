import { asyncQueueAbi } from './async-queue.generated.js';
import { asyncTaskFactoryAbi } from './async-task-factory.generated.js';
import { coordinatorRegistryAbi } from './coordinator-registry.generated.js';
import { taskControlAbi } from './task-control.generated.js';
import { taskGraphAbi } from './task-graph.generated.js';
import { taskIndexAbi } from './task-index.generated.js';
import { taskOverviewAbi } from './task-overview.generated.js';
import { taskSchedulerAbi } from './task-scheduler.generated.js';
import { taskTopicsAbi } from './task-topics.generated.js';

/** Our contracts' ABIs by contract name. */
export const ABIS = {
  'coordinator-registry': coordinatorRegistryAbi,
  'async-task-factory': asyncTaskFactoryAbi,
  'task-index': taskIndexAbi,
  'task-graph': taskGraphAbi,
  'async-queue': asyncQueueAbi,
  'task-overview': taskOverviewAbi,
  'task-control': taskControlAbi,
  'task-scheduler': taskSchedulerAbi,
  'task-topics': taskTopicsAbi,
} as const;

export type FacContractName = keyof typeof ABIS;
export type AbiOf<Name extends FacContractName> = (typeof ABIS)[Name];
