import type { DropReason } from '../chain/chain-events.js';
import type { MinedTransaction } from '../chain/ledger.js';
import type { DroppedTransaction, PendingTransaction } from '../chain/mempool.js';
import type { SignedTransaction } from '../chain/transaction.js';
import type { TransactionAction } from '../worker/protocol.js';
import { costColumns } from './cost-json.js';
import { eventJson, valueJson } from './event-json.js';
import { isoTime } from './iso-time.js';
import { postConditionsJson } from './post-condition-json.js';

/** The API's number for a transaction that is in a block itself. */
const NO_MICROBLOCK = 2_147_483_647;

/** A mined transaction as `/extended/v1/tx` shows it. */
export function minedJson({ transaction, outcome, block, index }: MinedTransaction): object {
  return {
    ...baseJson(transaction),
    tx_status: outcome.status,
    tx_result: valueJson(outcome.resultHex),
    vm_error: outcome.vmError,
    block_hash: `0x${block.hash}`,
    block_height: block.height,
    block_time: block.timeSeconds,
    block_time_iso: isoTime(block.timeSeconds),
    burn_block_height: block.burnHeight,
    burn_block_time: block.burnTimeSeconds,
    burn_block_time_iso: isoTime(block.burnTimeSeconds),
    parent_burn_block_time: block.burnTimeSeconds,
    parent_burn_block_time_iso: isoTime(block.burnTimeSeconds),
    parent_block_hash: `0x${block.parentHash}`,
    canonical: true,
    is_unanchored: false,
    microblock_hash: '0x',
    microblock_sequence: NO_MICROBLOCK,
    microblock_canonical: true,
    tx_index: index,
    ...costColumns(outcome.cost),
    event_count: outcome.events.length,
    events: outcome.events.map((event, eventIndex) => eventJson(event, transaction.txid, eventIndex)),
  };
}

export function pendingJson({ transaction, receivedAtSeconds }: PendingTransaction): object {
  return {
    ...baseJson(transaction),
    tx_status: 'pending',
    replaced_by_tx_id: null,
    ...receiptTime(receivedAtSeconds),
  };
}

export function droppedJson({
  transaction,
  reason,
  replacedBy,
  receivedAtSeconds,
}: DroppedTransaction): object {
  return {
    ...baseJson(transaction),
    tx_status: DROPPED_STATUSES[reason],
    replaced_by_tx_id: replacedBy === undefined ? null : `0x${replacedBy}`,
    ...receiptTime(receivedAtSeconds),
  };
}

/** The API's words for why a transaction left the mempool. */
export const DROPPED_STATUSES: Record<DropReason, string> = {
  ReplaceByFee: 'dropped_replace_by_fee',
  ReplaceAcrossFork: 'dropped_replace_across_fork',
  TooExpensive: 'dropped_too_expensive',
  StaleGarbageCollect: 'dropped_stale_garbage_collect',
  Problematic: 'dropped_problematic',
};

function receiptTime(seconds: number) {
  return { receipt_time: seconds, receipt_time_iso: isoTime(seconds) };
}

/** What its signer said, whether mined or not. */
export function baseJson(transaction: SignedTransaction) {
  const { txid, nonce, feeUstx, sender, sponsor, mode, action } = transaction;
  return {
    tx_id: `0x${txid}`,
    nonce: Number(nonce),
    fee_rate: `${feeUstx}`,
    sender_address: sender,
    ...sponsorJson(sponsor),
    anchor_mode: 'any',
    post_condition_mode: mode,
    post_conditions: postConditionsJson(transaction),
    ...actionJson(action, sender),
  };
}

function sponsorJson(sponsor: SignedTransaction['sponsor']) {
  if (sponsor === undefined) return { sponsored: false };
  return { sponsored: true, sponsor_address: sponsor.address, sponsor_nonce: Number(sponsor.nonce) };
}

function actionJson(action: TransactionAction, sender: string) {
  switch (action.kind) {
    case 'call':
      return {
        tx_type: 'contract_call',
        contract_call: {
          contract_id: action.contractId,
          function_name: action.functionName,
          function_args: action.argumentHexes.map(valueJson),
        },
      };
    case 'transfer': {
      const { recipient, amountUstx, memoHex } = action;
      const memo = `0x${memoHex.padEnd(68, '0')}`;
      const token_transfer = { recipient_address: recipient, amount: `${amountUstx}`, memo };
      return { tx_type: 'token_transfer', token_transfer };
    }
    case 'deploy':
      return {
        tx_type: 'smart_contract',
        smart_contract: {
          contract_id: `${sender}.${action.contractName}`,
          clarity_version: action.clarityVersion,
          source_code: action.source,
        },
      };
  }
}
