import { makeUnsignedContractCall, serializePayload } from '@stacks/transactions';
import type { Ustx } from '../base/units.js';
import { makeUstx } from '../errors/make-units.js';
import type { RequestOptions, Transport } from '../transport/transport.js';
import type { PreparedCall } from './prepared-call.js';

/** What a transaction may cost. */
export interface FeePolicy {
  /** Least fee for each byte, in microSTX; a node takes nothing below 1. @default 1n */
  readonly ratePerByteUstx?: bigint | undefined;
  /** Most the node's estimate may raise the fee to, in microSTX. @default 500_000n */
  readonly capUstx?: bigint | undefined;
}

/** A call's size as a signed transaction of one key. */
export interface CallSize {
  readonly bytes: number;
  readonly payloadHex: string;
}

const DEFAULT_RATE_USTX = 1n;
/** Half an STX: far above an honest price of a call, and no harm when a node's estimate is absurd. */
const DEFAULT_CAP_USTX = 500_000n;
/** The curve's base point: any key gives the same size. */
const ANY_PUBLIC_KEY = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';

/** Measures a call without a signer. */
export const measureCall = async (call: PreparedCall): Promise<CallSize> => {
  const unsigned = await makeUnsignedContractCall({ ...call, publicKey: ANY_PUBLIC_KEY, fee: 0, nonce: 0 });
  return { bytes: unsigned.serialize().length / 2, payloadHex: serializePayload(unsigned.payload) };
};

/** `max(bytes × rate, min(estimate, cap))`, in microSTX. */
export const decideFee = (bytes: number, estimateUstx: bigint | null, policy: FeePolicy = {}): Ustx => {
  const { ratePerByteUstx = DEFAULT_RATE_USTX, capUstx = DEFAULT_CAP_USTX } = policy;
  const floor = BigInt(bytes) * ratePerByteUstx;
  const wanted = estimateUstx === null || estimateUstx < capUstx ? (estimateUstx ?? 0n) : capUstx;
  return makeUstx(wanted > floor ? wanted : floor);
};

/** Decides a call's fee by the node's estimate and the policy. */
export const estimateCallFee = async (
  transport: Pick<Transport, 'estimateFee'>,
  call: PreparedCall,
  policy?: FeePolicy,
  options?: RequestOptions,
): Promise<Ustx> => {
  const { bytes, payloadHex } = await measureCall(call);
  return decideFee(bytes, await transport.estimateFee(payloadHex, bytes, options), policy);
};
