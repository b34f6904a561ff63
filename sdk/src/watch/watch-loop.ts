import { isFacError } from '../errors/fac-error.js';
import { delay, waitAfter } from './poll.js';

export interface WatchLoopOptions {
  readonly pollMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each failure. Watching goes on after one that may be repeated, and ends after any other. */
  readonly onError: (error: unknown) => void;
}

/** Repeats a turn until it says it is done, or the returned function is called. */
export const startLoop = (
  turn: (signal: AbortSignal) => Promise<boolean>,
  options: WatchLoopOptions,
): (() => void) => {
  const controller = new AbortController();
  const signal =
    options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      let waitMs = options.pollMs;
      try {
        if (await turn(signal)) return;
      } catch (error) {
        if (signal.aborted) return;
        options.onError(error);
        if (!isFacError(error) || !error.isRetryable) return;
        waitMs = waitAfter(error, options.pollMs);
      }
      await delay(waitMs, signal).catch(() => undefined); // an abort: the loop's own condition ends it
    }
  };
  void run();
  return () => controller.abort();
};
