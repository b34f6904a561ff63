import type { Lease, Outcome } from '../flow.js';
import { describeError } from '../shared/errors.js';
import { FAILURE_CODES, type Handler, type HandlerContext, type Task } from './handler.js';

const MAX_RESULT_BYTES = 512;

/** Runs a handler to its end and makes a value of whatever happens. Never throws. */
export async function runAttempt(
  lease: Lease,
  handler: Handler | undefined,
  context: HandlerContext,
): Promise<Outcome> {
  const { typeName } = lease;
  if (handler === undefined || typeName === undefined) {
    return fail(lease, FAILURE_CODES.noHandler, `no handler for task type ${typeName ?? 'unknown'}`);
  }
  try {
    const result: unknown = await handler(makeTask(lease, typeName), context);
    return check(lease, result);
  } catch (error) {
    if (isTaskFailure(error)) return failAsAsked(lease, error);
    return fail(lease, FAILURE_CODES.threw, describeError(error));
  }
}

/** A failed outcome of this attempt. */
export function fail(lease: Lease, code: bigint, message: string, isRetryable = true): Outcome {
  const { taskId, attempt } = lease;
  return { kind: 'failed', taskId, attempt, code, isRetryable, message };
}

/** Also one of another copy of this package: handlers are modules of their own. */
function isTaskFailure(
  error: unknown,
): error is Error & { readonly code: unknown; readonly isRetryable: unknown } {
  return error instanceof Error && error.name === 'TaskFailure' && 'code' in error && 'isRetryable' in error;
}

const MAX_CODE = 2n ** 128n - 1n;

/** A code the chain cannot hold must not keep the failure from being told. */
function failAsAsked(
  lease: Lease,
  { code, isRetryable, message }: Error & { code: unknown; isRetryable: unknown },
) {
  const number = typeof code === 'number' && Number.isSafeInteger(code) ? BigInt(code) : code;
  const isCode = typeof number === 'bigint' && number >= 0n && number <= MAX_CODE;
  return isCode
    ? fail(lease, number, message, isRetryable !== false)
    : fail(lease, FAILURE_CODES.threw, `${message} (with the code ${String(code)})`, isRetryable !== false);
}

function makeTask(lease: Lease, type: string): Task {
  const { taskId: id, template, owner, rewardUstx, payload } = lease;
  return { id, type, template, owner, rewardUstx, payload };
}

/** Handlers are plain JavaScript: what they return is not always what their type says. */
function check(lease: Lease, result: unknown): Outcome {
  if (!(result instanceof Uint8Array)) {
    return fail(
      lease,
      FAILURE_CODES.badResult,
      `the handler returned ${typeof result}, expected a Uint8Array`,
      false,
    );
  }
  if (result.length > MAX_RESULT_BYTES) {
    const message = `the handler returned ${result.length} bytes, at most ${MAX_RESULT_BYTES} fit on chain`;
    return fail(lease, FAILURE_CODES.badResult, message, false);
  }
  return { kind: 'done', taskId: lease.taskId, attempt: lease.attempt, result };
}
