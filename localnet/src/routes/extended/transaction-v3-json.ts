import type { Ledger, MinedTransaction } from '../../chain/ledger.js';
import type { DroppedTransaction, PendingTransaction } from '../../chain/mempool.js';
import type { SignedTransaction } from '../../chain/transaction.js';
import { costJson } from '../cost-json.js';
import { valueJson } from '../event-json.js';
import { postConditionsJson } from '../post-condition-json.js';
import { DROPPED_STATUSES } from '../transaction-json.js';
import { memoJson } from './memo-json.js';

/** The parts of a transaction that are shown on request only. */
export type Included = ReadonlySet<'function_args' | 'post_conditions' | 'result' | 'source_code'>;

const PARTS = ['function_args', 'post_conditions', 'result', 'source_code'] as const;

/** Reads `include=a,b` and `include=a&include=b`; null for a part there is none of. */
export function parseIncluded(texts: readonly string[]): Included | null {
  const wanted = texts.flatMap((text) => text.split(','));
  const known = PARTS.filter((part) => wanted.includes(part));
  return new Set(wanted).size === known.length ? new Set(known) : null;
}

/** A transaction's place in the chain, as a cursor. */
export function placeOf({ block, index }: MinedTransaction): string {
  return `${block.height}:${index}`;
}

const NOTHING: Included = new Set();

/** A mined transaction in a list. */
export function summaryJson({ transaction, outcome, block, index }: MinedTransaction) {
  return {
    ...signedJson(transaction),
    block: {
      height: block.height,
      hash: `0x${block.hash}`,
      index_hash: `0x${block.indexHash}`,
      time: block.timeSeconds,
      tx_index: index,
    },
    bitcoin_block: { height: block.burnHeight, time: block.burnTimeSeconds },
    status: outcome.status,
    ...actionJson(transaction, NOTHING),
  };
}

/** A mined transaction by itself. */
export function detailJson(ledger: Ledger, mined: MinedTransaction, included: Included) {
  const { transaction, outcome, block } = mined;
  const parent = ledger.block(block.height - 1);
  return {
    ...summaryJson(mined),
    parent_block: {
      hash: `0x${parent?.hash ?? block.parentHash}`,
      index_hash: `0x${parent?.indexHash ?? block.parentIndexHash}`,
    },
    event_count: outcome.events.length,
    execution_cost: costJson(outcome.cost),
    vm_error: outcome.vmError,
    ...conditionsJson(transaction, included),
    ...(included.has('result') ? { result: valueJson(outcome.resultHex) } : {}),
    ...actionJson(transaction, included),
  };
}

/** A waiting transaction in a list. */
export function pendingSummaryJson({ transaction, receivedAtSeconds }: PendingTransaction, height: number) {
  return {
    ...signedJson(transaction),
    ...receiptJson(receivedAtSeconds, height),
    status: 'pending',
    ...actionJson(transaction, NOTHING),
  };
}

export function pendingDetailJson(pending: PendingTransaction, included: Included, height: number) {
  const { transaction } = pending;
  return {
    ...pendingSummaryJson(pending, height),
    replaced_by_tx_id: null,
    ...conditionsJson(transaction, included),
    ...actionJson(transaction, included),
  };
}

export function droppedDetailJson(dropped: DroppedTransaction, included: Included, height: number) {
  const { transaction, reason, replacedBy, receivedAtSeconds } = dropped;
  return {
    ...signedJson(transaction),
    ...receiptJson(receivedAtSeconds, height),
    status: DROPPED_STATUSES[reason],
    replaced_by_tx_id: replacedBy === undefined ? null : `0x${replacedBy}`,
    ...conditionsJson(transaction, included),
    ...actionJson(transaction, included),
  };
}

/** The mempool does not keep the height at which a transaction came; the tip's is shown. */
function receiptJson(seconds: number, height: number) {
  return { receipt_time: seconds, receipt_block_height: height };
}

function signedJson({ txid, sender, sponsor, nonce, feeUstx }: SignedTransaction) {
  return {
    tx_id: `0x${txid}`,
    sender: { address: sender, nonce: Number(nonce) },
    sponsor: sponsor === undefined ? null : { address: sponsor.address, nonce: Number(sponsor.nonce) },
    fee_rate: `${feeUstx}`,
  };
}

function conditionsJson(transaction: SignedTransaction, included: Included) {
  return included.has('post_conditions') ? { post_conditions: postConditionsJson(transaction) } : {};
}

function actionJson({ action, sender }: SignedTransaction, included: Included) {
  switch (action.kind) {
    case 'call': {
      const args = included.has('function_args')
        ? { function_args: action.argumentHexes.map(valueJson) }
        : {};
      const { contractId: contract_id, functionName: function_name } = action;
      return { type: 'contract_call', contract_call: { contract_id, function_name, ...args } };
    }
    case 'transfer': {
      const { recipient, amountUstx, memoHex } = action;
      const token_transfer = { recipient, amount: `${amountUstx}`, memo: memoJson(memoHex) };
      return { type: 'token_transfer', token_transfer };
    }
    case 'deploy': {
      const source = included.has('source_code') ? { source_code: action.source } : {};
      return {
        type: 'smart_contract',
        smart_contract: {
          contract_id: `${sender}.${action.contractName}`,
          clarity_version: action.clarityVersion,
          ...source,
        },
      };
    }
  }
}
