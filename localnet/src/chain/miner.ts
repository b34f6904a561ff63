import { TENURE_LIMIT } from '../worker/execution-cost.js';
import type { Blocks } from './blocks.js';
import type { ChainEvents, DropReason } from './chain-events.js';
import type { FeeMarket } from './fee-market.js';
import type { Journal } from './journal.js';
import type { BlockRecord, Ledger } from './ledger.js';
import type { Mempool } from './mempool.js';
import type { SignedTransaction } from './transaction.js';
import type { Turns } from './turns.js';

/** Makes blocks out of the mempool: on a timer, or when a transaction can run, and on demand. */
export interface Miner {
  readonly isPaused: boolean;
  /** Mines one block now, after any that is being made. */
  mine(kind: BlockKind): Promise<BlockRecord>;
  /** The same within a turn the caller holds; `transactions` are run in this order instead of the best paid ones. */
  mineInTurn(kind: BlockKind, transactions?: readonly SignedTransaction[]): Promise<BlockRecord>;
  /** Begins to mine by itself. */
  start(): void;
  /** No block is made by itself until `resume`. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export type BlockKind = 'stacks' | 'bitcoin' | 'next';

export interface MinerOptions {
  readonly blocks: Blocks;
  readonly ledger: Ledger;
  readonly mempool: Mempool;
  readonly journal: Journal;
  readonly events: ChainEvents;
  readonly turns: Turns;
  readonly feeMarket: FeeMarket;
  /** Milliseconds between blocks; 0 mines when a transaction can run. */
  readonly blockTimeMs: number;
  /** Every n-th block of kind `next` is a Bitcoin block. */
  readonly burnEvery: number;
  /** Done after each block and before the next. */
  readonly afterBlock: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** More than any keeper sends per block; a longer block would keep reads waiting. */
const MAX_TRANSACTIONS_PER_BLOCK = 500;
/** The share of the block time that running transactions may take, so that reads are served between blocks. */
const BUSY_SHARE = 0.6;
const MIN_BUDGET_MS = 200;
/** Without a timer a block is made of what has come while the last was being made. */
const ON_TRANSACTION_BUDGET_MS = 500;
/** Whoever asks for a block waits for it, and expects in it what was ready. */
const ON_DEMAND_BUDGET_MS = 10_000;

export function createMiner(options: MinerOptions): Miner {
  const { blocks, ledger, mempool, journal, events, turns, blockTimeMs, burnEvery } = options;
  let timer: NodeJS.Timeout | undefined;
  let isTicking = false;
  let isStarted = false;
  let isPaused = false;
  let isStopped = false;

  function select(count: number, deployments: boolean): readonly SignedTransaction[] {
    const { ustxPerByte } = options.feeMarket;
    return mempool.select(ledger.nonceOf, { count, deployments, ustxPerByte });
  }

  async function mineInTurn(
    kind: BlockKind,
    given?: readonly SignedTransaction[],
    budgetMs = ON_DEMAND_BUDGET_MS,
  ): Promise<BlockRecord> {
    const bitcoin = kind === 'bitcoin' || (kind === 'next' && ledger.tip.tenureIndex + 1 >= burnEvery);
    const transactions = given ?? select(MAX_TRANSACTIONS_PER_BLOCK, !bitcoin);
    mempool.lock(transactions.map(({ txid }) => txid));
    try {
      // A Bitcoin block begins a tenure, and with it a new budget.
      const remaining = bitcoin ? TENURE_LIMIT : ledger.tenureRemaining;
      const budget = { remaining, limit: TENURE_LIMIT };
      const { record, outcomes } = await blocks.make({ bitcoin, transactions, budgetMs, budget });
      for (const txid of record.block.txids) mempool.remove(txid);
      const tooExpensive = outcomes.flatMap((outcome) => (outcome.kind === 'dropped' ? [outcome.txid] : []));
      for (const txid of tooExpensive) mempool.drop(txid, 'TooExpensive');
      await tellDropped(tooExpensive, 'TooExpensive');
      await tellDropped(mempool.expire(Math.floor(Date.now() / 1000)), 'StaleGarbageCollect');
      events.emit({ kind: 'block', block: record.block, transactions: record.mined });
      await options.afterBlock();
      return record;
    } finally {
      mempool.lock([]);
    }
  }

  async function tellDropped(txids: readonly string[], reason: DropReason): Promise<void> {
    if (txids.length === 0) return;
    await journal.append({ kind: 'drop', txids, reason });
    events.emit({ kind: 'dropped', txids, reason });
  }

  const ownBudgetMs =
    blockTimeMs === 0 ? ON_TRANSACTION_BUDGET_MS : Math.max(MIN_BUDGET_MS, blockTimeMs * BUSY_SHARE);
  const mine = (kind: BlockKind) => turns.take(() => mineInTurn(kind));
  const canMine = () => isStarted && !isPaused && !isStopped;

  /** The next block is timed from this one's start, but never before this one is done: slow blocks do not pile up. */
  async function tick(): Promise<void> {
    timer = undefined;
    isTicking = true;
    const startMs = performance.now();
    try {
      await turns.take(() => mineInTurn('next', undefined, ownBudgetMs));
    } catch (error) {
      if (!isStopped) options.onFailure(error);
      return;
    } finally {
      isTicking = false;
    }
    schedule(Math.max(0, blockTimeMs - (performance.now() - startMs)));
  }

  function hasExecutable(): boolean {
    return select(1, true).length > 0;
  }

  function schedule(delayMs: number): void {
    if (!canMine() || isTicking || timer !== undefined) return;
    if (blockTimeMs === 0 && !hasExecutable()) return;
    timer = setTimeout(tick, delayMs);
  }

  const stopListening = events.listen(({ kind }) => {
    if (blockTimeMs === 0 && kind === 'mempool') schedule(0);
  });

  return {
    get isPaused() {
      return isPaused;
    },
    mine,
    mineInTurn,
    start() {
      isStarted = true;
      schedule(blockTimeMs);
    },
    pause() {
      isPaused = true;
      clearTimeout(timer);
      timer = undefined;
    },
    resume() {
      isPaused = false;
      schedule(blockTimeMs);
    },
    async stop() {
      isStopped = true;
      stopListening();
      clearTimeout(timer);
      await turns.idle();
    },
  };
}
