import { principalsNamedBy } from './involved-principals.js';
import type { Mempool, PendingTransaction } from './mempool.js';

/** What waits in the mempool, as lists. */
export interface PendingIndex {
  /** Newest first. */
  list(): readonly PendingTransaction[];
  /** Those that name a principal, newest first. */
  of(principal: string): readonly PendingTransaction[];
}

export function createPendingIndex(mempool: Mempool): PendingIndex {
  const list = () => [...mempool.all()].reverse();
  return {
    list,
    of: (principal) => list().filter(({ transaction }) => principalsNamedBy(transaction).has(principal)),
  };
}
