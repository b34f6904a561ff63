import {
  AddressHashMode,
  AddressVersion,
  AuthType,
  addressFromVersionHash,
  addressToString,
  ClarityVersion,
  cvToHex,
  deserializeTransaction,
  FungibleConditionCode,
  isSingleSig,
  PayloadType,
  PostConditionMode,
  PostConditionPrincipalId,
  type PostConditionPrincipalWire,
  PostConditionType,
  type PostConditionWire,
  type StacksTransactionWire,
} from '@stacks/transactions';
import { clarityText } from '../worker/clarity-text.js';
import { assertContractName, assertPrincipal } from '../worker/principal.js';
import type {
  RunnableTransaction,
  SpendComparison,
  StxCondition,
  TransactionAction,
} from '../worker/protocol.js';

/** A signed transaction as the chain uses it. Amounts in microSTX; `txid` without 0x. */
export interface SignedTransaction extends RunnableTransaction {
  readonly hex: string;
  readonly byteLength: number;
  readonly nonce: bigint;
  readonly wire: StacksTransactionWire;
}

/** A transaction this node does not serve, though a real one would. */
export class UnservedTransaction extends Error {
  override readonly name = 'UnservedTransaction';

  constructor(
    readonly txid: string,
    message: string,
  ) {
    super(`${message} by this node yet`);
  }
}

/** The Clarity version of a deployment that names none. */
const DEFAULT_CLARITY_VERSION = ClarityVersion.Clarity6;

/** Reads a raw transaction; throws on bytes that are no transaction, and `UnservedTransaction` by name. */
export function decodeTransaction(hex: string): SignedTransaction {
  const wire = deserializeTransaction(hex);
  if (wire.serialize() !== hex) throw new Error('bytes remain after the transaction');
  const txid = wire.txid();
  const { spendingCondition } = wire.auth;
  if (wire.auth.authType !== AuthType.Standard) {
    throw new UnservedTransaction(txid, 'SponsoredTransaction: sponsored transactions are not served');
  }
  if (!isSingleSig(spendingCondition) || spendingCondition.hashMode !== AddressHashMode.P2PKH) {
    throw new UnservedTransaction(
      txid,
      'MultisigTransaction: only single-signature (P2PKH) senders are served',
    );
  }
  const sender = addressToString(
    addressFromVersionHash(AddressVersion.TestnetSingleSig, spendingCondition.signer),
  );
  return {
    txid,
    hex,
    byteLength: hex.length / 2,
    sender,
    payer: sender,
    nonce: BigInt(spendingCondition.nonce),
    feeUstx: BigInt(spendingCondition.fee),
    action: actionOf(wire, hex),
    mode: MODES[wire.postConditionMode],
    conditions: wire.postConditions.values.map((wireCondition) =>
      // A transaction's list of post-conditions holds nothing else; the wire type is that of any list.
      conditionOf(wireCondition as PostConditionWire, sender, txid),
    ),
    wire,
  };
}

const MODES = {
  [PostConditionMode.Allow]: 'allow',
  [PostConditionMode.Deny]: 'deny',
  [PostConditionMode.Originator]: 'originator',
} as const;

function actionOf(wire: StacksTransactionWire, hex: string): TransactionAction {
  const { payload } = wire;
  switch (payload.payloadType) {
    case PayloadType.ContractCall:
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
        // The memo is the last field, 34 bytes padded with zeros; decoded as text it would lose bytes.
        memoHex: hex.slice(-MEMO_HEX_LENGTH).replace(/(00)+$/, ''),
      };
    case PayloadType.SmartContract:
    case PayloadType.VersionedSmartContract:
      assertContractName(payload.contractName.content);
      return {
        kind: 'deploy',
        contractName: payload.contractName.content,
        source: payload.codeBody.content,
        clarityVersion: 'clarityVersion' in payload ? payload.clarityVersion : DEFAULT_CLARITY_VERSION,
      };
    default:
      throw new UnservedTransaction(
        wire.txid(),
        `MinerPayload: payload type ${payload.payloadType} is not served`,
      );
  }
}

const MEMO_HEX_LENGTH = 68;

const COMPARISONS: Record<FungibleConditionCode, SpendComparison> = {
  [FungibleConditionCode.Equal]: 'eq',
  [FungibleConditionCode.Greater]: 'gt',
  [FungibleConditionCode.GreaterEqual]: 'gte',
  [FungibleConditionCode.Less]: 'lt',
  [FungibleConditionCode.LessEqual]: 'lte',
};

function conditionOf(wire: PostConditionWire, sender: string, txid: string): StxCondition {
  if (wire.conditionType !== PostConditionType.STX) {
    const name = PostConditionType[wire.conditionType];
    throw new UnservedTransaction(txid, `${name}PostCondition: only STX post-conditions are served`);
  }
  return {
    kind: 'stx',
    principal: principalOf(wire.principal, sender),
    comparison: COMPARISONS[wire.conditionCode],
    amountUstx: wire.amount,
  };
}

function principalOf(wire: PostConditionPrincipalWire, sender: string): string {
  switch (wire.prefix) {
    case PostConditionPrincipalId.Origin:
      return sender;
    case PostConditionPrincipalId.Standard:
      return addressToString(wire.address);
    case PostConditionPrincipalId.Contract:
      return `${addressToString(wire.address)}.${wire.contractName.content}`;
  }
}
