import type { AccountState } from '../worker/protocol.js';
import { makeRejection, type Rejection } from './rejection.js';
import type { SignedTransaction } from './transaction.js';

/** STX accounts as of the tip. */
export interface AccountReader {
  get(principal: string): Promise<AccountState>;
}

/** Whether the payer has the fee now, and the sender what it transfers; the node looks no further ahead. */
export async function findFundsFault(
  accounts: AccountReader,
  tx: SignedTransaction,
): Promise<Rejection | null> {
  const { sender, payer, feeUstx, action } = tx;
  const isOwnPayer = payer === sender;
  if (action.kind === 'transfer') {
    const neededUstx = action.amountUstx + (isOwnPayer ? feeUstx : 0n);
    const fault = await findShortage(accounts, sender, neededUstx);
    if (fault !== null || isOwnPayer) return fault;
  }
  return findShortage(accounts, payer, feeUstx);
}

async function findShortage(accounts: AccountReader, principal: string, neededUstx: bigint) {
  const { balanceUstx, lockedUstx } = await accounts.get(principal);
  const freeUstx = balanceUstx - lockedUstx;
  if (freeUstx >= neededUstx) return null;
  return makeRejection('NotEnoughFunds', { expected: hex128(neededUstx), actual: hex128(freeUstx) });
}

function hex128(value: bigint): string {
  return `0x${value.toString(16).padStart(32, '0')}`;
}
