import { FacError, isFacError } from '../errors/fac-error.js';

export interface PollOptions {
  /** What is waited for, for the error. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** One look at the chain: the value waited for, or what was seen instead. */
export type Look<T> = { readonly found: T } | { readonly seen: string };

/**
 * Looks until the value is there. A failed look that may be repeated is repeated, no sooner than a rate limit asks.
 * Throws `TIMED_OUT_WAIT`, or the signal's reason.
 */
export const pollUntil = async <T>(look: () => Promise<Look<T>>, options: PollOptions): Promise<T> => {
  const { what, timeoutMs, pollMs, signal } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const { cause, waitMs, ...outcome } = await tryLook(look, pollMs);
    if ('found' in outcome) return outcome.found;
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) throw new FacError('TIMED_OUT_WAIT', { what, timeoutMs, last: outcome.seen }, { cause });
    await delay(Math.min(waitMs, leftMs), signal);
  }
};

type Tried<T> = Look<T> & { readonly cause?: unknown; readonly waitMs: number };

const tryLook = async <T>(look: () => Promise<Look<T>>, pollMs: number): Promise<Tried<T>> => {
  try {
    return { ...(await look()), waitMs: pollMs };
  } catch (cause) {
    if (!isFacError(cause) || !cause.isRetryable) throw cause;
    return { seen: cause.message, cause, waitMs: waitAfter(cause, pollMs) };
  }
};

/** How long to wait after a failure: a rate limit may ask for more than the usual. */
export const waitAfter = (error: unknown, pollMs: number): number =>
  isFacError(error, 'REJECTED_BY_RATE_LIMIT') ? Math.max(pollMs, error.context.retryAfterMs ?? 0) : pollMs;

/** Waits; an abort ends the wait with the signal's reason. */
export const delay = (ms: number, signal?: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
