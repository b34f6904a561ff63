import type { RanOutcome } from '../worker/protocol.js';
import { type Accounts, createAccounts } from './accounts.js';
import { findRejection } from './admission.js';
import { type Blocks, createBlocks, runnableOf } from './blocks.js';
import { type Branches, createBranches } from './branches.js';
import { type ChainEvents, createChainEvents } from './chain-events.js';
import { type Contracts, createContracts } from './contracts.js';
import { createCopies } from './copies.js';
import type { Engine } from './engine.js';
import { createFeeMarket, type FeeMarket } from './fee-market.js';
import type { History } from './history.js';
import type { Journal } from './journal.js';
import { createLedger, type Ledger } from './ledger.js';
import { createMempool, type Mempool } from './mempool.js';
import { createMiner, type Miner } from './miner.js';
import { findNonceFault } from './nonce-fault.js';
import { createPendingIndex, type PendingIndex } from './pending-index.js';
import { createPrincipalIndex, type PrincipalIndex } from './principal-index.js';
import { makeRejection, type Rejection } from './rejection.js';
import type { SignedTransaction } from './transaction.js';
import { createTurns } from './turns.js';

/**
 * The node's state. Nonces, mempool, blocks, receipts and STX accounts live here in the main thread, where reading
 * them costs nothing; contract state lives in simnet's worker, where a read waits at most for the block being made.
 */
export interface Chain {
  readonly simnet: Engine;
  readonly ledger: Ledger;
  readonly mempool: Mempool;
  readonly accounts: Accounts;
  readonly contracts: Contracts;
  readonly blocks: Blocks;
  readonly branches: Branches;
  readonly miner: Miner;
  readonly events: ChainEvents;
  readonly feeMarket: FeeMarket;
  readonly principals: PrincipalIndex;
  readonly pendings: PendingIndex;
  /** Admits a transaction to the mempool; null if it is in (or was already known). */
  submit(transaction: SignedTransaction): Promise<Rejection | null>;
  /** What would come of a transaction in the next block; null if its payer cannot pay, or it costs too much. */
  simulate(transaction: SignedTransaction): Promise<Simulation | null>;
  /** After the worker has been replaced: what was kept in the old one is gone. */
  forgetCopies(): void;
}

export interface Simulation {
  readonly txid: string;
  /** Of the block it would be in. */
  readonly blockHeight: number;
  readonly tipBlockId: string;
  readonly outcome: RanOutcome;
}

export interface ChainOptions {
  readonly engine: Engine;
  readonly history: History;
  readonly journal: Journal;
  readonly genesisTimeMs: number;
  readonly blockTimeMs: number;
  readonly burnEvery: number;
  /** Whether a copy of memory is kept from time to time, so that a fork need not replay everything. */
  readonly keepsCopies: boolean;
  readonly onFailure: (error: unknown) => void;
}

export function createChain(options: ChainOptions): Chain {
  const { engine, history, journal, genesisTimeMs, blockTimeMs, burnEvery, onFailure } = options;
  const ledger = createLedger(genesisTimeMs, engine.genesisTip);
  const mempool = createMempool();
  const accounts = createAccounts(engine);
  const contracts = createContracts(engine);
  const events = createChainEvents();
  const principals = createPrincipalIndex();
  const pendings = createPendingIndex(mempool);
  events.listen(principals.follow);
  const feeMarket = createFeeMarket();
  const turns = createTurns();
  const blocks = createBlocks({ engine, history, ledger, accounts, contracts, journal });
  const copies = createCopies(engine, ledger);
  const afterBlock = async () => {
    if (options.keepsCopies) await copies.keepSometimes();
  };
  const miner = createMiner({
    ...{ blocks, ledger, mempool, journal, events, turns },
    ...{ feeMarket, blockTimeMs, burnEvery, afterBlock, onFailure },
  });
  const branches = createBranches({
    ...{ blocks, ledger, mempool, miner, copies, journal, events, turns },
  });

  const isKnown = (txid: string) => mempool.get(txid) !== undefined || ledger.transaction(txid) !== undefined;

  return {
    simnet: engine,
    ...{ ledger, mempool, accounts, contracts, blocks, branches, miner },
    ...{ events, feeMarket, principals, pendings },
    forgetCopies: copies.forget,
    async submit(transaction) {
      while (branches.moving !== undefined) await branches.moving;
      const rejection = isKnown(transaction.txid)
        ? null
        : await findRejection({ ledger, contracts, accounts }, transaction);
      while (branches.moving !== undefined) await branches.moving;
      if (isKnown(transaction.txid)) {
        // Whoever sent it first may still wait for this.
        await journal.written();
        return null;
      }
      const fault = rejection ?? findNonceFault(ledger, transaction);
      if (fault !== null) return fault;
      const receivedAtSeconds = Math.floor(Date.now() / 1000);
      const added = mempool.add(transaction, receivedAtSeconds);
      switch (added.kind) {
        case 'added': {
          const written = journal.append({ kind: 'submit', tx: transaction.hex, receivedAtSeconds });
          const { replaced, pending } = added;
          if (replaced.length > 0) {
            const { txid: replacedBy } = transaction;
            events.emit({ kind: 'dropped', txids: replaced, reason: 'ReplaceByFee', replacedBy });
          }
          events.emit({ kind: 'mempool', pending });
          await written;
          return null;
        }
        case 'conflict':
          return makeRejection('ConflictingNonceInMempool');
        case 'full':
          return makeRejection('ServerFailureOther', {
            message: `MempoolFull: ${mempool.size} transactions wait`,
          });
      }
    },
    // In a turn, or the worker could be a block ahead of the tip that is named.
    simulate: (transaction) =>
      turns.take(async () => {
        const { tip } = ledger;
        const outcome = await engine.simulate(runnableOf(transaction));
        if (outcome === null) return null;
        const { txid } = transaction;
        return { txid, blockHeight: tip.height + 1, tipBlockId: tip.indexHash, outcome };
      }),
  };
}
