import type { MinedTransaction } from '../chain/ledger.js';
import { minedJson } from '../routes/transaction-json.js';
import type { SimnetEvent } from '../worker/protocol.js';

/** A transaction as seen by one address: what it sent (with the fee) and received in microSTX. */
export function addressTransactionJson(address: string, mined: MinedTransaction): object {
  const tx = minedJson(mined);
  const transfers = mined.outcome.events.filter(({ event }) => event === 'stx_transfer_event');
  const own = transfers.filter(({ data }) => data.sender === address || data.recipient === address);
  return {
    address,
    tx_id: `0x${mined.transaction.txid}`,
    tx_status: mined.outcome.status,
    tx_type: 'tx_type' in tx ? tx.tx_type : undefined,
    tx,
    stx_sent: `${sentBy(address, mined) + feeOf(address, mined)}`,
    stx_received: `${receivedBy(address, mined.outcome.events)}`,
    stx_transfers: own.map(({ data: { amount, sender, recipient } }) => ({ amount, sender, recipient })),
  };
}

function feeOf(address: string, { transaction }: MinedTransaction): bigint {
  return transaction.payer === address ? transaction.feeUstx : 0n;
}

function sentBy(address: string, { outcome }: MinedTransaction): bigint {
  const spending = outcome.events.filter(({ event }) => SPENDING.has(event));
  return sumAmounts(spending.filter(({ data }) => data.sender === address));
}

function receivedBy(address: string, events: readonly SimnetEvent[]): bigint {
  const income = events.filter(({ event }) => INCOME.has(event));
  return sumAmounts(income.filter(({ data }) => data.recipient === address));
}

const SPENDING = new Set(['stx_transfer_event', 'stx_burn_event']);
const INCOME = new Set(['stx_transfer_event', 'stx_mint_event']);

function sumAmounts(events: readonly SimnetEvent[]): bigint {
  return events.reduce((sum, { data }) => sum + BigInt(data.amount ?? 0), 0n);
}
