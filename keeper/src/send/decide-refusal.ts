import type { NodeRejection } from '@fac/sdk';

interface Offered {
  readonly nonce: bigint;
  readonly feeUstx: bigint;
  readonly feeCapUstx: bigint;
}

/** What to do about a fresh transaction that a node refused. Nothing refused has used up its nonce. */
export type AfterRefusal = {
  readonly reason: string;
  /** The nonce is used by a transaction that is not ours. */
  readonly isForeign: boolean;
} & (
  | { readonly kind: 'other-nonce'; readonly fromNonce: bigint }
  | { readonly kind: 'other-fee'; readonly feeUstx: bigint }
  | { readonly kind: 'skip' }
  | { readonly kind: 'stop' }
);

export function decideRefusal(
  rejection: NodeRejection,
  { nonce, feeUstx, feeCapUstx }: Offered,
): AfterRefusal {
  const { reason } = rejection;
  switch (reason) {
    case 'BadNonce':
      return { kind: 'other-nonce', fromNonce: rejection.expected, reason, isForeign: true };
    case 'ConflictingNonceInMempool':
      return { kind: 'other-nonce', fromNonce: nonce + 1n, reason, isForeign: true };
    case 'FeeTooLow': {
      const isPayable = rejection.expected > feeUstx && rejection.expected <= feeCapUstx;
      return isPayable
        ? { kind: 'other-fee', feeUstx: rejection.expected, reason, isForeign: false }
        : { kind: 'skip', reason, isForeign: false };
    }
    case 'TooMuchChaining':
    case 'NotEnoughFunds':
      return { kind: 'stop', reason, isForeign: false };
    case 'Other':
      return { kind: 'skip', reason: rejection.name, isForeign: false };
    default:
      return rejection satisfies never;
  }
}
