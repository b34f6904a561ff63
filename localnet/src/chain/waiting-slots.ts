import type { PendingTransaction } from './mempool.js';
import { type AccountNonce, noncesOf } from './transaction.js';

/**
 * Which transaction waits for which nonce of which account, as origin or as sponsor.
 * Invariant: a slot has at most one transaction, and a transaction is in all slots of its nonces or in none.
 */
export interface WaitingSlots {
  at(slot: AccountNonce): PendingTransaction | undefined;
  put(pending: PendingTransaction): void;
  clear(pending: PendingTransaction): void;
  /** In ascending order. */
  noncesOf(address: string): bigint[];
  addresses(): Iterable<string>;
}

export function createWaitingSlots(): WaitingSlots {
  const byAddress = new Map<string, Map<bigint, PendingTransaction>>();
  return {
    at: ({ address, nonce }) => byAddress.get(address)?.get(nonce),
    put(pending) {
      for (const { address, nonce } of noncesOf(pending.transaction)) {
        const queue = byAddress.get(address) ?? new Map<bigint, PendingTransaction>();
        byAddress.set(address, queue.set(nonce, pending));
      }
    },
    clear({ transaction }) {
      for (const { address, nonce } of noncesOf(transaction)) {
        const queue = byAddress.get(address);
        queue?.delete(nonce);
        if (queue?.size === 0) byAddress.delete(address);
      }
    },
    noncesOf: (address) => [...(byAddress.get(address)?.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1)),
    addresses: () => byAddress.keys(),
  };
}
