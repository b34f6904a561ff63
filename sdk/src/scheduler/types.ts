import type { Clock } from '../base/clock.js';
import type { MissedRuns, SeriesStatus } from '../base/series.js';
import type { BurnHeight, StacksHeight, TaskId, UnixSeconds, Ustx } from '../base/units.js';
import type { ContractError } from '../errors/error-contexts.js';
import type { EnqueueInput } from '../queue/types.js';

/** A task that waits for an instant. */
export interface ScheduledTask<Instant extends bigint> {
  readonly at: Instant;
  readonly id: TaskId;
  readonly queue: bigint;
  /** 15 is the most urgent. */
  readonly priority: bigint;
}

/** The first four tasks on each clock. */
export interface ScheduledTasks {
  readonly stacks: readonly ScheduledTask<StacksHeight>[];
  readonly burn: readonly ScheduledTask<BurnHeight>[];
  readonly time: readonly ScheduledTask<UnixSeconds>[];
}

/** Runs at whole intervals, prepaid. */
export interface Series {
  readonly owner: string;
  readonly template: bigint;
  readonly clock: Clock;
  /** When its newest task is due; of a series that stood down, the slot for which none could be made. */
  readonly at: bigint;
  /** From slot to slot, in units of `clock`. */
  readonly every: bigint;
  /** Runs whose task is still to be made. */
  readonly left: bigint;
  /** Of one step. */
  readonly rewardUstx: Ustx;
  readonly policy: MissedRuns;
  /** Whether a run may begin before the one before it has ended. */
  readonly overlap: boolean;
  readonly status: SeriesStatus;
  /** Why it stood down; else `null`. */
  readonly reason: ContractError | null;
  readonly payload: Uint8Array;
  /** Its newest task, which waits for its slot while the series runs. */
  readonly task: TaskId | null;
  /** The task before that. */
  readonly previous: TaskId | null;
}

/** A task to make, and its instant: later than now, below 2^35. */
export interface CreateAndScheduleInput extends EnqueueInput {
  readonly clock: Clock;
  /** A Stacks height, a Bitcoin height or Unix seconds, by `clock`. */
  readonly at: bigint;
}

/** A series to make. */
export interface CreateSeriesInput {
  readonly template: bigint;
  readonly clock: Clock;
  /** Its first slot, later than now: a Stacks height, a Bitcoin height or Unix seconds, by `clock`. */
  readonly at: bigint;
  /** From slot to slot, in units of `clock`; at least 60 seconds of block time. */
  readonly every: bigint;
  /** 1 to 10,000; the caller pays for all of them now. */
  readonly runs: bigint;
  /** For each step of each run, in microSTX. @default 0n */
  readonly rewardUstx?: bigint | undefined;
  /** The template's `maxSteps`, for a post-condition of exactly this payment. @default 1n */
  readonly steps?: bigint | undefined;
  /** `skip` them, `catchUp` with the last 20, or `coalesce` them into one run. @default 'skip' */
  readonly policy?: MissedRuns | undefined;
  /** Whether a run may begin before the one before it has ended. @default false */
  readonly overlap?: boolean | undefined;
  /** Of each run: at most 1,024 bytes, public. @default empty */
  readonly payload?: Uint8Array | undefined;
}

/** Runs to pay for. */
export interface TopUpSeriesInput {
  readonly n: bigint;
  readonly runs: bigint;
  /** The series' own, for a post-condition of exactly this payment. */
  readonly rewardUstx: bigint;
  /** The template's `maxSteps`, for the same. @default 1n */
  readonly steps?: bigint | undefined;
}

/** An on-chain task and the contract its template names. */
export interface ExecuteInput {
  readonly id: bigint;
  /** `ADDRESS.name`; see `factory.read.getHandler`. */
  readonly handler: string;
}
