import { ABIS, type FacContractName } from '../abi/contracts.js';
import type { BurnHeight, StacksHeight, UnixSeconds, Ustx } from '../base/units.js';
import { FacError } from '../errors/fac-error.js';
import type { MinedTransaction } from '../transport/transport.js';
import { findFunction, type PreparedCall } from './prepared-call.js';
import { decodeAnswer } from './read-call.js';

/** A call that was mined and did what it says. */
export interface Receipt<Ok = unknown> {
  readonly txid: string;
  /** What the function answered. */
  readonly value: Ok;
  readonly stacksHeight: StacksHeight;
  /** Hash of its block, hex. */
  readonly blockHash: string;
  readonly burnHeight: BurnHeight;
  readonly blockTime: UnixSeconds;
  readonly feeUstx: Ustx;
  readonly nonce: bigint;
}

/** Reads what a mined call answered; one that was undone is thrown as `REJECTED_…`. */
export const makeReceipt = <Ok>(call: PreparedCall<Ok>, mined: MinedTransaction): Receipt<Ok> => {
  const { txid, stacksHeight, blockHash, burnHeight, blockTime, feeUstx, nonce } = mined;
  return {
    txid,
    // The ABI that gave the call its type decodes its answer.
    value: decodeMined(call, mined) as Ok,
    stacksHeight,
    blockHash,
    burnHeight,
    blockTime,
    feeUstx,
    nonce,
  };
};

const decodeMined = (call: PreparedCall, mined: MinedTransaction): unknown => {
  const source = `${call.contractName}.${call.functionName}`;
  const { txid, status, result, vmError } = mined;
  if (status === 'abort_by_post_condition') {
    throw new FacError('REJECTED_POST_CONDITION', { txid, function: source });
  }
  const hasCode = result.type === 'err' && result.value.type === 'uint';
  if (status === 'abort_by_response' && !hasCode) {
    throw new FacError('REJECTED_RUNTIME', {
      txid,
      function: source,
      detail: vmError ?? 'the node does not say which',
    });
  }
  const { outputs } = findFunction(abiOf(call.contractName), call.functionName);
  return decodeAnswer(outputs.type, result, source, txid);
};

const abiOf = (name: string) => {
  if (isOurContract(name)) return ABIS[name];
  throw new TypeError(`${name} is not a contract of this SDK`);
};

const isOurContract = (name: string): name is FacContractName => name in ABIS;
