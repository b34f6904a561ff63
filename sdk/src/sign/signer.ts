import type { PreparedCall } from '../tx/prepared-call.js';

/** The nonce and the fee of one transaction. */
export interface SigningTerms {
  readonly nonce: bigint;
  /** In microSTX. */
  readonly feeUstx: bigint;
}

/** A transaction ready to be sent. Its txid is known before anyone has seen it. */
export interface SignedTransaction extends SigningTerms {
  /** 64 hex digits. */
  readonly txid: string;
  readonly raw: Uint8Array;
  readonly rawHex: string;
}

/** Signs calls for one account. */
export interface Signer {
  readonly address: string;
  sign(call: PreparedCall, terms: SigningTerms): Promise<SignedTransaction>;
}
