import { type AbortReason, attemptKey, type Hands, type Lease, type Outcome, type Plan } from '../flow.js';
import type { Log } from '../shared/log.js';
import { FAILURE_CODES, type Handlers } from './handler.js';
import { fail, runAttempt } from './run-attempt.js';

export interface ExecutorOptions {
  readonly handlers: Handlers;
  /** An attempt is failed, retryable, when its handler takes longer. Milliseconds. */
  readonly attemptTimeoutMs: number;
  readonly log: Log;
  /** An attempt has ended: a good moment for the next tick. */
  readonly onOutcome: () => void;
}

/** Runs attempts in this process and keeps how they ended until the chain no longer waits for it. */
export interface Executor {
  hands(): Hands;
  /** Does the plan's part: forgets, aborts, runs. A heartbeat that is being sent takes its progress along. */
  apply(plan: Pick<Plan, 'run' | 'abort' | 'forget' | 'send'>): void;
  /** Aborts what still runs; its tasks stay leased until the lease ends. */
  close(): void;
}

interface Attempt {
  readonly lease: Lease;
  readonly controller: AbortController;
  progress: Uint8Array | undefined;
  /** Set when the attempt is decided, perhaps before a handler that ignores its signal returns. */
  outcome: Outcome | undefined;
  /** The handler has not returned: it counts against the concurrency, also when nobody waits for it. */
  isRunning: boolean;
  isAborted: boolean;
}

const HUNG_AFTER_MS = 10_000;
const MAX_PROGRESS_BYTES = 32;

export function createExecutor({ handlers, attemptTimeoutMs, log, onOutcome }: ExecutorOptions): Executor {
  const attempts = new Map<string, Attempt>();

  const start = (lease: Lease): void => {
    const key = attemptKey(lease);
    if (attempts.has(key)) return;
    const attempt: Attempt = {
      lease,
      controller: new AbortController(),
      progress: undefined,
      outcome: undefined,
      isRunning: true,
      isAborted: false,
    };
    attempts.set(key, attempt);
    void supervise(attempt, key);
  };

  const supervise = async (attempt: Attempt, key: string): Promise<void> => {
    const { lease, controller } = attempt;
    const { taskId, attempt: number, typeName } = lease;
    const taskLog = log.child({ taskId, attempt: number, taskType: typeName });
    const handler =
      typeName !== undefined && Object.hasOwn(handlers, typeName) ? handlers[typeName] : undefined;
    if (handler === undefined) taskLog.error('no-handler', { template: lease.template });
    const timer = setTimeout(() => {
      decide(attempt, fail(lease, FAILURE_CODES.timedOut, `no result within ${attemptTimeoutMs} ms`));
      controller.abort(new Error('timed out'));
      watchHung(attempt, taskLog);
    }, attemptTimeoutMs);
    taskLog.info('running');
    const outcome = await runAttempt(lease, handler, {
      signal: controller.signal,
      log: taskLog,
      attempt: number,
      heartbeat: (progress = new Uint8Array(0)) => {
        if (!(progress instanceof Uint8Array)) throw new TypeError('progress must be a Uint8Array');
        attempt.progress = progress.slice(0, MAX_PROGRESS_BYTES);
      },
    });
    clearTimeout(timer);
    attempt.isRunning = false;
    decide(attempt, outcome);
    if (attempt.isAborted && attempt.outcome === undefined) attempts.delete(key);
    onOutcome();
  };

  const decide = (attempt: Attempt, outcome: Outcome): void => {
    if (attempt.outcome !== undefined || isLost(attempt)) return;
    attempt.outcome = outcome;
    const { taskId, attempt: number, kind } = outcome;
    const why = outcome.kind === 'failed' ? { code: outcome.code, message: outcome.message } : {};
    log.info('ran', { taskId, attempt: number, outcome: kind, ...why });
    onOutcome();
  };

  const abort = (key: string, reason: AbortReason): void => {
    const attempt = attempts.get(key);
    if (attempt === undefined || attempt.isAborted) return;
    const { lease } = attempt;
    log.warn('aborting', { taskId: lease.taskId, attempt: lease.attempt, reason });
    if (reason === 'stop-asked') {
      decide(attempt, fail(lease, FAILURE_CODES.stopAsked, 'the owner asked to stop', false));
    }
    attempt.isAborted = true;
    attempt.controller.abort(new Error(reason));
    watchHung(attempt, log);
  };

  const forget = (key: string): void => {
    const attempt = attempts.get(key);
    if (attempt === undefined) return;
    if (attempt.isRunning) {
      attempt.outcome = undefined;
      attempt.isAborted = true;
    } else attempts.delete(key);
  };

  return {
    hands: () => makeHands([...attempts.values()]),
    apply: (plan) => {
      for (const ended of plan.forget) forget(attemptKey(ended));
      for (const { reason, ...ended } of plan.abort) abort(attemptKey(ended), reason);
      for (const intent of plan.send)
        if (intent.kind === 'heartbeat') clearProgress(attempts.get(attemptKey(intent)));
      for (const lease of plan.run) start(lease);
    },
    close: () => {
      for (const { controller, isRunning } of attempts.values()) {
        if (isRunning) controller.abort(new Error('the keeper stops'));
      }
    },
  };
}

function clearProgress(attempt: Attempt | undefined): void {
  if (attempt !== undefined) attempt.progress = undefined;
}

/** Aborted without an outcome: whatever the handler still says, nobody waits for it. */
function isLost(attempt: Attempt): boolean {
  return attempt.isAborted && attempt.outcome === undefined;
}

function makeHands(attempts: readonly Attempt[]): Hands {
  return {
    running: attempts
      .filter(({ isRunning }) => isRunning)
      .map(({ lease, isAborted, progress }) => ({
        taskId: lease.taskId,
        attempt: lease.attempt,
        isAborted,
        progress,
      })),
    outcomes: attempts.flatMap(({ outcome }) => (outcome === undefined ? [] : [outcome])),
  };
}

/** Code in this process cannot be killed; say that it holds a slot. */
function watchHung(attempt: Attempt, log: Log): void {
  const { taskId, attempt: number } = attempt.lease;
  const timer = setTimeout(() => {
    if (attempt.isRunning) log.error('handler-hung', { taskId, attempt: number });
  }, HUNG_AFTER_MS);
  timer.unref();
}
