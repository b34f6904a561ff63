import { createHash } from 'node:crypto';
import type { BuiltBlock, CostBudget, Outcome, RanOutcome, RunnableTransaction } from '../worker/protocol.js';
import type { Accounts } from './accounts.js';
import type { Contracts } from './contracts.js';
import type { Engine } from './engine.js';
import type { History, PastBlock } from './history.js';
import type { Journal } from './journal.js';
import type { Block, BlockRecord, Ledger } from './ledger.js';
import type { SignedTransaction } from './transaction.js';

export interface BlockOrder {
  readonly bitcoin: boolean;
  readonly transactions: readonly SignedTransaction[];
  readonly budgetMs: number;
  readonly budget: CostBudget | null;
}

export interface MadeBlock {
  readonly record: BlockRecord;
  /** Of every transaction it was given. */
  readonly outcomes: readonly Outcome[];
}

/** A block as the journal has it. */
export interface JournaledBlock {
  readonly bitcoin: boolean;
  readonly branch: number;
  readonly transactions: readonly SignedTransaction[];
  readonly settled: readonly RanOutcome[];
  readonly digest: string;
}

/**
 * Puts blocks on the chain and takes them off. Invariant: engine, history and ledger have the same tip between two
 * turns, and what the journal has is never behind what a client can read.
 */
export interface Blocks {
  make(order: BlockOrder): Promise<MadeBlock>;
  /** Makes a block of the journal again; throws when it comes out differently. */
  remake(block: JournaledBlock): Promise<void>;
  /** Puts a block back on its parent as it was; the engine must be told by `history`. */
  putBack(record: BlockRecord): Promise<void>;
  /** Takes off the blocks above `height`, the oldest first; the engine is still where it was. */
  takeOff(height: number): Promise<readonly BlockRecord[]>;
  /** Brings the engine to where the history is, from a copy of an earlier tip if there is one. */
  moveEngine(copy: Block | undefined): Promise<void>;
  /** Counts the forks: blocks made after one have ids of their own. */
  branch: number;
}

export interface BlocksPorts {
  readonly engine: Engine;
  readonly history: History;
  readonly ledger: Ledger;
  readonly accounts: Accounts;
  readonly contracts: Contracts;
  readonly journal: Journal;
}

export function createBlocks(ports: BlocksPorts): Blocks {
  const { engine, history, ledger, accounts, contracts, journal } = ports;
  const genesisHeight = ledger.tip.height;

  function add(record: BlockRecord): void {
    ledger.append(record);
    accounts.update(record.accounts);
  }

  async function write({ block: { branch, txids } }: BlockRecord, { bitcoin, settled, digest }: PastBlock) {
    await journal.append({ kind: 'block', bitcoin, branch, txids, settled, digest });
  }

  return {
    branch: 0,
    async make({ bitcoin, transactions, budgetMs, budget }) {
      const runnables = transactions.map(runnableOf);
      const built = await engine.build({ bitcoin, transactions: runnables, budgetMs, budget, settled: [] });
      const record = ledger.nextRecord(built, transactions, this.branch);
      const past = pastOf(record, bitcoin, built);
      // At once: a worker that is replaced while the journal is written must have the block too.
      history.append(past);
      await write(record, past);
      add(record);
      return { record, outcomes: built.outcomes };
    },
    async remake({ bitcoin, branch, transactions, settled, digest }) {
      const runnables = transactions.map(runnableOf);
      const order = { bitcoin, transactions: runnables, budgetMs: Number.POSITIVE_INFINITY, budget: null };
      const built = await engine.build({ ...order, settled });
      if (digestOf(built) !== digest) {
        throw new Error(`block ${built.tip.stacksHeight} of the journal comes out differently`);
      }
      const record = ledger.nextRecord(built, transactions, branch);
      history.append(pastOf(record, bitcoin, built));
      add(record);
    },
    async putBack(record) {
      const { tenureIndex } = record.block;
      const past = pastOf(record, tenureIndex === 0, { tip: tipOf(record), outcomes: outcomesOf(record) });
      await write(record, past);
      history.append(past);
      add(record);
    },
    async takeOff(height) {
      await journal.append({ kind: 'rewind', height });
      history.truncate(height - genesisHeight);
      accounts.forget();
      contracts.forget();
      return ledger.truncate(height);
    },
    async moveEngine(copy) {
      const known = (copy?.height ?? genesisHeight) - genesisHeight;
      await engine.moveTo(copy?.indexHash ?? null, history.blocks.slice(known));
      // What was read on the way came from the branch that was left.
      accounts.forget();
      contracts.forget();
    },
  };
}

function pastOf(
  record: BlockRecord,
  bitcoin: boolean,
  built: Pick<BuiltBlock, 'tip' | 'outcomes'>,
): PastBlock {
  const settled = record.mined.flatMap(({ outcome }) => (outcome.status === 'success' ? [] : [outcome]));
  const transactions = record.mined.map(({ transaction }) => runnableOf(transaction));
  return { bitcoin, transactions, settled, digest: digestOf(built) };
}

function tipOf({ block: { height, burnHeight, timeSeconds } }: BlockRecord): BuiltBlock['tip'] {
  return { stacksHeight: height, burnHeight, timeSeconds };
}

function outcomesOf({ mined }: BlockRecord): readonly RanOutcome[] {
  return mined.map(({ outcome }) => outcome);
}

/** What a block came to, in a few bytes: two are the same if their tips and outcomes are. */
export function digestOf({ tip, outcomes }: Pick<BuiltBlock, 'tip' | 'outcomes'>): string {
  const ran = outcomes.filter(({ kind }) => kind === 'ran');
  return createHash('sha256')
    .update(JSON.stringify([tip, ran]))
    .digest('hex')
    .slice(0, 32);
}

/** The worker gets plain data only; the parsed wire form stays here. */
export function runnableOf(transaction: SignedTransaction): RunnableTransaction {
  const { txid, sender, payer, feeUstx, action, mode, conditions } = transaction;
  return { txid, sender, payer, feeUstx, action, mode, conditions };
}
