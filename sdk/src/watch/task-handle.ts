import { isFinalStatus, type Status } from '../base/status.js';
import type { StacksHeight, TaskId, Ustx } from '../base/units.js';
import { FacError } from '../errors/fac-error.js';
import type { QueueReads } from '../queue/read.js';
import type { EndedState, TaskState } from '../queue/types.js';
import type { CallOptions, WaitOptions } from '../sign/call-methods.js';
import type { RequestOptions } from '../transport/transport.js';
import type { Receipt } from '../tx/receipt.js';
import { type Look, pollUntil } from './poll.js';
import { startLoop } from './watch-loop.js';

/** How a task succeeded. */
export interface TaskResult {
  readonly status: 'succeeded';
  readonly id: TaskId;
  /** At most 512 bytes. */
  readonly result: Uint8Array;
  readonly attempts: bigint;
  readonly worker: string;
  /** For its last step. */
  readonly paidUstx: Ustx;
  readonly ended: StacksHeight;
}

/** How far a task is. */
export interface TaskProgress {
  readonly status: Status;
  readonly attempts: bigint;
  readonly maxAttempts: bigint;
  /** Of the last attempt. */
  readonly worker: string | null;
  /** From this height on a running attempt's lease may be reclaimed. */
  readonly until: StacksHeight;
  readonly isFinal: boolean;
}

export interface WatchTaskOptions {
  /** Told of the first state seen, and of each new one. The last is final. */
  readonly onChange: (state: TaskState) => void;
  /** Told of each failure. Watching goes on after one that may be repeated, and ends after any other. */
  readonly onError: (error: unknown) => void;
  readonly signal?: AbortSignal | undefined;
  /** Time between two questions, in milliseconds. @default the client's */
  readonly pollMs?: number | undefined;
}

/** One task, from the moment it is on chain. */
export interface TaskHandle {
  readonly id: TaskId;
  /** How it stands now. Throws `NOT_FOUND_TASK`. */
  readonly state: (options?: RequestOptions) => Promise<TaskState>;
  readonly progress: (options?: RequestOptions) => Promise<TaskProgress>;
  /**
   * Waits for success. Throws `REJECTED_TASK_FAILED`, `…_CANCELLED` or `…_EXPIRED`, and `TIMED_OUT_WAIT` after
   * `timeoutMs` (none by default).
   */
  readonly result: (options?: WaitOptions) => Promise<TaskResult>;
  /** Cancels and refunds; a running attempt may still succeed. */
  readonly cancel: (options?: CallOptions) => Promise<Receipt<boolean>>;
  /** Follows its states until the final one; returns its own stop function. */
  readonly watch: (options: WatchTaskOptions) => () => void;
}

/** The handle of a task just made, and the transaction that made it. */
export interface EnqueuedTask extends TaskHandle {
  readonly txid: string;
  readonly receipt: Receipt<bigint>;
}

export interface TaskHandlePort {
  readonly getState: QueueReads['getState'];
  readonly cancelTask: (args: { readonly id: bigint }, options?: CallOptions) => Promise<Receipt<boolean>>;
  readonly pollMs: number;
}

export const makeTaskHandle = (id: TaskId, port: TaskHandlePort): TaskHandle => {
  const readState = async (options?: RequestOptions): Promise<TaskState> => {
    const state = await port.getState({ id }, options);
    if (state === null) throw new FacError('NOT_FOUND_TASK', { id });
    return state;
  };
  return {
    id,
    state: readState,
    progress: async (options) => makeProgress(await readState(options)),
    result: async ({ timeoutMs = Number.POSITIVE_INFINITY, pollMs = port.pollMs, signal } = {}) => {
      const look = async (): Promise<Look<EndedState>> => {
        const state = await readState({ signal });
        return isEnded(state) ? { found: state } : { seen: state.status };
      };
      return makeResult(await pollUntil(look, { what: `task ${id}`, timeoutMs, pollMs, signal }));
    },
    cancel: (options) => port.cancelTask({ id }, options),
    watch: ({ onChange, onError, signal, pollMs = port.pollMs }) => {
      let last: string | undefined;
      const turn = async (turnSignal: AbortSignal): Promise<boolean> => {
        const state = await readState({ signal: turnSignal });
        const seen = describeState(state);
        if (seen !== last) onChange(state);
        last = seen;
        return isEnded(state);
      };
      return startLoop(turn, { onError, signal, pollMs });
    },
  };
};

const isEnded = (state: TaskState): state is EndedState => isFinalStatus(state.status);

const makeProgress = (state: TaskState): TaskProgress => {
  const { status, attempts, maxAttempts, worker, until } = state;
  return { status, attempts, maxAttempts, worker, until, isFinal: isFinalStatus(status) };
};

const makeResult = (state: EndedState): TaskResult => {
  const { id, status, attempts, code, worker, priceUstx, result, ended } = state;
  switch (status) {
    case 'succeeded':
      if (worker === null || ended === null) throw new TypeError(`task ${id} succeeded without a worker`);
      return { status, id, result, attempts, worker, paidUstx: priceUstx, ended };
    case 'failed':
      throw new FacError('REJECTED_TASK_FAILED', { id, attempts, code });
    case 'cancelled':
      throw new FacError('REJECTED_TASK_CANCELLED', { id, attempts, code });
    case 'expired':
      throw new FacError('REJECTED_TASK_EXPIRED', { id, attempts, code });
    default:
      return status satisfies never;
  }
};

/** What makes a state another one: a heartbeat, an attempt, a step, a gate and a status all show here. */
const describeState = (state: TaskState): string => {
  const { status, gate, lane, rewardUstx, attempts, releases, steps, until, retry, stop, clock, at } = state;
  return [status, gate, lane, rewardUstx, attempts, releases, steps, until, retry, stop, clock, at].join(' ');
};
