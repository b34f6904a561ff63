import type { Access } from '../base/access.js';
import type { Clock } from '../base/clock.js';
import type { Gate } from '../base/gate.js';
import type { Lane } from '../base/lane.js';
import type { FinalStatus, Status } from '../base/status.js';
import type { BurnHeight, StacksHeight, TaskId, UnixSeconds, Ustx } from '../base/units.js';
import type { Task } from '../factory/types.js';
import type { BusyWorker } from '../registry/types.js';

/** How a task stands. */
export interface TaskState extends Lane, Access {
  readonly id: TaskId;
  /** Who paid and may cancel. */
  readonly owner: string;
  readonly status: Status;
  /** What it waits for while it is pending; else `null`. */
  readonly gate: Gate | null;
  /** `queue × 16 + priority`. */
  readonly lane: bigint;
  /** Of one step, the most an attempt is paid. */
  readonly rewardUstx: Ustx;
  /** Of one step, the least an attempt is paid. */
  readonly floorUstx: Ustx;
  /** Units of `clock` over which the price of an attempt rises from the least to the most; 0n: at once. */
  readonly ramp: bigint;
  /** What the last attempt is or was to be paid; fixed as it began. */
  readonly priceUstx: Ustx;
  /** What the vault holds for this task. */
  readonly escrowUstx: Ustx;
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
  /** Seconds it may wait once it is queued; 0n when that is in `expires` already, or there is no such bound. */
  readonly ttl: bigint;
  /** Its deadline: an attempt begins before it or never. `null`: none. */
  readonly expires: UnixSeconds | null;
  /** Begun so far; the running one has this number. */
  readonly attempts: bigint;
  /** Times it was given back. */
  readonly releases: bigint;
  /** Steps left, each for a reward; one for work off chain. */
  readonly steps: bigint;
  /** Of the last attempt. */
  readonly worker: string | null;
  /** Whether that worker works for a bond. */
  readonly bonded: boolean;
  /** The worker's lease slot. */
  readonly slot: bigint;
  /** When the last attempt began. */
  readonly claimed: StacksHeight;
  /** From this height on the last attempt's lease may be reclaimed. */
  readonly until: StacksHeight;
  /** While it is retrying, the height of the next attempt. */
  readonly retry: StacksHeight;
  /** Where it stands in the index, with `seq`; `seq` 0: nowhere. */
  readonly list: bigint;
  readonly seq: bigint;
  readonly clock: Clock;
  /** When it is or was due, on `clock`; `null`: at once. */
  readonly at: bigint | null;
  /** The series or subscription that made it; `null`: none. */
  readonly series: bigint | null;
  /** Whether other tasks wait for its end. */
  readonly watched: boolean;
  /** Whether the trigger took its share of the reward. */
  readonly shared: boolean;
  /** Whether `getInput` has what it works on, in place of its payload. */
  readonly input: boolean;
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

/** What time it is, on each clock. */
export interface Now {
  readonly stacks: StacksHeight;
  readonly burn: BurnHeight;
  readonly time: UnixSeconds;
}

/** What there is to do, and what time it is. */
export interface NextWork extends Now {
  /** The first instant a task waits for on each clock; `null`: none. */
  readonly due: {
    readonly stacks: StacksHeight | null;
    readonly burn: BurnHeight | null;
    readonly time: UnixSeconds | null;
  };
  /** Word i has bit b set exactly when lane `128 × i + b` holds tasks; see `decodeOccupancy`. */
  readonly words: readonly bigint[];
  /** A child whose parent has ended and that waits for `releaseChildren`; `null`: none. */
  readonly loose: TaskId | null;
  readonly busy: readonly BusyWorker[];
  /** Coordinator index of the next page of busy workers; `null` after the last. */
  readonly busyNext: bigint | null;
  /** The newest task's id; 0n when there is none. */
  readonly lastId: bigint;
}

/** How the parents of a task stand. */
export interface Family {
  /** Whether it runs however its parents end. */
  readonly lax: boolean;
  /** The first parent that has not ended; `null`: all have. */
  readonly watch: TaskId | null;
  /** Whether a parent ended without success, and it is not lax. */
  readonly broken: boolean;
  /** Whether a parent is unknown or another owner's. */
  readonly alien: boolean;
}

/** All that decides when a task runs. */
export interface Explanation extends Now {
  readonly task: Task;
  readonly state: TaskState;
  readonly family: Family;
}

/** A task to make. */
export interface EnqueueInput {
  readonly template: bigint;
  /** 15 is the most urgent. @default the template's */
  readonly priority?: bigint | undefined;
  /** For each step, paid by the caller into escrow now, in microSTX. @default 0n */
  readonly rewardUstx?: bigint | undefined;
  /** What the first attempt pays where the template has a ramp, in microSTX. @default the reward */
  readonly rewardMinUstx?: bigint | undefined;
  /** The template's `maxSteps`, for a post-condition of exactly this payment. @default 1n */
  readonly steps?: bigint | undefined;
  /** Unix seconds after which no attempt begins. @default none */
  readonly deadline?: bigint | undefined;
  /** At most 1,024 bytes, public. @default empty */
  readonly payload?: Uint8Array | undefined;
  /** Wait until it is scheduled. @default false */
  readonly hold?: boolean | undefined;
  /** At most 16 bytes, for the owner's own use, public. @default none */
  readonly tag?: Uint8Array | undefined;
  /** At most 32 bytes: the same key again makes nothing and answers the task there is. @default none */
  readonly key?: Uint8Array | undefined;
  /** Tasks of the same owner that must succeed first, at most 8. @default none */
  readonly parents?: readonly bigint[] | undefined;
  /** Whether it runs however its parents end. @default false */
  readonly lax?: boolean | undefined;
}

/** A task to make together with others. */
export interface EnqueueItem extends EnqueueInput {
  /** Places in the list, from 0n, of earlier tasks that must succeed first. @default none */
  readonly afterItems?: readonly bigint[] | undefined;
}

/** An attempt a worker holds. `attempt` is the state's `attempts` when it took the task. */
export interface AttemptInput {
  readonly id: bigint;
  readonly attempt: bigint;
}
