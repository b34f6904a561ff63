import type { ClarityAbi } from '@stacks/transactions';
import type { DropReason } from '../chain/chain-events.js';
import type { Block, MinedTransaction } from '../chain/ledger.js';
import type { PendingTransaction } from '../chain/mempool.js';
import { costJson } from '../routes/cost-json.js';
import { NO_TXID } from '../routes/extended/block-json.js';
import { NO_COST } from '../worker/protocol.js';
import { nodeEventsOf } from './node-event.js';

/** A block with what the node tells besides: its parent, and the interfaces of the contracts it brought. */
export interface ObservedBlock {
  readonly block: Block;
  readonly transactions: readonly MinedTransaction[];
  readonly parent: Block;
  /** By txid. */
  readonly interfaces: ReadonlyMap<string, ClarityAbi>;
}

/** The body of `/new_block` for an observer with these keys: every transaction, the events it asked for. */
export function newBlockBody(observed: ObservedBlock, keys: ReadonlySet<string>): object {
  const { block, transactions, parent, interfaces } = observed;
  return {
    block_hash: `0x${block.hash}`,
    block_height: block.height,
    block_time: block.timeSeconds,
    index_block_hash: `0x${block.indexHash}`,
    consensus_hash: `0x${block.consensusHash}`,
    tenure_height: block.burnHeight,
    burn_block_hash: `0x${block.burnHash}`,
    burn_block_height: block.burnHeight,
    burn_block_time: block.burnTimeSeconds,
    parent_block_hash: `0x${block.parentHash}`,
    parent_index_block_hash: `0x${block.parentIndexHash}`,
    parent_burn_block_hash: `0x${parent.burnHash}`,
    parent_burn_block_height: parent.burnHeight,
    parent_burn_block_timestamp: parent.burnTimeSeconds,
    events: nodeEventsOf(transactions, keys),
    transactions: transactions.map((mined) => transactionJson(mined, interfaces)),
    anchored_cost: costJson(block.cost),
    ...WITHOUT_MINERS,
    signer_signature_hash: `0x${block.hash}`,
  };
}

/** There are no miners, signers, microblocks and reward cycles here; the fields stay, empty. */
const WITHOUT_MINERS = {
  miner_txid: NO_TXID,
  parent_microblock: NO_TXID,
  parent_microblock_sequence: 0,
  confirmed_microblocks_cost: costJson(NO_COST),
  matured_miner_rewards: [],
  pox_v1_unlock_height: 0,
  pox_v2_unlock_height: 0,
  pox_v3_unlock_height: 0,
  signer_bitvec: null,
  reward_set: null,
  cycle_number: null,
  miner_signature: `0x${'0'.repeat(130)}`,
  signer_signature: [],
};

export function newBurnBlockBody(block: Block, parent: Block): object {
  return {
    burn_block_hash: `0x${block.burnHash}`,
    burn_block_height: block.burnHeight,
    consensus_hash: `0x${block.consensusHash}`,
    parent_burn_block_hash: `0x${parent.burnHash}`,
    reward_recipients: [],
    reward_slot_holders: [],
    burn_amount: 0,
    pox_transactions: [],
  };
}

export function newMempoolBody(pending: readonly PendingTransaction[]): readonly string[] {
  return pending.map(({ transaction }) => `0x${transaction.hex}`);
}

export function dropMempoolBody(
  txids: readonly string[],
  reason: DropReason,
  replacedBy: string | undefined,
): object {
  return {
    dropped_txids: txids.map((txid) => `0x${txid}`),
    reason,
    new_txid: replacedBy === undefined ? null : `0x${replacedBy}`,
  };
}

function transactionJson(
  { transaction, outcome, index }: MinedTransaction,
  interfaces: ObservedBlock['interfaces'],
): object {
  const { resultHex } = outcome;
  return {
    txid: `0x${transaction.txid}`,
    tx_index: index,
    status: outcome.status,
    raw_result: resultHex.startsWith('0x') ? resultHex : `0x${resultHex}`,
    raw_tx: `0x${transaction.hex}`,
    contract_interface: interfaces.get(transaction.txid) ?? null,
    burnchain_op: null,
    execution_cost: costJson(outcome.cost),
    microblock_sequence: null,
    microblock_hash: null,
    microblock_parent_hash: null,
    vm_error: outcome.vmError,
  };
}
