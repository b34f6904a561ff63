import type { DropReason } from './chain-events.js';
import { selectWaiting } from './select-waiting.js';
import { noncesOf, type SignedTransaction } from './transaction.js';
import { createWaitingSlots } from './waiting-slots.js';

export interface PendingTransaction {
  readonly transaction: SignedTransaction;
  /** Order of arrival: the smaller came first. */
  readonly arrival: number;
  readonly receivedAtSeconds: number;
}

/** A transaction that left without being mined. */
export interface DroppedTransaction {
  readonly transaction: SignedTransaction;
  readonly reason: DropReason;
  /** The better paid one that took its place. */
  readonly replacedBy?: string | undefined;
  readonly receivedAtSeconds: number;
}

export type AddResult =
  /** `replaced` are the ids of the transactions it took the place of: a sponsored one may meet two. */
  | { readonly kind: 'added'; readonly pending: PendingTransaction; readonly replaced: readonly string[] }
  | { readonly kind: 'conflict' | 'full' };

/**
 * Transactions that wait: at most one per account and nonce, whether the account is the origin or the sponsor.
 * A higher fee replaces, a gap waits. Bounded by `MAX_PENDING`; what was dropped is remembered up to `MAX_DROPPED`.
 */
export interface Mempool {
  add(transaction: SignedTransaction, receivedAtSeconds: number): AddResult;
  get(txid: string): PendingTransaction | undefined;
  getDropped(txid: string): DroppedTransaction | undefined;
  /** In the order of arrival. */
  all(): readonly PendingTransaction[];
  /** Takes out what was mined. */
  remove(txid: string): void;
  /** Takes out what never will be, and remembers why. */
  drop(txid: string, reason: DropReason): void;
  /** In the order in which they left. */
  allDropped(): readonly DroppedTransaction[];
  /** Replaces everything that waits, and what was dropped if that is given. Nothing is refused for lack of room. */
  reset(waiting: readonly PendingTransaction[], dropped?: readonly DroppedTransaction[]): void;
  /** Drops what has waited longer than the node keeps it; returns the ids. */
  expire(nowSeconds: number): string[];
  /** The nonces of an account that are taken, as origin or as sponsor, in ascending order. */
  pendingNonces(address: string): bigint[];
  /** What a block would run, in order: nonce order per account, the best paid next one first. */
  select(nextNonce: (address: string) => bigint, limits: SelectLimits): SignedTransaction[];
  /** While set, these are being run and can be neither replaced nor expired. */
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

/** Some 370 accounts with the node's 27 each; a dApp on one machine stays far below. */
const MAX_PENDING = 10_000;
const MAX_DROPPED = 4_096;
/** The node's bound: 256 Bitcoin blocks of ten minutes. */
export const MAX_WAIT_SECONDS = 256 * 600;

export function createMempool(): Mempool {
  const byTxid = new Map<string, PendingTransaction>();
  const slots = createWaitingSlots();
  const dropped = new Map<string, DroppedTransaction>();
  let locked: ReadonlySet<string> = new Set();
  let arrivals = 0;

  function remove(txid: string): void {
    const found = byTxid.get(txid);
    if (found === undefined) return;
    byTxid.delete(txid);
    slots.clear(found);
  }

  function drop(txid: string, reason: DropReason, replacedBy?: string): void {
    const found = byTxid.get(txid);
    if (found === undefined) return;
    const { transaction, receivedAtSeconds } = found;
    remove(txid);
    dropped.set(txid, { transaction, reason, replacedBy, receivedAtSeconds });
    if (dropped.size > MAX_DROPPED) for (const oldest of dropped.keys()) return void dropped.delete(oldest);
  }

  function add(transaction: SignedTransaction, receivedAtSeconds: number): AddResult {
    const { txid, feeUstx } = transaction;
    const rivals = new Set(noncesOf(transaction).flatMap((slot) => slots.at(slot)?.transaction ?? []));
    for (const rival of rivals) {
      if (locked.has(rival.txid) || feeUstx <= rival.feeUstx) return { kind: 'conflict' };
    }
    if (rivals.size === 0 && byTxid.size >= MAX_PENDING) return { kind: 'full' };
    const replaced = [...rivals].map((rival) => rival.txid);
    for (const rival of replaced) drop(rival, 'ReplaceByFee', txid);
    return { kind: 'added', pending: put(transaction, receivedAtSeconds), replaced };
  }

  function put(transaction: SignedTransaction, receivedAtSeconds: number): PendingTransaction {
    const pending = { transaction, arrival: arrivals++, receivedAtSeconds };
    dropped.delete(transaction.txid);
    byTxid.set(transaction.txid, pending);
    slots.put(pending);
    return pending;
  }

  return {
    get size() {
      return byTxid.size;
    },
    get: (txid) => byTxid.get(txid),
    getDropped: (txid) => dropped.get(txid),
    remove,
    drop: (txid, reason) => drop(txid, reason),
    lock(txids) {
      locked = new Set(txids);
    },
    pendingNonces: slots.noncesOf,
    add,
    all: () => [...byTxid.values()],
    allDropped: () => [...dropped.values()],
    reset(waiting, droppedBefore) {
      for (const txid of [...byTxid.keys()]) remove(txid);
      if (droppedBefore !== undefined) {
        dropped.clear();
        for (const drop of droppedBefore) dropped.set(drop.transaction.txid, drop);
      }
      for (const { transaction, receivedAtSeconds } of waiting) put(transaction, receivedAtSeconds);
    },
    expire(nowSeconds) {
      const stale = [...byTxid].flatMap(([txid, { receivedAtSeconds }]) =>
        receivedAtSeconds < nowSeconds - MAX_WAIT_SECONDS && !locked.has(txid) ? [txid] : [],
      );
      for (const txid of stale) drop(txid, 'StaleGarbageCollect');
      return stale;
    },
    select: (nextNonce, limits) => selectWaiting(slots, nextNonce, limits),
  };
}
