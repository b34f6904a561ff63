import { LocalnetError } from '../errors.js';
import type { Blocks } from './blocks.js';
import type { ChainEvents } from './chain-events.js';
import type { Copies } from './copies.js';
import type { Engine } from './engine.js';
import type { Journal } from './journal.js';
import type { Block, BlockRecord, Ledger } from './ledger.js';
import type { Mempool, PendingTransaction } from './mempool.js';
import type { Miner } from './miner.js';
import { noncesOf, type SignedTransaction } from './transaction.js';
import type { Turns } from './turns.js';

export interface ForkRequest {
  /** How many blocks leave the chain, from the tip down. */
  readonly depth: number;
  /** Transactions of those blocks that do not come back, by id. */
  readonly drop?: readonly string[] | undefined;
  /** Transactions that make up the first block of the new branch, in this order. */
  readonly order?: readonly string[] | undefined;
  /** Blocks of the new branch; fewer than `depth` leave the tip lower than it was. @default depth + 1 */
  readonly blocks?: number | undefined;
}

export interface Fork {
  readonly ancestor: Block;
  readonly orphaned: readonly Block[];
  /** Ids of the transactions that wait again. */
  readonly returned: readonly string[];
  readonly dropped: readonly string[];
}

/** Moves of the tip to other branches. Each takes its turn, so no block is being made meanwhile. */
export interface Branches {
  /** Remembers the chain and its mempool; the id is for `revert`. */
  snapshot(): Promise<string>;
  /** Goes back to a snapshot, also from another branch; false if it is not known. It stays usable. */
  revert(id: string): Promise<boolean>;
  fork(request: ForkRequest): Promise<Fork>;
}

export interface BranchesPorts {
  readonly engine: Engine;
  readonly blocks: Blocks;
  readonly ledger: Ledger;
  readonly mempool: Mempool;
  readonly miner: Miner;
  readonly copies: Copies;
  readonly journal: Journal;
  readonly events: ChainEvents;
  readonly turns: Turns;
}

/**
 * A snapshot lies on the canonical branch up to `baseHeight`; what the chain has lost of it since is in `tail`.
 */
interface Snapshot {
  baseHeight: number;
  tail: readonly BlockRecord[];
  readonly waiting: readonly PendingTransaction[];
}

const MAX_SNAPSHOTS = 100;
const ACROSS_FORK = 'ReplaceAcrossFork';

export function createBranches(ports: BranchesPorts): Branches {
  const { engine, blocks, ledger, mempool, miner, copies, journal, events, turns } = ports;
  const snapshots = new Map<string, Snapshot>();
  let nextSnapshot = 1;

  /** Takes blocks off the ledger and remembers them for the snapshots that lie on them. */
  async function takeOff(height: number): Promise<readonly BlockRecord[]> {
    const removed = await blocks.takeOff(height);
    for (const snapshot of snapshots.values()) {
      if (snapshot.baseHeight <= height) continue;
      const lost = removed.filter(({ block }) => block.height <= snapshot.baseHeight);
      snapshot.tail = [...lost, ...snapshot.tail];
      snapshot.baseHeight = height;
    }
    return removed;
  }

  /** Brings the engine to where the history is: from a copy, or else by a replay of all. */
  async function moveEngine(): Promise<void> {
    const { height } = ledger.tip;
    const from = await copies.restore(height);
    if (from === null) await engine.rebuild();
    else await engine.replay(blocks.pastAbove(from));
  }

  async function replaceMempool(waiting: readonly PendingTransaction[]): Promise<void> {
    await journal.append({
      kind: 'mempool',
      waiting: waiting.map(({ transaction, receivedAtSeconds }) => ({
        tx: transaction.hex,
        receivedAtSeconds,
      })),
    });
    mempool.reset(waiting);
  }

  async function revertInTurn(id: string): Promise<boolean> {
    const snapshot = snapshots.get(id);
    if (snapshot === undefined) return false;
    const { tail, waiting } = snapshot;
    const orphaned = await takeOff(snapshot.baseHeight);
    const ancestor = ledger.tip;
    for (const record of tail) await blocks.putBack(record);
    snapshot.baseHeight = ledger.tip.height;
    snapshot.tail = [];
    await moveEngine();
    await replaceMempool(waiting);
    if (orphaned.length > 0 || tail.length > 0) {
      events.emit({ kind: 'reorg', ancestor, orphaned: orphaned.map(({ block }) => block) });
    }
    for (const { block, mined } of tail) events.emit({ kind: 'block', block, transactions: mined });
    return true;
  }

  async function forkInTurn({
    depth,
    drop = [],
    order = [],
    blocks: count = depth + 1,
  }: ForkRequest): Promise<Fork> {
    const height = ledger.tip.height - depth;
    if (height < ledger.firstHeight) {
      const deepest = ledger.tip.height - ledger.firstHeight;
      throw new LocalnetError(
        'INVALID_REQUEST',
        `a fork of ${depth} blocks; the deepest possible is ${deepest}`,
      );
    }
    const first = pickInOrder(height, order, drop);
    const orphaned = await takeOff(height);
    blocks.branch += 1;
    await moveEngine();
    const receivedAtSeconds = Math.floor(Date.now() / 1000);
    const returned = orphaned.flatMap(({ mined }) =>
      mined.map(({ transaction }) => ({ transaction, receivedAtSeconds })),
    );
    await replaceMempool(
      [...returned, ...mempool.all()].map((pending, arrival) => ({ ...pending, arrival })),
    );
    await dropAcrossFork(drop);
    const ancestor = ledger.tip;
    const lost = orphaned.map(({ block }) => block);
    events.emit({ kind: 'reorg', ancestor, orphaned: lost });
    if (drop.length > 0) events.emit({ kind: 'dropped', txids: drop, reason: ACROSS_FORK });
    await mineBranch(count, first);
    return {
      ancestor,
      orphaned: lost,
      returned: returned.flatMap(({ transaction: { txid } }) => (drop.includes(txid) ? [] : [txid])),
      dropped: drop,
    };
  }

  async function dropAcrossFork(txids: readonly string[]): Promise<void> {
    if (txids.length === 0) return;
    await journal.append({ kind: 'drop', txids, reason: ACROSS_FORK });
    for (const txid of txids) mempool.drop(txid, ACROSS_FORK);
  }

  /** The transactions of `order`, which must be able to run in it on top of `height`. */
  function pickInOrder(
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
        throw new LocalnetError(
          'INVALID_REQUEST',
          `${txid} is neither in the blocks of the fork nor waiting`,
        );
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

  async function mineBranch(count: number, first: readonly SignedTransaction[]): Promise<void> {
    const given = splitAtDeployments(first);
    for (let made = 0; made < Math.max(count, given.length); made++) {
      const transactions = given[made];
      const isDeployment = transactions?.[0]?.action.kind === 'deploy';
      await miner.mineInTurn(isDeployment ? 'stacks' : 'next', transactions);
    }
  }

  return {
    snapshot: () =>
      turns.take(async () => {
        if (snapshots.size >= MAX_SNAPSHOTS) {
          throw new LocalnetError('INVALID_REQUEST', `there are ${MAX_SNAPSHOTS} snapshots already`);
        }
        const id = `${nextSnapshot++}`;
        await copies.keep();
        const { height } = ledger.tip;
        snapshots.set(id, { baseHeight: height, tail: [], waiting: mempool.all() });
        return id;
      }),
    revert: (id) => turns.take(() => revertInTurn(id)),
    fork: (request) => turns.take(() => forkInTurn(request)),
  };
}

/** A deployment is only ever the first of a block. */
function splitAtDeployments(transactions: readonly SignedTransaction[]): readonly SignedTransaction[][] {
  const blocks: SignedTransaction[][] = [];
  for (const transaction of transactions) {
    const last = blocks.at(-1);
    if (last === undefined || transaction.action.kind === 'deploy') blocks.push([transaction]);
    else last.push(transaction);
  }
  return blocks;
}
