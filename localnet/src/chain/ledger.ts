import type { BuiltBlock, ChainTip, Outcome, SimnetEvent } from '../worker/protocol.js';
import { type BlockIds, makeBlockIds } from './block-ids.js';
import type { SignedTransaction } from './transaction.js';

export interface Block extends BlockIds {
  readonly height: number;
  readonly burnHeight: number;
  readonly timeSeconds: number;
  readonly burnTimeSeconds: number;
  readonly parentHash: string;
  readonly parentIndexHash: string;
  readonly txids: readonly string[];
}

export interface MinedTransaction {
  readonly transaction: SignedTransaction;
  readonly outcome: Extract<Outcome, { kind: 'ran' }>;
  readonly block: Block;
  readonly index: number;
}

/** One print of a contract. Its place in the chain is its order. */
export interface ContractLog {
  readonly contractId: string;
  readonly txid: string;
  readonly height: number;
  readonly txIndex: number;
  readonly eventIndex: number;
  readonly event: SimnetEvent;
}

/** What has been mined: blocks, receipts, nonces, prints. Oldest history is forgotten at the bounds below. */
export interface Ledger {
  readonly tip: Block;
  /** The oldest block still known. */
  readonly firstHeight: number;
  nonceOf(principal: string): bigint;
  append(built: BuiltBlock, transactions: readonly SignedTransaction[]): Block;
  block(height: number): Block | undefined;
  transaction(txid: string): MinedTransaction | undefined;
  /** The height at which a contract was deployed. */
  publishHeight(contractId: string): number | undefined;
  /** In the order they were printed. */
  logs(contractId: string): readonly ContractLog[];
}

/** A day of one-second blocks; some 30 MB. */
const MAX_BLOCKS = 90_000;
const MAX_TRANSACTIONS = 50_000;
const MAX_LOGS_PER_CONTRACT = 50_000;

export function createLedger(genesisTimeMs: number, genesis: ChainTip): Ledger {
  const blocks = new Map<number, Block>();
  const mined = new Map<string, MinedTransaction>();
  const nonces = new Map<string, bigint>();
  const logs = new Map<string, ContractLog[]>();
  const publishHeights = new Map<string, number>();
  let tip = makeBlock(genesis, undefined, []);
  blocks.set(tip.height, tip);

  function makeBlock(at: ChainTip, parent: Block | undefined, txids: readonly string[]): Block {
    const isNewBurn = parent === undefined || at.burnHeight !== parent.burnHeight;
    const before = makeBlockIds(genesisTimeMs, at.stacksHeight - 1, at.burnHeight);
    return {
      ...makeBlockIds(genesisTimeMs, at.stacksHeight, at.burnHeight),
      height: at.stacksHeight,
      burnHeight: at.burnHeight,
      timeSeconds: at.timeSeconds,
      burnTimeSeconds: isNewBurn ? at.timeSeconds : parent.burnTimeSeconds,
      parentHash: before.hash,
      parentIndexHash: before.indexHash,
      txids,
    };
  }

  function record(
    transaction: SignedTransaction,
    outcome: MinedTransaction['outcome'],
    block: Block,
    index: number,
  ) {
    mined.set(transaction.txid, { transaction, outcome, block, index });
    forgetOldest(mined, MAX_TRANSACTIONS);
    nonces.set(transaction.sender, transaction.nonce + 1n);
    const { action, sender } = transaction;
    if (action.kind === 'deploy' && outcome.status === 'success') {
      publishHeights.set(`${sender}.${action.contractName}`, block.height);
    }
    outcome.events.forEach((event, eventIndex) => {
      const contractId = event.event === 'print_event' ? event.data.contract_identifier : undefined;
      if (contractId === undefined) return;
      const known = logs.get(contractId) ?? [];
      logs.set(contractId, known);
      known.push({
        contractId,
        txid: transaction.txid,
        height: block.height,
        txIndex: index,
        eventIndex,
        event,
      });
      if (known.length > MAX_LOGS_PER_CONTRACT) known.shift();
    });
  }

  return {
    get tip() {
      return tip;
    },
    get firstHeight() {
      for (const height of blocks.keys()) return height;
      return tip.height;
    },
    nonceOf: (principal) => nonces.get(principal) ?? 0n,
    block: (height) => blocks.get(height),
    transaction: (txid) => mined.get(txid),
    publishHeight: (contractId) => publishHeights.get(contractId),
    logs: (contractId) => logs.get(contractId) ?? [],
    append(built, transactions) {
      const ran = built.outcomes.filter((outcome) => outcome.kind === 'ran');
      tip = makeBlock(
        built.tip,
        tip,
        ran.map((outcome) => outcome.txid),
      );
      blocks.set(tip.height, tip);
      forgetOldest(blocks, MAX_BLOCKS);
      const byTxid = new Map(transactions.map((transaction) => [transaction.txid, transaction]));
      ran.forEach((outcome, index) => {
        const transaction = byTxid.get(outcome.txid);
        if (transaction !== undefined) record(transaction, outcome, tip, index);
      });
      return tip;
    },
  };
}

/** A Map keeps the order of insertion, so its first key is the oldest. */
function forgetOldest<K>(map: Map<K, unknown>, limit: number): void {
  if (map.size <= limit) return;
  for (const oldest of map.keys()) return void map.delete(oldest);
}
