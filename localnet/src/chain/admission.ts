import { STACKS_TESTNET } from '@stacks/network';
import { PayloadType, validateContractCall } from '@stacks/transactions';
import type { Accounts } from './accounts.js';
import type { Contracts } from './contracts.js';
import type { Ledger } from './ledger.js';
import { makeRejection, type Rejection } from './rejection.js';
import { findSignatureFault } from './signature.js';
import type { SignedTransaction } from './transaction.js';

/** Nonces an account may have waiting beyond its next one. */
export const MAX_CHAINED_AHEAD = 26n;

export interface AdmissionPorts {
  readonly ledger: Ledger;
  readonly contracts: Contracts;
  readonly accounts: Accounts;
}

/** The node's checks in the node's order; null if the transaction may enter the mempool. */
export async function findRejection(ports: AdmissionPorts, tx: SignedTransaction): Promise<Rejection | null> {
  return (
    findVersionFault(tx) ??
    findSignatureRejection(tx) ??
    findFeeFault(tx) ??
    findNonceFault(ports.ledger, tx) ??
    findTransferFault(tx) ??
    (await findFundsFault(ports.accounts, tx)) ??
    (await findContractFault(ports.contracts, tx))
  );
}

/** Checked again when the transaction enters the mempool, as a block may have come in between. */
export function findNonceFault(ledger: Ledger, { nonce, sender }: SignedTransaction): Rejection | null {
  const next = ledger.nonceOf(sender);
  const limit = next + MAX_CHAINED_AHEAD;
  const base = { actual: Number(nonce), principal: sender, is_origin: true };
  if (nonce < next) return makeRejection('BadNonce', { expected: Number(next), ...base });
  if (nonce <= limit) return null;
  const message = `Nonce would exceed chaining limit in mempool: expected at most ${limit}, got ${nonce}`;
  return makeRejection('TooMuchChaining', { message, expected: Number(limit), ...base });
}

function findVersionFault({ wire }: SignedTransaction): Rejection | null {
  const { transactionVersion, chainId } = STACKS_TESTNET;
  if (wire.transactionVersion === transactionVersion && wire.chainId === chainId) return null;
  return makeRejection('BadTransactionVersion');
}

function findSignatureRejection({ wire }: SignedTransaction): Rejection | null {
  const message = findSignatureFault(wire);
  return message === null ? null : makeRejection('SignatureValidation', { message });
}

function findFeeFault({ feeUstx, byteLength }: SignedTransaction): Rejection | null {
  // One microSTX per byte is the node's floor.
  if (feeUstx >= BigInt(byteLength)) return null;
  return makeRejection('FeeTooLow', { expected: byteLength, actual: Number(feeUstx) });
}

function findTransferFault({ action, sender }: SignedTransaction): Rejection | null {
  if (action.kind !== 'transfer') return null;
  const { recipient, amountUstx } = action;
  if (amountUstx <= 0n) return makeRejection('TransferAmountMustBePositive');
  if (recipient === sender) return makeRejection('TransferRecipientCannotEqualSender', { recipient });
  return /^S[TN]/.test(recipient) ? null : makeRejection('BadAddressVersionByte');
}

async function findFundsFault(accounts: Accounts, tx: SignedTransaction): Promise<Rejection | null> {
  const neededUstx = tx.feeUstx + (tx.action.kind === 'transfer' ? tx.action.amountUstx : 0n);
  const { balanceUstx, lockedUstx } = await accounts.get(tx.sender);
  const free = balanceUstx - lockedUstx;
  if (free >= neededUstx) return null;
  return makeRejection('NotEnoughFunds', { expected: hex128(neededUstx), actual: hex128(free) });
}

async function findContractFault(contracts: Contracts, tx: SignedTransaction): Promise<Rejection | null> {
  const { action, wire, sender } = tx;
  if (action.kind === 'deploy') {
    const contractId = `${sender}.${action.contractName}`;
    const exists = (await contracts.abi(contractId)) !== null;
    return exists ? makeRejection('ContractAlreadyExists', { contract_identifier: contractId }) : null;
  }
  if (action.kind !== 'call' || wire.payload.payloadType !== PayloadType.ContractCall) return null;
  const abi = await contracts.abi(action.contractId);
  if (abi === null) return makeRejection('NoSuchContract');
  const isPublic = abi.functions.some(
    ({ name, access }) => name === action.functionName && access === 'public',
  );
  if (!isPublic) return makeRejection('NoSuchPublicFunction');
  try {
    validateContractCall(wire.payload, abi);
    return null;
  } catch (error) {
    return makeRejection('BadFunctionArgument', { message: String(error) });
  }
}

function hex128(value: bigint): string {
  return `0x${value.toString(16).padStart(32, '0')}`;
}
