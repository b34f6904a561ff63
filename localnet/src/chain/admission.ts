import { STACKS_TESTNET } from '@stacks/network';
import { isTestnetPrincipal } from '../worker/principal.js';
import { findContractFault } from './contract-fault.js';
import type { Contracts } from './contracts.js';
import { type AccountReader, findFundsFault } from './funds-fault.js';
import type { Ledger } from './ledger.js';
import { findNonceFault } from './nonce-fault.js';
import { makeRejection, type Rejection } from './rejection.js';
import { findSignatureFault } from './signature.js';
import type { SignedTransaction } from './transaction.js';

export interface AdmissionPorts {
  readonly ledger: Ledger;
  readonly contracts: Contracts;
  readonly accounts: AccountReader;
}

/** The node's checks in the node's order; null if the transaction may enter the mempool. */
export async function findRejection(ports: AdmissionPorts, tx: SignedTransaction): Promise<Rejection | null> {
  return (
    findVersionFault(tx) ??
    findTransferFault(tx) ??
    findSignatureRejection(tx) ??
    findFeeFault(tx) ??
    findNonceFault(ports.ledger, tx) ??
    (await findFundsFault(ports.accounts, tx)) ??
    (await findContractFault(ports.contracts, tx))
  );
}

function findVersionFault({ wire }: SignedTransaction): Rejection | null {
  const isTestnet = wire.transactionVersion === STACKS_TESTNET.transactionVersion;
  return isTestnet ? null : makeRejection('BadTransactionVersion');
}

function findTransferFault({ action, sender }: SignedTransaction): Rejection | null {
  if (action.kind !== 'transfer') return null;
  const { recipient, amountUstx } = action;
  if (recipient === sender) return makeRejection('TransferRecipientCannotEqualSender', { recipient });
  if (amountUstx <= 0n) return makeRejection('TransferAmountMustBePositive');
  return isTestnetPrincipal(recipient) ? null : makeRejection('BadAddressVersionByte');
}

/** To the node, a chain id is part of what is signed: another one is a bad signature. */
function findSignatureRejection(tx: SignedTransaction): Rejection | null {
  const { chainId } = tx.wire;
  const expected = STACKS_TESTNET.chainId;
  const message =
    findSignatureFault(tx) ??
    (chainId === expected
      ? null
      : `Invalid tx ${tx.txid}: invalid chain ID ${chainId} (expected ${expected})`);
  return message === null ? null : makeRejection('SignatureValidation', { message });
}

function findFeeFault({ feeUstx, byteLength }: SignedTransaction): Rejection | null {
  // One microSTX per byte is the node's floor.
  if (feeUstx >= BigInt(byteLength)) return null;
  return makeRejection('FeeTooLow', { expected: byteLength, actual: Number(feeUstx) });
}
