import {
  AuthType,
  addressToString,
  ClarityVersion,
  cvToHex,
  getFee,
  PayloadType,
  PostConditionMode,
  type PostConditionWire,
  type StacksTransactionWire,
} from '@stacks/transactions';
import { clarityText } from '../worker/clarity-text.js';
import { assertClarityName, assertContractName, assertPrincipal } from '../worker/principal.js';
import type { PostCondition, RunnableTransaction, TransactionAction } from '../worker/protocol.js';
import { MEMO_HEX_LENGTH, type RawTransaction, readTransaction } from './raw-transaction.js';
import { makeRejection, type Rejection } from './rejection.js';
import { addressOf, assertComplete } from './spending-condition.js';
import { conditionOf } from './wire-condition.js';

/** A signed transaction as the chain uses it. Amounts in microSTX; `txid` without 0x. */
export interface SignedTransaction extends RunnableTransaction {
  readonly hex: string;
  readonly byteLength: number;
  readonly nonce: bigint;
  /** Who pays instead of the sender, by a nonce of its own. */
  readonly sponsor?: AccountNonce | undefined;
  readonly wire: StacksTransactionWire;
}

/** A transaction's place in the order of one account. */
export interface AccountNonce {
  readonly address: string;
  readonly nonce: bigint;
}

/** The nonces that a transaction uses up; two waiting transactions never share one. */
export function noncesOf({ sender, nonce, sponsor }: SignedTransaction): readonly AccountNonce[] {
  const origin = { address: sender, nonce };
  return sponsor === undefined || sponsor.address === sender ? [origin] : [origin, sponsor];
}

/** A well-formed transaction that no mempool takes, or that this node does not serve. */
export class RefusedTransaction extends Error {
  override readonly name = 'RefusedTransaction';

  constructor(
    readonly txid: string,
    readonly rejection: Rejection,
  ) {
    super(rejection.reason);
  }
}

/** Reads a raw transaction; throws on bytes that are no transaction, and `RefusedTransaction`. */
export function decodeTransaction(hex: string): SignedTransaction {
  const raw = readTransaction(hex);
  const { auth, postConditionMode } = raw.wire;
  assertComplete(auth.spendingCondition);
  const sender = addressOf(auth.spendingCondition);
  const sponsor = sponsorOf(auth);
  return {
    txid: raw.txid,
    hex: raw.hex,
    byteLength: raw.hex.length / 2,
    sender,
    nonce: BigInt(auth.spendingCondition.nonce),
    sponsor,
    payer: sponsor?.address ?? sender,
    feeUstx: BigInt(getFee(auth)),
    action: actionOf(raw),
    mode: MODES[postConditionMode],
    conditions: conditionsOf(raw, sender),
    wire: raw.wire,
  };
}

const MODES = {
  [PostConditionMode.Allow]: 'allow',
  [PostConditionMode.Deny]: 'deny',
  [PostConditionMode.Originator]: 'originator',
} as const;

function sponsorOf(auth: StacksTransactionWire['auth']): AccountNonce | undefined {
  if (auth.authType !== AuthType.Sponsored) return undefined;
  assertComplete(auth.sponsorSpendingCondition);
  return {
    address: addressOf(auth.sponsorSpendingCondition),
    nonce: BigInt(auth.sponsorSpendingCondition.nonce),
  };
}

function conditionsOf({ wire, txid }: RawTransaction, sender: string): PostCondition[] {
  return wire.postConditions.values.map((wireCondition) => {
    // A transaction's list of post-conditions holds nothing else; the wire type is that of any list.
    const condition = conditionOf(wireCondition as PostConditionWire, sender);
    if (condition !== null) return condition;
    throw refuse(txid, 'UnservedPostCondition: post-conditions on staking are not served by this node');
  });
}

/** The Clarity version of a deployment that names none. */
const DEFAULT_CLARITY_VERSION = ClarityVersion.Clarity6;

function actionOf({ wire, hex, txid }: RawTransaction): TransactionAction {
  const { payload } = wire;
  switch (payload.payloadType) {
    case PayloadType.ContractCall:
      assertContractName(payload.contractName.content);
      assertClarityName(payload.functionName.content);
      // Refuses values with impossible names here, as the node does while it reads the bytes.
      for (const argument of payload.functionArgs) clarityText(argument);
      return {
        kind: 'call',
        contractId: `${addressToString(payload.contractAddress)}.${payload.contractName.content}`,
        functionName: payload.functionName.content,
        argumentHexes: payload.functionArgs.map((argument) => cvToHex(argument)),
      };
    case PayloadType.TokenTransfer:
      assertPrincipal(payload.recipient.value);
      return {
        kind: 'transfer',
        recipient: payload.recipient.value,
        amountUstx: payload.amount,
        memoHex: hex.slice(-MEMO_HEX_LENGTH).replace(/(00)+$/, ''),
      };
    case PayloadType.SmartContract:
    case PayloadType.VersionedSmartContract:
      assertContractName(payload.contractName.content);
      assertSourceText(payload.codeBody.content);
      return {
        kind: 'deploy',
        contractName: payload.contractName.content,
        source: payload.codeBody.content,
        clarityVersion: 'clarityVersion' in payload ? payload.clarityVersion : DEFAULT_CLARITY_VERSION,
      };
    case PayloadType.Coinbase:
    case PayloadType.CoinbaseToAltRecipient:
    case PayloadType.NakamotoCoinbase:
      throw new RefusedTransaction(txid, makeRejection('NoCoinbaseViaMempool'));
    case PayloadType.TenureChange:
      throw new RefusedTransaction(txid, makeRejection('NoTenureChangeViaMempool'));
    case PayloadType.PoisonMicroblock:
      throw refuse(txid, 'PoisonMicroblock transactions not accepted via mempool');
  }
}

function assertSourceText(source: string): void {
  if (/^[\t\n -~]*$/.test(source)) return;
  throw new Error('Invalid Stacks string: non-printable or non-ASCII string');
}

function refuse(txid: string, message: string): RefusedTransaction {
  return new RefusedTransaction(txid, makeRejection('ServerFailureOther', { message }));
}
