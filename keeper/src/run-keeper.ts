import { isFacError } from '@fac/sdk';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Keeper, Tick } from './keeper.js';
import { describeError, isKeeperError } from './shared/errors.js';
import type { Log } from './shared/log.js';

export interface RunKeeperOptions {
  readonly keeper: Keeper;
  /** Ends the run: nothing new is taken, what runs is finished and settled. */
  readonly signal: AbortSignal;
  /** Time between two ticks, in milliseconds, give or take a quarter. */
  readonly tickMs: number;
  /** How long the end waits for handlers and their settlement, in milliseconds. */
  readonly graceMs: number;
  /** Waits until a time has passed, the signal is aborted, or there is something to do. */
  readonly nap: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** Longest wait between two tries of a node that does not answer. */
const MAX_RETRY_MS = 15_000;

/** Ticks until the signal, then until everything in hand is settled or the grace is over. */
export async function runKeeper(options: RunKeeperOptions): Promise<void> {
  const { keeper, signal, tickMs, graceMs, nap, log, random } = options;
  const pause = () => tickMs * (0.75 + 0.5 * random());
  let last: Tick | undefined;
  try {
    while (!signal.aborted) {
      last = (await withNode(() => keeper.tick(), { signal, log, firstRetryMs: tickMs })) ?? last;
      if (!signal.aborted) await nap(pause(), signal);
    }
    log.info('stopping', { graceMs });
    if (last !== undefined && !isSettled(last)) await settleAll(options, AbortSignal.timeout(graceMs));
  } finally {
    keeper.close();
  }
}

async function settleAll({ keeper, tickMs, nap, log }: RunKeeperOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const tick = await withNode(() => keeper.tick(true), { signal, log, firstRetryMs: tickMs });
    if (tick === undefined || isSettled(tick)) return;
    await nap(tickMs, signal);
  }
  log.warn('grace-over', {
    meaning: 'the leases that are left run out by themselves; a restart goes on with them',
  });
}

/** Nothing runs, nothing waits for its settlement, and nothing is under way. */
function isSettled({ snapshot: { hands, account }, plan }: Tick): boolean {
  return [hands.running, hands.outcomes, account.inFlight, plan.send, plan.mends, plan.run].every(
    ({ length }) => length === 0,
  );
}

export interface WithNodeOptions {
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly firstRetryMs: number;
}

/**
 * Does something with the node, again and again while the node fails us; undefined when the signal ends it.
 * What the keeper itself refuses, and bugs, are thrown.
 */
export async function withNode<T>(work: () => Promise<T>, options: WithNodeOptions): Promise<T | undefined> {
  const { signal, log, firstRetryMs } = options;
  const backoff = new ExponentialBackoff({ initialDelay: firstRetryMs, maxDelay: MAX_RETRY_MS });
  const policy = retry(handleWhen(isNodeFailure), { backoff, maxAttempts: Number.POSITIVE_INFINITY });
  policy.onRetry((event) => {
    const error = 'error' in event ? event.error : undefined;
    log.warn('node-failed', {
      code: codeOf(error),
      error: describeError(error),
      retryMs: Math.round(event.delay),
    });
  });
  try {
    return await policy.execute(work, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function isNodeFailure(error: Error): boolean {
  return isFacError(error) && !isKeeperError(error);
}

function codeOf(error: unknown): string {
  return isFacError(error) ? error.code : 'UNKNOWN';
}
