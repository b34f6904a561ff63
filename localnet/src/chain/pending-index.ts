import type { ChainEvent } from './chain-events.js';
import { principalsNamedBy } from './involved-principals.js';
import type { Mempool, PendingTransaction } from './mempool.js';

/** What waits in the mempool, as a list; follows the chain's events. */
export interface PendingIndex {
  follow(event: ChainEvent): void;
  /** Newest first. */
  list(): readonly PendingTransaction[];
  /** Those that name a principal, newest first. */
  of(principal: string): readonly PendingTransaction[];
}

export function createPendingIndex(mempool: Mempool): PendingIndex {
  const byTxid = new Map<string, PendingTransaction>();

  /** The mempool decides what waits: what it no longer has is dropped here too. */
  function list(): PendingTransaction[] {
    for (const txid of byTxid.keys()) if (mempool.get(txid) === undefined) byTxid.delete(txid);
    return [...byTxid.values()].sort((a, b) => b.arrival - a.arrival);
  }

  return {
    list,
    of: (principal) => list().filter(({ transaction }) => principalsNamedBy(transaction).has(principal)),
    follow(event) {
      if (event.kind === 'mempool') byTxid.set(event.pending.transaction.txid, event.pending);
      if (event.kind === 'dropped') for (const txid of event.txids) byTxid.delete(txid);
      if (event.kind === 'block') for (const txid of event.block.txids) byTxid.delete(txid);
    },
  };
}
