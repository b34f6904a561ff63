import { FacError } from '../errors/fac-error.js';
import type { Transport } from '../transport/transport.js';
import { estimateCallFee, type FeePolicy } from '../tx/fee-policy.js';
import type { PreparedCall } from '../tx/prepared-call.js';
import { createNoncePicker } from './nonce-picker.js';
import type { SignedTransaction, Signer } from './signer.js';

/** What a caller may set for one transaction. */
export interface SubmitOptions {
  /** @default the account's next by the node's view of its mempool */
  readonly nonce?: bigint | undefined;
  /** In microSTX. @default by the client's fee policy */
  readonly feeUstx?: bigint | undefined;
  /** Ends waiting for the node; what was sent stays sent. */
  readonly signal?: AbortSignal | undefined;
}

/** A call that a node has taken into its mempool, not yet mined. */
export interface Submission<Ok = unknown> extends SignedTransaction {
  readonly call: PreparedCall<Ok>;
}

/** Signs and sends, without waiting for a block. Throws `REJECTED_BY_NODE`. Never repeats a try. */
export type Submit = <Ok>(call: PreparedCall<Ok>, options?: SubmitOptions) => Promise<Submission<Ok>>;

type SubmitTransport = Pick<
  Transport,
  'estimateFee' | 'fetchNonces' | 'fetchTransaction' | 'broadcastTransaction'
>;

/** One signer's way to the chain. Its calls take their nonces one after the other. */
export const createSubmit = (transport: SubmitTransport, signer: Signer, fees?: FeePolicy): Submit => {
  const nonces = createNoncePicker(transport, signer.address);
  let turn: Promise<unknown> = Promise.resolve();

  const submitNow = async <Ok>(call: PreparedCall<Ok>, options: SubmitOptions): Promise<Submission<Ok>> => {
    options.signal?.throwIfAborted();
    const feeUstx = options.feeUstx ?? (await estimateCallFee(transport, call, fees, options));
    const nonce = options.nonce ?? (await nonces.pick(options));
    const signed = await signer.sign(call, { nonce, feeUstx });
    await nonces.track(nonce, signed.txid, () => transport.broadcastTransaction(signed.raw, options));
    return { ...signed, call };
  };

  return (call, options = {}) => {
    const mine = turn.then(() => submitNow(call, options));
    turn = mine.catch(() => undefined); // a failure is its caller's; the next in line goes on
    return mine;
  };
};

/** The way to the chain of a client without a signer: it says what is missing. */
export const refuseSubmit: Submit = (call) =>
  Promise.reject(new FacError('EXPECTED_SIGNER', { function: `${call.contractName}.${call.functionName}` }));
