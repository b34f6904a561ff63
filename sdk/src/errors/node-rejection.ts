/** Why a node would not take a transaction (stacks-core, `MemPoolRejection`). */
export type NodeRejection =
  | { readonly reason: 'BadNonce'; readonly expected: bigint; readonly actual: bigint }
  | { readonly reason: 'TooMuchChaining'; readonly expected: bigint; readonly actual: bigint }
  | { readonly reason: 'FeeTooLow'; readonly expected: bigint; readonly actual: bigint }
  | { readonly reason: 'NotEnoughFunds'; readonly expected: bigint; readonly actual: bigint }
  | { readonly reason: 'ConflictingNonceInMempool' }
  | { readonly reason: 'Other'; readonly name: string; readonly message?: string | undefined };

/** Whether the same call may go through later or with another nonce or fee. */
export const isRejectionRetryable = (rejection: NodeRejection): boolean => {
  switch (rejection.reason) {
    case 'BadNonce':
    case 'TooMuchChaining':
    case 'FeeTooLow':
    case 'ConflictingNonceInMempool':
      return true;
    case 'NotEnoughFunds':
      return false;
    case 'Other':
      return rejection.name.startsWith('ServerFailure');
    default:
      return rejection satisfies never;
  }
};

export const describeRejection = (rejection: NodeRejection): string => {
  switch (rejection.reason) {
    case 'BadNonce':
      return `nonce ${rejection.actual} is used, the account's next is ${rejection.expected}; sign again with it`;
    case 'TooMuchChaining':
      return `nonce ${rejection.actual} is too far ahead, at most ${rejection.expected} is taken now; wait for a block`;
    case 'FeeTooLow':
      return `a fee of ${rejection.actual} uSTX is too low, it must be at least ${rejection.expected} uSTX`;
    case 'NotEnoughFunds':
      return `the account holds ${rejection.actual} uSTX and needs ${rejection.expected} uSTX`;
    case 'ConflictingNonceInMempool':
      return 'another transaction with this nonce waits and pays as much; raise the fee or take the next nonce';
    case 'Other':
      return rejection.message === undefined ? rejection.name : `${rejection.name}: ${rejection.message}`;
    default:
      return rejection satisfies never;
  }
};
