import type { Log } from '../shared/log.js';

/** The task as its handler sees it. */
export interface Task {
  readonly id: bigint;
  readonly type: string;
  readonly template: bigint;
  /** Who enqueued and paid for it. */
  readonly owner: string;
  /** What this attempt pays. */
  readonly rewardUstx: bigint;
  /** Up to 1,024 bytes, public on chain. Of a task that waited for a topic: what was published. */
  readonly payload: Uint8Array;
}

/** What a handler may use while it runs. */
export interface HandlerContext {
  /** Ends when the owner cancels, the lease is lost, time is up or the keeper stops. Pass it on to what you call. */
  readonly signal: AbortSignal;
  /** Log lines that carry the task's id and attempt. */
  readonly log: Log;
  /** 1 for the first try. The same attempt runs again when the keeper died in the middle of it. */
  readonly attempt: bigint;
  /** Asks for more time, and shows up to 32 bytes of progress on chain; sent with the next tick. */
  heartbeat(progress?: Uint8Array): void;
}

/**
 * Does one task. Returns the result, up to 512 bytes, public on chain. Throwing fails the attempt: retryable,
 * unless a `TaskFailure` says otherwise. It may run twice for one attempt, so make its effects idempotent.
 */
export type Handler = (task: Task, context: HandlerContext) => Promise<Uint8Array>;

/** Handlers by the name of the task type. */
export type Handlers = Readonly<Record<string, Handler>>;

/** The codes the keeper itself fails attempts with; a handler's own codes should start at 100. */
export const FAILURE_CODES = {
  threw: 1n,
  timedOut: 2n,
  noHandler: 3n,
  stopAsked: 4n,
  badResult: 5n,
} as const;

export interface TaskFailureOptions {
  /** Stays readable on chain. @default 1 */
  readonly code?: bigint | undefined;
  /** Whether another attempt may succeed. @default true */
  readonly isRetryable?: boolean | undefined;
  readonly cause?: unknown;
}

/** Thrown by a handler to choose the code on chain and whether the task is tried again. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure';
  readonly code: bigint;
  readonly isRetryable: boolean;

  constructor(
    message: string,
    { code = FAILURE_CODES.threw, isRetryable = true, cause }: TaskFailureOptions = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.isRetryable = isRetryable;
  }
}
