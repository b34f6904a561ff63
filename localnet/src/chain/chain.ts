import type { AdmissionPorts } from './admission.js';
import { findNonceFault, findRejection } from './admission.js';
import { type ChainEvents, createChainEvents } from './chain-events.js';
import { type Contracts, createContracts } from './contracts.js';
import { createLedger, type Ledger } from './ledger.js';
import { createMempool, type Mempool } from './mempool.js';
import { createMiner, type MinedBlock, type Miner } from './miner.js';
import { createPendingIndex, type PendingIndex } from './pending-index.js';
import { createPrincipalIndex, type PrincipalIndex } from './principal-index.js';
import { makeRejection, type Rejection } from './rejection.js';
import type { SimnetClient } from './simnet-client.js';
import type { SignedTransaction } from './transaction.js';

/**
 * The node's state. Nonces, mempool, blocks and receipts live here in the main thread, where reading them
 * costs nothing; contract state lives in simnet's worker, where a read waits at most for the block being made.
 */
export interface Chain {
  readonly simnet: SimnetClient;
  readonly ledger: Ledger;
  readonly mempool: Mempool;
  readonly contracts: Contracts;
  readonly miner: Miner;
  readonly events: ChainEvents;
  readonly principals: PrincipalIndex;
  readonly pendings: PendingIndex;
  /** Admits a transaction to the mempool; null if it is in (or was already known). */
  submit(transaction: SignedTransaction): Promise<Rejection | null>;
}

export interface ChainOptions {
  readonly simnet: SimnetClient;
  readonly genesisTimeMs: number;
  readonly blockTimeMs: number;
  readonly burnEvery: number;
  readonly onBlock: (mined: MinedBlock) => void;
  readonly onFailure: (error: unknown) => void;
}

export function createChain(options: ChainOptions): Chain {
  const { simnet, genesisTimeMs } = options;
  const ledger = createLedger(genesisTimeMs, simnet.genesisTip);
  const mempool = createMempool();
  const contracts = createContracts(simnet);
  const events = createChainEvents();
  const principals = createPrincipalIndex();
  const pendings = createPendingIndex(mempool);
  events.listen(principals.follow);
  events.listen(pendings.follow);
  const onBlock = (mined: MinedBlock) => {
    options.onBlock(mined);
    events.emit({ kind: 'block', ...mined });
  };
  const miner = createMiner({ ...options, ledger, mempool, onBlock });
  const ports: AdmissionPorts = { ledger, contracts, simnet };

  const isKnown = (txid: string) => mempool.get(txid) !== undefined || ledger.transaction(txid) !== undefined;

  return {
    simnet,
    ledger,
    mempool,
    contracts,
    miner,
    events,
    principals,
    pendings,
    async submit(transaction) {
      if (isKnown(transaction.txid)) return null;
      const rejection = await findRejection(ports, transaction);
      if (isKnown(transaction.txid)) return null;
      const fault = rejection ?? findNonceFault(ledger, transaction);
      if (fault !== null) return fault;
      const added = mempool.add(transaction, Math.floor(Date.now() / 1000));
      switch (added.kind) {
        case 'added': {
          const { replaced, pending } = added;
          if (replaced !== undefined) {
            const { txid: replacedBy } = transaction;
            events.emit({ kind: 'dropped', txids: [replaced], reason: 'ReplaceByFee', replacedBy });
          }
          events.emit({ kind: 'mempool', pending });
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
  };
}
