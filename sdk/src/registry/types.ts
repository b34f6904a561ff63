import type { WorkerClass } from '../base/queue-kind.js';
import type { Role } from '../base/roles.js';
import type { StacksHeight, TaskId, Ustx } from '../base/units.js';

/** What a worker has done and holds. */
export interface WorkerRecord {
  /** Bit n is set while lease slot n is taken. */
  readonly mask: bigint;
  /** No lease of this worker ends below this height. */
  readonly oldest: StacksHeight;
  readonly succeeded: bigint;
  readonly failed: bigint;
  /** Leases lost to a reclaim. */
  readonly abandoned: bigint;
  readonly earnedUstx: Ustx;
  /** Failures and losses since the last success, or since it was stood down. */
  readonly streak: bigint;
  /** From this height on it may take leases again; `null` when it never had to stop. */
  readonly stoodUntil: StacksHeight | null;
}

/** What a worker that joined by itself may lose. */
export interface Bond {
  readonly amountUstx: Ustx;
  /** From this height on it may be withdrawn; `null` while it stays. */
  readonly leavingAt: StacksHeight | null;
}

/** A registered principal. */
export interface Coordinator extends WorkerRecord {
  readonly roles: readonly Role[];
  /** Leases it may hold at once. */
  readonly capacity: bigint;
  readonly active: boolean;
  /** Its place in `getCoordinatorAt`. */
  readonly index: bigint;
  readonly class: WorkerClass;
}

/** A worker that holds leases. */
export interface BusyWorker {
  readonly worker: string;
  /** Bit n is set while lease slot n is taken. */
  readonly mask: bigint;
  /** No lease of this worker ends below this height. */
  readonly oldest: StacksHeight;
}

/** Busy workers among 20 coordinators; `next` starts the next page, `null` after the last. */
export interface BusyPage {
  readonly busy: readonly BusyWorker[];
  readonly next: bigint | null;
}

/** The task in each asked slot, `null` where the slot is free. */
export type Leases = readonly (TaskId | null)[];
