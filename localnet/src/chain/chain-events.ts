import type { Block, MinedTransaction } from './ledger.js';
import type { PendingTransaction } from './mempool.js';

/** Why a transaction left the mempool without being mined, in the words of the node's event observer. */
export type DropReason =
  | 'ReplaceByFee'
  | 'ReplaceAcrossFork'
  | 'TooExpensive'
  | 'StaleGarbageCollect'
  | 'Problematic';

/** What happens on the chain, told after it has happened and can be read. */
export type ChainEvent =
  | { readonly kind: 'block'; readonly block: Block; readonly transactions: readonly MinedTransaction[] }
  | { readonly kind: 'mempool'; readonly pending: PendingTransaction }
  | {
      readonly kind: 'dropped';
      readonly txids: readonly string[];
      readonly reason: DropReason;
      readonly replacedBy?: string | undefined;
    }
  /** The canonical tip moved to another branch; blocks above `ancestor` are no longer part of the chain. */
  | { readonly kind: 'reorg'; readonly ancestor: Block; readonly orphaned: readonly Block[] };

export type ChainListener = (event: ChainEvent) => void;

/** Tells every listener in the order they came; a listener must not throw and is not awaited. */
export interface ChainEvents {
  emit(event: ChainEvent): void;
  /** Returns its own stop function. */
  listen(listener: ChainListener): () => void;
}

export function createChainEvents(): ChainEvents {
  const listeners = new Set<ChainListener>();
  return {
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
