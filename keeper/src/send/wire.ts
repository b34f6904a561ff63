import type { NodeRejection } from '@fac/sdk';
import type { Intent } from '../flow.js';

/** A signed transaction; its id is known before anyone has seen it. */
export interface SignedIntent {
  readonly txid: string;
  readonly raw: Uint8Array;
}

/** How a node answered a transaction. `unreachable`: it may or may not have it. */
export type BroadcastAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly rejection: NodeRejection }
  | { readonly kind: 'unreachable'; readonly error: unknown };

/** One account's way to the node: what the sender needs of it. */
export interface Wire {
  readonly address: string;
  /** The fee to offer, in microSTX; never fails for want of an estimate. */
  decideFee(intent: Intent): Promise<bigint>;
  sign(intent: Intent, nonce: bigint, feeUstx: bigint): Promise<SignedIntent>;
  broadcast(raw: Uint8Array): Promise<BroadcastAnswer>;
  /** The first nonce the node's mempool view leaves free; the chain's own when it has no such view. */
  fetchFreeNonce(): Promise<bigint>;
}
