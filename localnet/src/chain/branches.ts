import { LocalnetError } from '../errors.js';
import type { Blocks } from './blocks.js';
import type { ChainEvents } from './chain-events.js';
import type { Copies } from './copies.js';
import { pickInOrder, splitAtDeployments, whoseTurnItIs } from './fork-order.js';
import type { Journal } from './journal.js';
import type { Block, BlockRecord, Ledger } from './ledger.js';
import type { DroppedTransaction, Mempool, PendingTransaction } from './mempool.js';
import type { Miner } from './miner.js';
import type { SignedTransaction } from './transaction.js';
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
  /** While the tip is on its way elsewhere; resolves when it is there, or failed to get there. */
  readonly moving: Promise<void> | undefined;
}

export interface BranchesPorts {
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
  readonly dropped: readonly DroppedTransaction[];
}

const MAX_SNAPSHOTS = 100;
const ACROSS_FORK = 'ReplaceAcrossFork';

export function createBranches(ports: BranchesPorts): Branches {
  const { blocks, ledger, mempool, miner, copies, journal, events, turns } = ports;
  const snapshots = new Map<string, Snapshot>();
  let nextSnapshot = 1;
  let moving: Promise<void> | undefined;

  /** What is sent meanwhile waits, as it could be checked against neither branch. */
  async function move<T>(work: () => Promise<T>): Promise<T> {
    const result = work();
    moving = result.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await result;
    } finally {
      moving = undefined;
    }
  }

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

  async function replaceMempool(
    waiting: readonly PendingTransaction[],
    dropped?: readonly DroppedTransaction[],
  ): Promise<void> {
    await journal.append({
      kind: 'mempool',
      waiting: waiting.map(({ transaction, receivedAtSeconds }) => ({
        tx: transaction.hex,
        receivedAtSeconds,
      })),
      dropped: dropped?.map(({ transaction, ...drop }) => ({ tx: transaction.hex, ...drop })),
    });
    mempool.reset(waiting, dropped);
  }

  async function revertInTurn(id: string): Promise<boolean> {
    const snapshot = snapshots.get(id);
    if (snapshot === undefined) return false;
    const { tail, waiting, dropped } = snapshot;
    const { ancestor, orphaned } = await move(async () => {
      const removed = await takeOff(snapshot.baseHeight);
      const base = ledger.tip;
      for (const record of tail) await blocks.putBack(record);
      snapshot.baseHeight = ledger.tip.height;
      snapshot.tail = [];
      await blocks.moveEngine(copies.newestAt(ledger.tip.height));
      await replaceMempool(waiting, dropped);
      return { ancestor: base, orphaned: removed };
    });
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
    const first = pickInOrder(ports, height, order, drop);
    const receivedAtSeconds = Math.floor(Date.now() / 1000);
    const { orphaned, returned } = await move(async () => {
      const removed = await takeOff(height);
      blocks.branch += 1;
      await blocks.moveEngine(copies.newestAt(height));
      const back = removed.flatMap(({ mined }) =>
        mined.map(({ transaction }) => ({ transaction, receivedAtSeconds })),
      );
      const waiting = [...back, ...mempool.all()].map((pending, arrival) => ({ ...pending, arrival }));
      await replaceMempool(waiting);
      await dropAcrossFork(drop);
      return { orphaned: removed, returned: back };
    });
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

  async function mineBranch(count: number, first: readonly SignedTransaction[]): Promise<void> {
    const given = splitAtDeployments(first);
    for (let made = 0; made < Math.max(count, given.length); made++) {
      // One that was replaced since the tip has moved is not mined any more.
      const chosen = given[made]?.filter(({ txid }) => mempool.get(txid) !== undefined);
      const transactions = chosen && whoseTurnItIs(chosen, ledger.nonceOf);
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
        snapshots.set(id, {
          baseHeight: height,
          tail: [],
          waiting: mempool.all(),
          dropped: mempool.allDropped(),
        });
        return id;
      }),
    revert: (id) => turns.take(() => revertInTurn(id)),
    fork: (request) => turns.take(() => forkInTurn(request)),
    get moving() {
      return moving;
    },
  };
}
