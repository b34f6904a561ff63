import type { PendingTransaction, SelectLimits } from './mempool.js';
import { createPriorityQueue } from './priority-queue.js';
import { noncesOf, type SignedTransaction } from './transaction.js';
import type { WaitingSlots } from './waiting-slots.js';

/**
 * What a block would run, in order: of all transactions whose nonces are next, the best paid, the earlier one among
 * equals; then the ones that wait behind it are next.
 */
export function selectWaiting(
  slots: WaitingSlots,
  nextNonce: (address: string) => bigint,
  { count, deployments, ustxPerByte }: SelectLimits,
): SignedTransaction[] {
  const next = new Map<string, bigint>();
  const nextOf = (address: string) => next.get(address) ?? nextNonce(address);
  const isNext = ({ transaction }: PendingTransaction) =>
    noncesOf(transaction).every(({ address, nonce }) => nonce === nextOf(address));
  const queued = new Set<PendingTransaction>();
  const heads = createPriorityQueue<PendingTransaction>(isPaidBefore);
  const offerHead = (address: string) => {
    const head = slots.at({ address, nonce: nextOf(address) });
    // A sponsored transaction is the head of two accounts.
    if (head === undefined || queued.has(head) || !isNext(head)) return;
    queued.add(head);
    heads.push(head);
  };

  for (const address of slots.addresses()) offerHead(address);
  const selected: SignedTransaction[] = [];
  while (selected.length < count) {
    const best = heads.pop();
    if (best === undefined) break;
    const { transaction } = best;
    if (Number(transaction.feeUstx) < transaction.byteLength * ustxPerByte) continue;
    if (transaction.action.kind === 'deploy' && !(deployments && selected.length === 0)) break;
    selected.push(transaction);
    const used = noncesOf(transaction);
    for (const { address, nonce } of used) next.set(address, nonce + 1n);
    for (const { address } of used) offerHead(address);
  }
  return selected;
}

function isPaidBefore(a: PendingTransaction, b: PendingTransaction): boolean {
  const { feeUstx } = a.transaction;
  const other = b.transaction.feeUstx;
  return feeUstx === other ? a.arrival < b.arrival : feeUstx > other;
}
