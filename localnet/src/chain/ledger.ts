import { minus, plus, TENURE_LIMIT } from '../worker/execution-cost.js';
import type {
  AccountOf,
  BuiltBlock,
  ChainTip,
  ExecutionCost,
  RanOutcome,
  SimnetEvent,
} from '../worker/protocol.js';
import { NO_COST } from '../worker/protocol.js';
import { type BlockIds, makeBlockIds } from './block-ids.js';
import { noncesOf, type SignedTransaction } from './transaction.js';

export interface Block extends BlockIds {
  readonly height: number;
  readonly burnHeight: number;
  readonly timeSeconds: number;
  readonly burnTimeSeconds: number;
  readonly parentHash: string;
  readonly parentIndexHash: string;
  readonly txids: readonly string[];
  /** Its place in its tenure: 0 for the block that came with a Bitcoin block. */
  readonly tenureIndex: number;
  /** The number of forks there had been when it was made. */
  readonly branch: number;
  readonly cost: ExecutionCost;
  /** Of this block and those before it in its tenure. */
  readonly tenureCost: ExecutionCost;
}

export interface MinedTransaction {
  readonly transaction: SignedTransaction;
  readonly outcome: RanOutcome;
  readonly block: Block;
  readonly index: number;
}

/** A block with all that came of it; it can be taken off the chain and put back as it was. */
export interface BlockRecord {
  readonly block: Block;
  readonly mined: readonly MinedTransaction[];
  /** The STX accounts it may have moved, as they were after it. */
  readonly accounts: readonly AccountOf[];
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
  /** What the present tenure may still spend. */
  readonly tenureRemaining: ExecutionCost;
  nonceOf(principal: string): bigint;
  /** The block that `built` makes on top of the tip. `branch` is the number of forks so far. */
  nextRecord(built: BuiltBlock, transactions: readonly SignedTransaction[], branch: number): BlockRecord;
  /** Puts a record on top of its parent. */
  append(record: BlockRecord): void;
  /** The oldest first. */
  recordsAbove(height: number): readonly BlockRecord[];
  /** Takes off every block above `height` and returns them, the oldest first. */
  truncate(height: number): readonly BlockRecord[];
  block(height: number): Block | undefined;
  transaction(txid: string): MinedTransaction | undefined;
  /** The height at which a contract was deployed. */
  publishHeight(contractId: string): number | undefined;
  /** Ids of the contracts that were deployed, in order. */
  deployed(): readonly string[];
  /** In the order they were printed. */
  logs(contractId: string): readonly ContractLog[];
}

/** A day of one-second blocks; some 40 MB. */
const MAX_BLOCKS = 90_000;
const MAX_TRANSACTIONS = 50_000;
const MAX_LOGS_PER_CONTRACT = 50_000;

export function createLedger(genesisTimeMs: number, genesis: ChainTip): Ledger {
  const records = new Map<number, BlockRecord>();
  const mined = new Map<string, MinedTransaction>();
  const nonces = new Map<string, bigint>();
  const logs = new Map<string, ContractLog[]>();
  const publishHeights = new Map<string, number>();
  let tip = makeBlock(genesis, undefined, [], NO_COST, 0);
  records.set(tip.height, { block: tip, mined: [], accounts: [] });

  function makeBlock(
    at: ChainTip,
    parent: Block | undefined,
    txids: readonly string[],
    cost: ExecutionCost,
    branch: number,
  ): Block {
    const isBitcoin = parent === undefined || at.burnHeight !== parent.burnHeight;
    return {
      ...makeBlockIds({ genesisTimeMs, branch, tip: at, parent, txids }),
      height: at.stacksHeight,
      burnHeight: at.burnHeight,
      timeSeconds: at.timeSeconds,
      burnTimeSeconds: isBitcoin ? at.timeSeconds : parent.burnTimeSeconds,
      parentHash: parent?.hash ?? '0'.repeat(64),
      parentIndexHash: parent?.indexHash ?? '0'.repeat(64),
      txids,
      tenureIndex: isBitcoin ? 0 : parent.tenureIndex + 1,
      branch,
      cost,
      tenureCost: isBitcoin ? cost : plus(parent.tenureCost, cost),
    };
  }

  function apply(minedTransaction: MinedTransaction): void {
    const { transaction, outcome, block, index } = minedTransaction;
    const { txid, sender, action } = transaction;
    mined.set(txid, minedTransaction);
    for (const { address, nonce } of noncesOf(transaction)) nonces.set(address, nonce + 1n);
    if (action.kind === 'deploy' && outcome.status === 'success') {
      publishHeights.set(`${sender}.${action.contractName}`, block.height);
    }
    outcome.events.forEach((event, eventIndex) => {
      const contractId = event.event === 'print_event' ? event.data.contract_identifier : undefined;
      if (contractId === undefined) return;
      const known = logs.get(contractId) ?? [];
      logs.set(contractId, known);
      known.push({ contractId, txid, height: block.height, txIndex: index, eventIndex, event });
      if (known.length > MAX_LOGS_PER_CONTRACT) known.shift();
    });
  }

  function revert({ transaction, outcome, block }: MinedTransaction): void {
    const { txid, sender, action } = transaction;
    mined.delete(txid);
    for (const { address, nonce } of noncesOf(transaction)) nonces.set(address, nonce);
    if (action.kind === 'deploy' && outcome.status === 'success') {
      publishHeights.delete(`${sender}.${action.contractName}`);
    }
    for (const { event, data } of outcome.events) {
      const known = event === 'print_event' ? logs.get(data.contract_identifier ?? '') : undefined;
      while (known?.at(-1)?.height === block.height) known.pop();
    }
  }

  function recordsAbove(height: number): readonly BlockRecord[] {
    const above: BlockRecord[] = [];
    for (let at = height + 1; at <= tip.height; at++) {
      const record = records.get(at);
      if (record !== undefined) above.push(record);
    }
    return above;
  }

  return {
    get tip() {
      return tip;
    },
    get firstHeight() {
      for (const height of records.keys()) return height;
      return tip.height;
    },
    get tenureRemaining() {
      return minus(TENURE_LIMIT, tip.tenureCost);
    },
    nonceOf: (principal) => nonces.get(principal) ?? 0n,
    block: (height) => records.get(height)?.block,
    transaction: (txid) => mined.get(txid),
    publishHeight: (contractId) => publishHeights.get(contractId),
    deployed: () => [...publishHeights.keys()],
    logs: (contractId) => logs.get(contractId) ?? [],
    nextRecord(built, transactions, branch) {
      const ran = built.outcomes.filter((outcome) => outcome.kind === 'ran');
      const txids = ran.map(({ txid }) => txid);
      const cost = ran.reduce((sum, outcome) => plus(sum, outcome.cost), NO_COST);
      const block = makeBlock(built.tip, tip, txids, cost, branch);
      const byTxid = new Map(transactions.map((transaction) => [transaction.txid, transaction]));
      const receipts = ran.flatMap((outcome, index) => {
        const transaction = byTxid.get(outcome.txid);
        return transaction === undefined ? [] : [{ transaction, outcome, block, index }];
      });
      return { block, mined: receipts, accounts: built.accounts };
    },
    append(record) {
      tip = record.block;
      records.set(tip.height, record);
      forgetOldest(records, MAX_BLOCKS);
      for (const minedTransaction of record.mined) apply(minedTransaction);
      forgetOldest(mined, MAX_TRANSACTIONS);
    },
    recordsAbove,
    truncate(height) {
      const removed = recordsAbove(height);
      for (const { block, mined: receipts } of [...removed].reverse()) {
        for (const minedTransaction of [...receipts].reverse()) revert(minedTransaction);
        records.delete(block.height);
      }
      tip = records.get(height)?.block ?? tip;
      return removed;
    },
  };
}

/** A Map keeps the order of insertion, so its first keys are the oldest. */
function forgetOldest<K>(map: Map<K, unknown>, limit: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
