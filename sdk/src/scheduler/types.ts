import type { Clock } from '../base/clock.js';
import type { BurnHeight, StacksHeight, TaskId, UnixSeconds } from '../base/units.js';
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

/** A task to make, and its instant: later than now, below 2^35. */
export interface CreateAndScheduleInput extends EnqueueInput {
  readonly clock: Clock;
  /** A Stacks height, a Bitcoin height or Unix seconds, by `clock`. */
  readonly at: bigint;
}
