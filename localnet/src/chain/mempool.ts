import type { SignedTransaction } from './transaction.js';

export interface PendingTransaction {
  readonly transaction: SignedTransaction;
  /** Order of arrival: the smaller came first. */
  readonly arrival: number;
  readonly receivedAtSeconds: number;
}

export interface ReplacedTransaction {
  readonly transaction: SignedTransaction;
  readonly replacedBy: string;
  readonly receivedAtSeconds: number;
}

export type AddResult =
  /** `replaced` is the id of the transaction it took the place of. */
  | { readonly kind: 'added'; readonly pending: PendingTransaction; readonly replaced: string | undefined }
  | { readonly kind: 'conflict' | 'full' };

/**
 * Transactions that wait: at most one per sender and nonce. A higher fee replaces, a gap waits.
 * Bounded by `MAX_PENDING`; what was replaced is remembered up to `MAX_REPLACED`.
 */
export interface Mempool {
  add(transaction: SignedTransaction, receivedAtSeconds: number): AddResult;
  get(txid: string): PendingTransaction | undefined;
  getReplaced(txid: string): ReplacedTransaction | undefined;
  remove(txid: string): void;
  /** In the order of arrival. */
  all(): readonly PendingTransaction[];
  /** Replaces everything that waits. */
  reset(waiting: readonly PendingTransaction[]): void;
  pendingNonces(sender: string): bigint[];
  /** What a block would run, in order: nonce order per sender, the best paid next one first. */
  select(nextNonce: (sender: string) => bigint, limits: SelectLimits): SignedTransaction[];
  /** While set, these are being run and cannot be replaced. */
  lock(txids: readonly string[]): void;
  readonly size: number;
}

export interface SelectLimits {
  readonly count: number;
  /** A deployment opens a block of its own kind, so it is only ever the first of a Stacks block. */
  readonly deployments: boolean;
  /** Who pays less than this waits, and with it what follows of the same sender. */
  readonly ustxPerByte: number;
}

/** Some 100 accounts with the node's 27 each; a dApp on one machine stays far below. */
const MAX_PENDING = 4_096;
const MAX_REPLACED = 4_096;

export function createMempool(): Mempool {
  const byTxid = new Map<string, PendingTransaction>();
  const bySender = new Map<string, Map<bigint, PendingTransaction>>();
  const replaced = new Map<string, ReplacedTransaction>();
  let locked: ReadonlySet<string> = new Set();
  let arrivals = 0;

  function remove(txid: string): void {
    const found = byTxid.get(txid);
    if (found === undefined) return;
    byTxid.delete(txid);
    const { sender, nonce } = found.transaction;
    const queue = bySender.get(sender);
    queue?.delete(nonce);
    if (queue?.size === 0) bySender.delete(sender);
  }

  function replace(old: PendingTransaction, replacedBy: string): void {
    const { transaction, receivedAtSeconds } = old;
    remove(transaction.txid);
    replaced.set(transaction.txid, { transaction, replacedBy, receivedAtSeconds });
    if (replaced.size > MAX_REPLACED)
      for (const oldest of replaced.keys()) return void replaced.delete(oldest);
  }

  function add(transaction: SignedTransaction, receivedAtSeconds: number): AddResult {
    const { sender, nonce, txid, feeUstx } = transaction;
    const rival = bySender.get(sender)?.get(nonce);
    if (rival !== undefined) {
      const { transaction: old } = rival;
      if (locked.has(old.txid) || feeUstx <= old.feeUstx) return { kind: 'conflict' };
      replace(rival, txid);
    } else if (byTxid.size >= MAX_PENDING) {
      return { kind: 'full' };
    }
    const pending = { transaction, arrival: arrivals++, receivedAtSeconds };
    replaced.delete(txid);
    byTxid.set(txid, pending);
    const queue = bySender.get(sender) ?? new Map<bigint, PendingTransaction>();
    bySender.set(sender, queue.set(nonce, pending));
    return { kind: 'added', pending, replaced: rival?.transaction.txid };
  }

  return {
    get size() {
      return byTxid.size;
    },
    all: () => [...byTxid.values()],
    reset(waiting) {
      byTxid.clear();
      bySender.clear();
      for (const { transaction, receivedAtSeconds } of waiting) add(transaction, receivedAtSeconds);
    },
    get: (txid) => byTxid.get(txid),
    getReplaced: (txid) => replaced.get(txid),
    remove,
    lock(txids) {
      locked = new Set(txids);
    },
    pendingNonces: (sender) => [...(bySender.get(sender)?.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1)),
    add,
    select(nextNonce, { count, deployments, ustxPerByte }) {
      const heads = [...bySender].flatMap(([sender, queue]) => queue.get(nextNonce(sender)) ?? []);
      const selected: SignedTransaction[] = [];
      while (selected.length < count) {
        const best = takeBest(heads);
        if (best === undefined) break;
        const { transaction } = best;
        if (Number(transaction.feeUstx) < transaction.byteLength * ustxPerByte) continue;
        if (transaction.action.kind === 'deploy' && !(deployments && selected.length === 0)) break;
        selected.push(transaction);
        const next = bySender.get(transaction.sender)?.get(transaction.nonce + 1n);
        if (next !== undefined) heads.push(next);
      }
      return selected;
    },
  };
}

/** Takes the best paid head out of the list, the earlier one among equals. */
function takeBest(heads: PendingTransaction[]): PendingTransaction | undefined {
  let best = 0;
  heads.forEach((head, index) => {
    const rival = heads[best];
    if (rival === undefined) return;
    const fee = head.transaction.feeUstx - rival.transaction.feeUstx;
    if (fee > 0n || (fee === 0n && head.arrival < rival.arrival)) best = index;
  });
  return heads.splice(best, 1)[0];
}
