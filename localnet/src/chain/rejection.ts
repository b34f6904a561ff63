/** The node's reasons for refusing a transaction, as far as this node gives them. */
export type RejectionReason =
  | 'SignatureValidation'
  | 'BadTransactionVersion'
  | 'FeeTooLow'
  | 'BadNonce'
  | 'TooMuchChaining'
  | 'NotEnoughFunds'
  | 'ConflictingNonceInMempool'
  | 'TransferAmountMustBePositive'
  | 'TransferRecipientCannotEqualSender'
  | 'BadAddressVersionByte'
  | 'NoSuchContract'
  | 'NoSuchPublicFunction'
  | 'BadFunctionArgument'
  | 'ContractAlreadyExists'
  | 'NoCoinbaseViaMempool'
  | 'NoTenureChangeViaMempool'
  | 'ServerFailureOther';

/** Why a transaction was not admitted; `data` is the node's `reason_data`. */
export interface Rejection {
  readonly reason: RejectionReason;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export function makeRejection(reason: RejectionReason, data?: Rejection['data']): Rejection {
  return { reason, data };
}
