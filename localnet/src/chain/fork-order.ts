import { LocalnetError } from '../errors.js';
import type { Ledger } from './ledger.js';
import type { Mempool } from './mempool.js';
import { noncesOf, type SignedTransaction } from './transaction.js';

/** The transactions of `order`, which must be able to run in it on top of `height`. */
export function pickInOrder(
  { ledger, mempool }: { readonly ledger: Ledger; readonly mempool: Mempool },
  height: number,
  order: readonly string[],
  drop: readonly string[],
): readonly SignedTransaction[] {
  const known = new Map<string, SignedTransaction>();
  const nonces = new Map<string, bigint>();
  for (const { mined } of [...ledger.recordsAbove(height)].reverse()) {
    for (const { transaction } of [...mined].reverse()) {
      known.set(transaction.txid, transaction);
      for (const { address, nonce } of noncesOf(transaction)) nonces.set(address, nonce);
    }
  }
  for (const { transaction } of mempool.all()) known.set(transaction.txid, transaction);
  return [...drop, ...order].flatMap((txid) => {
    const transaction = known.get(txid);
    if (transaction === undefined) {
      throw new LocalnetError('INVALID_REQUEST', `${txid} is neither in the blocks of the fork nor waiting`);
    }
    if (drop.includes(txid)) return [];
    for (const { address, nonce } of noncesOf(transaction)) {
      const expected = nonces.get(address) ?? ledger.nonceOf(address);
      if (nonce !== expected) {
        throw new LocalnetError(
          'INVALID_REQUEST',
          `${txid} has nonce ${nonce}, its turn in this order is ${expected}`,
        );
      }
      nonces.set(address, nonce + 1n);
    }
    return [transaction];
  });
}

/** Blocks of transactions in the same order; a deployment is only ever the first of one. */
export function splitAtDeployments(
  transactions: readonly SignedTransaction[],
): readonly (readonly SignedTransaction[])[] {
  const blocks: SignedTransaction[][] = [];
  for (const transaction of transactions) {
    const last = blocks.at(-1);
    if (last === undefined || transaction.action.kind === 'deploy') blocks.push([transaction]);
    else last.push(transaction);
  }
  return blocks;
}

/** Those whose turn it is; one that the block before has left behind keeps back what follows of its accounts. */
export function whoseTurnItIs(
  transactions: readonly SignedTransaction[],
  nonceOf: (address: string) => bigint,
): readonly SignedTransaction[] {
  const next = new Map<string, bigint>();
  return transactions.filter((transaction) => {
    const used = noncesOf(transaction);
    if (used.some(({ address, nonce }) => nonce !== (next.get(address) ?? nonceOf(address)))) return false;
    for (const { address, nonce } of used) next.set(address, nonce + 1n);
    return true;
  });
}
