import type { WorkerClass } from '@fac/sdk';
import type { ServedQueue } from '../flow.js';
import { KeeperError } from '../shared/errors.js';
import type { Handlers } from './handler.js';

/** Who wants to serve a queue, and with what. */
export interface Server {
  readonly address: string;
  readonly class: WorkerClass;
  readonly handlers: Handlers;
}

/**
 * A claim takes whatever is at the head, so a keeper serves a queue whole or not at all. The tasks of an on-chain
 * queue need nothing of ours: the chain does them. Throws MISMATCH_WORKER_CLASS or MISMATCH_QUEUE_UNSERVED.
 */
export function assertServable(queue: ServedQueue, server: Server): void {
  if (queue.kind === 'onchain') return;
  if (queue.class === 'granted' && server.class === 'bonded') {
    throw new KeeperError('MISMATCH_WORKER_CLASS', {
      context: { queue: queue.name, address: server.address },
    });
  }
  const missing = queue.templates
    .filter(({ typeName }) => typeName === undefined || !Object.hasOwn(server.handlers, typeName))
    .map(({ id, name, typeName }) => `task type "${typeName ?? 'unknown'}" (template ${id} "${name}")`);
  if (missing.length > 0) {
    throw new KeeperError('MISMATCH_QUEUE_UNSERVED', { context: { queue: queue.name, missing } });
  }
}
