import type { FactoryReads, QueueReads, RegistryReads, Transport } from '@fac/sdk';

/** What the watcher asks a node. */
export interface ChainPort {
  readonly registry: Pick<RegistryReads, 'getCoordinatorDetails' | 'getLeases'>;
  readonly factory: Pick<FactoryReads, 'getTaskTemplate' | 'getTaskType'>;
  readonly queue: Pick<QueueReads, 'getNext' | 'getState' | 'getTask'>;
  readonly transport: Pick<Transport, 'fetchAccount' | 'fetchTransaction'>;
}
