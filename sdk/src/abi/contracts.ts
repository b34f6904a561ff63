import { asyncQueueAbi } from './async-queue.generated.js';
import { asyncTaskFactoryAbi } from './async-task-factory.generated.js';
import { coordinatorRegistryAbi } from './coordinator-registry.generated.js';
import { taskIndexAbi } from './task-index.generated.js';
import { taskSchedulerAbi } from './task-scheduler.generated.js';

/** Our contracts' ABIs by contract name. */
export const ABIS = {
  'coordinator-registry': coordinatorRegistryAbi,
  'async-task-factory': asyncTaskFactoryAbi,
  'task-index': taskIndexAbi,
  'async-queue': asyncQueueAbi,
  'task-scheduler': taskSchedulerAbi,
} as const;

export type FacContractName = keyof typeof ABIS;
export type AbiOf<Name extends FacContractName> = (typeof ABIS)[Name];
