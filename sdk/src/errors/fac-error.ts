import type { ContractError, FacErrorCode, FacErrorContexts } from './error-contexts.js';
import { ERROR_TEXTS } from './error-texts.js';
import { isRejectionRetryable } from './node-rejection.js';

/** Everything the SDK throws, but for an `AbortSignal`'s own reason. Tell errors apart by `code`. */
export class FacError<C extends FacErrorCode = FacErrorCode> extends Error {
  override readonly name = 'FacError';
  readonly code: C;
  readonly context: FacErrorContexts[C];
  /** Whether the same call may succeed when it is made again. */
  readonly isRetryable: boolean;

  constructor(code: C, context: FacErrorContexts[C], options?: ErrorOptions) {
    super(ERROR_TEXTS[code](context), options);
    this.code = code;
    this.context = context;
    this.isRetryable = decideRetryable(this as FacError); // widening to the default code, which TS does not infer inside the class
  }

  /** The contract's refusal, when `code` is `REJECTED_BY_CONTRACT`. */
  get contractError(): ContractError | undefined {
    return isFacError(this, 'REJECTED_BY_CONTRACT') ? this.context : undefined;
  }
}

/** Whether an error is ours, and, with a code, that one. */
export const isFacError = <C extends FacErrorCode = FacErrorCode>(
  error: unknown,
  code?: C | undefined,
): error is FacError<C> => error instanceof FacError && (code === undefined || error.code === code);

const RETRYABLE_CODES: ReadonlySet<FacErrorCode> = new Set([
  'REJECTED_BY_RATE_LIMIT',
  'REJECTED_CONNECTION',
  'REJECTED_TRANSACTION',
  'INVALID_RESPONSE',
  'TIMED_OUT_REQUEST',
  'TIMED_OUT_WAIT',
]);

const decideRetryable = (error: FacError): boolean => {
  if (isFacError(error, 'REJECTED_BY_NODE')) return isRejectionRetryable(error.context.rejection);
  if (isFacError(error, 'REJECTED_REQUEST')) return error.context.status >= 500;
  return RETRYABLE_CODES.has(error.code);
};
