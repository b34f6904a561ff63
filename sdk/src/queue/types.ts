import type { Clock } from '../base/clock.js';
import type { FinalStatus, Status } from '../base/status.js';
import type { BurnHeight, StacksHeight, TaskId, UnixSeconds, Ustx } from '../base/units.js';
import type { BusyWorker } from '../registry/types.js';

/** What was asked for. It never changes. */
export interface Task {
  readonly id: TaskId;
  /** Who paid and may cancel. */
  readonly owner: string;
  readonly template: bigint;
  readonly version: bigint;
  readonly tag: Uint8Array | null;
  readonly deadline: bigint | null;
  readonly parents: readonly bigint[];
  readonly lax: boolean;
  readonly origin: bigint | null;
  /** Public, as everything on chain. */
  readonly payload: Uint8Array;
  readonly created: StacksHeight;
}

/** How a task stands. */
export interface TaskState {
  readonly id: TaskId;
  readonly status: Status;
  /** `queue × 16 + priority`. */
  readonly lane: bigint;
  readonly queue: bigint;
  /** 15 is the most urgent. */
  readonly priority: bigint;
  readonly rewardUstx: Ustx;
  /** Stacks blocks of an attempt. */
  readonly lease: bigint;
  /** Stacks blocks of an attempt with all its heartbeats. */
  readonly maxLease: bigint;
  readonly maxAttempts: bigint;
  /** Stacks blocks before the second attempt. */
  readonly delay: bigint;
  readonly doubling: boolean;
  /** Stacks blocks, the longest delay. */
  readonly cap: bigint;
  /** Begun so far; the running one has this number. */
  readonly attempts: bigint;
  /** Of the last attempt. */
  readonly worker: string | null;
  /** The worker's lease slot. */
  readonly slot: bigint;
  /** When the last attempt began. */
  readonly claimed: StacksHeight;
  /** From this height on the last attempt's lease may be reclaimed. */
  readonly until: StacksHeight;
  /** Where it stands in the index, with `seq`; `seq` 0: nowhere. */
  readonly list: bigint;
  readonly seq: bigint;
  readonly clock: Clock;
  /** The last instant it was to wait for, on `clock`; `null`: none. */
  readonly at: bigint | null;
  /** The owner asked the running attempt to be the last. */
  readonly stop: boolean;
  /** Why the last attempt did not succeed. */
  readonly code: bigint;
  readonly result: Uint8Array;
  /** `null` until it has. */
  readonly ended: StacksHeight | null;
}

/** The state of a task that has ended. */
export type EndedState = TaskState & { readonly status: FinalStatus };

export interface QueueStatus {
  readonly waiting: bigint;
  /** Tasks waiting by priority, 16 numbers. */
  readonly depths: readonly bigint[];
}

/** What there is to do, and what time it is. */
export interface NextWork {
  readonly stacks: StacksHeight;
  readonly burn: BurnHeight;
  readonly time: UnixSeconds;
  /** The first instant a task waits for on each clock; `null`: none. */
  readonly due: {
    readonly stacks: StacksHeight | null;
    readonly burn: BurnHeight | null;
    readonly time: UnixSeconds | null;
  };
  /** Word i has bit b set exactly when lane `128 × i + b` holds tasks; see `decodeOccupancy`. */
  readonly words: readonly bigint[];
  readonly busy: readonly BusyWorker[];
  /** Coordinator index of the next page of busy workers; `null` after the last. */
  readonly busyNext: bigint | null;
  /** The newest task's id; 0n when there is none. */
  readonly lastId: bigint;
}

/** A task to make. */
export interface EnqueueInput {
  readonly template: bigint;
  /** 15 is the most urgent. @default the template's */
  readonly priority?: bigint | undefined;
  /** Paid by the caller into escrow now, in microSTX. @default 0n */
  readonly rewardUstx?: bigint | undefined;
  /** At most 1,024 bytes, public. @default empty */
  readonly payload?: Uint8Array | undefined;
  /** Wait until it is scheduled. @default false */
  readonly hold?: boolean | undefined;
}
