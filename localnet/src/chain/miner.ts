import type { RunnableTransaction } from '../worker/protocol.js';
import type { Block, Ledger, MinedTransaction } from './ledger.js';
import type { Mempool } from './mempool.js';
import type { SimnetClient } from './simnet-client.js';
import type { SignedTransaction } from './transaction.js';

export interface MinedBlock {
  readonly block: Block;
  readonly transactions: readonly MinedTransaction[];
}

/** Makes blocks, one at a time, on a timer and on demand. */
export interface Miner {
  /** Mines one block now, after any that is being made. */
  mine(kind: BlockKind): Promise<MinedBlock>;
  startTimer(): void;
  stop(): Promise<void>;
}

export type BlockKind = 'stacks' | 'bitcoin' | 'next';

export interface MinerOptions {
  readonly simnet: SimnetClient;
  readonly ledger: Ledger;
  readonly mempool: Mempool;
  /** Milliseconds between blocks; 0 mines on demand only. */
  readonly blockTimeMs: number;
  /** Every n-th block of kind `next` is a Bitcoin block. */
  readonly burnEvery: number;
  readonly onBlock: (mined: MinedBlock) => void;
  readonly onFailure: (error: unknown) => void;
}

/** More than any keeper sends per block; a longer block would keep reads waiting. */
const MAX_TRANSACTIONS_PER_BLOCK = 500;
/** The share of the block time that running transactions may take, so that reads are served between blocks. */
const BUSY_SHARE = 0.6;
const MIN_BUDGET_MS = 200;
const ON_DEMAND_BUDGET_MS = 5_000;

export function createMiner(options: MinerOptions): Miner {
  const { simnet, ledger, mempool, blockTimeMs, burnEvery } = options;
  let last: Promise<unknown> = Promise.resolve();
  let sinceBitcoin = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function build(kind: BlockKind): Promise<MinedBlock> {
    const bitcoin = kind === 'bitcoin' || (kind === 'next' && sinceBitcoin + 1 >= burnEvery);
    sinceBitcoin = bitcoin ? 0 : sinceBitcoin + 1;
    const limits = { count: MAX_TRANSACTIONS_PER_BLOCK, deployments: !bitcoin };
    const transactions = mempool.select(ledger.nonceOf, limits);
    const txids = transactions.map(({ txid }) => txid);
    mempool.lock(txids);
    try {
      const budgetMs =
        blockTimeMs === 0 ? ON_DEMAND_BUDGET_MS : Math.max(MIN_BUDGET_MS, blockTimeMs * BUSY_SHARE);
      const built = await simnet.ask('build-block', {
        bitcoin,
        transactions: transactions.map(runnable),
        budgetMs,
      });
      const block = ledger.append(built, transactions);
      for (const txid of block.txids) mempool.remove(txid);
      const mined = { block, transactions: block.txids.flatMap((txid) => ledger.transaction(txid) ?? []) };
      options.onBlock(mined);
      return mined;
    } finally {
      mempool.lock([]);
    }
  }

  function mine(kind: BlockKind): Promise<MinedBlock> {
    const turn = last.then(() => build(kind));
    last = turn.catch(() => undefined);
    return turn;
  }

  /** The next block is timed from this one's start, but never before this one is done: slow blocks do not pile up. */
  async function tick(): Promise<void> {
    const startMs = performance.now();
    try {
      await mine('next');
    } catch (error) {
      if (!isStopped) options.onFailure(error);
      return;
    }
    const restMs = blockTimeMs - (performance.now() - startMs);
    if (!isStopped) timer = setTimeout(tick, Math.max(0, restMs));
  }

  return {
    mine,
    startTimer() {
      if (blockTimeMs > 0 && timer === undefined) timer = setTimeout(tick, blockTimeMs);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}

/** The worker gets plain data only; the parsed wire form stays here. */
function runnable(transaction: SignedTransaction): RunnableTransaction {
  const { txid, sender, payer, feeUstx, action, mode, conditions } = transaction;
  return { txid, sender, payer, feeUstx, action, mode, conditions };
}
