import type { Ledger, MinedTransaction } from '../chain/ledger.js';
import { minedJson } from '../routes/transaction-json.js';
import type { AccountState, SimnetEvent } from '../worker/protocol.js';

/** Every principal a transaction is about: who signed and paid, what was called, who gave and who got. */
export function principalsOf({ transaction, outcome }: MinedTransaction): ReadonlySet<string> {
  const { sender, payer, action } = transaction;
  const principals = new Set([sender, payer]);
  if (action.kind === 'call') principals.add(action.contractId);
  if (action.kind === 'transfer') principals.add(action.recipient);
  if (action.kind === 'deploy') principals.add(`${sender}.${action.contractName}`);
  for (const { data } of outcome.events) {
    if (data.sender !== undefined) principals.add(data.sender);
    if (data.recipient !== undefined) principals.add(data.recipient);
  }
  return principals;
}

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

/**
 * An account's balance with its totals over the history that is kept. What it received follows from the rest,
 * as its balance at the start of the chain is no event.
 */
export function balanceJson(address: string, account: AccountState, ledger: Ledger): object {
  let sent = 0n;
  let fees = 0n;
  for (let height = ledger.firstHeight; height <= ledger.tip.height; height++) {
    for (const txid of ledger.block(height)?.txids ?? []) {
      const mined = ledger.transaction(txid);
      if (mined === undefined) continue;
      sent += sentBy(address, mined);
      fees += feeOf(address, mined);
    }
  }
  const { balanceUstx, lockedUstx, unlockHeight } = account;
  return {
    address,
    balance: `${balanceUstx}`,
    total_sent: `${sent}`,
    total_received: `${balanceUstx + sent + fees}`,
    total_fees_sent: `${fees}`,
    total_miner_rewards_received: '0',
    lock_tx_id: '',
    locked: `${lockedUstx}`,
    lock_height: 0,
    burnchain_lock_height: 0,
    burnchain_unlock_height: unlockHeight,
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
