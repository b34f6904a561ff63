import type { FactoryReads, IndexReads, QueueReads, RegistryReads, Transport } from '@fac/sdk';

/** What the watcher asks a node. */
export interface ChainPort {
  readonly registry: Pick<RegistryReads, 'getCoordinatorDetails' | 'getLeases'>;
  readonly factory: Pick<FactoryReads, 'getTaskTemplate' | 'getTaskType' | 'getExecution'>;
  readonly queue: Pick<QueueReads, 'getNext' | 'getStates' | 'getTask' | 'getInput'>;
  readonly index: Pick<IndexReads, 'getListPage'>;
  readonly transport: Pick<Transport, 'fetchAccount' | 'fetchTransaction'>;
}
