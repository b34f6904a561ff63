import type { QueueKind, WorkerClass } from '../base/queue-kind.js';
import type { TaskId, UnixSeconds, Ustx } from '../base/units.js';

/** A kind of work; the keeper's handlers go by it. */
export interface TaskType {
  readonly name: string;
  readonly uri: string;
  readonly owner: string;
}

export interface Queue {
  readonly name: string;
  readonly kind: QueueKind;
  readonly class: WorkerClass;
  readonly strict: boolean;
  readonly guardEvery: bigint;
}

/** A contract that does the work, and the hash of its code. */
export interface Handler {
  readonly contract: string;
  readonly hash: Uint8Array;
}

/** How the tasks of a template run. */
export interface TemplateConfig {
  readonly name: string;
  readonly queue: bigint;
  /** Of a task that names none; 15 is the most urgent. */
  readonly priority: bigint;
  /** The most urgent a task may ask for. */
  readonly maxPriority: bigint;
  /** 1 to 20. */
  readonly maxAttempts: bigint;
  /** Stacks blocks a worker has for an attempt, 12 to 4,000. */
  readonly lease: bigint;
  /** Stacks blocks an attempt may last with all its heartbeats. */
  readonly maxLease: bigint;
  /** Stacks blocks before the second attempt. */
  readonly retryDelay: bigint;
  /** Whether each further delay is twice the last. */
  readonly doubling: boolean;
  /** Stacks blocks, the longest delay. */
  readonly retryCap: bigint;
  /** How long a task may wait in its lane before it expires; 0n: for ever. */
  readonly ttlSeconds: bigint;
  readonly minRewardUstx: Ustx;
  /** Units of the task's clock over which the price of an attempt rises from the least to the whole reward. */
  readonly rampBlocks: bigint;
  /** Times an on-chain task may run, each for a reward. */
  readonly maxSteps: bigint;
  /** Whether others than the template's owner may enqueue. */
  readonly open: boolean;
  /** What executes on-chain work; `null` for work off chain. */
  readonly handler: Handler | null;
  readonly uri: string;
}

/** A template with its newest config. */
export interface TaskTemplate {
  readonly owner: string;
  readonly taskType: bigint;
  readonly version: bigint;
  readonly active: boolean;
  readonly config: TemplateConfig;
}

/** What was asked for. It never changes. */
export interface Task {
  readonly id: TaskId;
  /** Who paid and may cancel. */
  readonly owner: string;
  readonly template: bigint;
  readonly version: bigint;
  readonly tag: Uint8Array | null;
  /** After it no attempt begins. */
  readonly deadline: UnixSeconds | null;
  /** Tasks that must end first. */
  readonly parents: readonly TaskId[];
  /** Whether it runs however its parents end. */
  readonly lax: boolean;
  /** The failed task that it repeats. */
  readonly origin: TaskId | null;
  /** Public, as everything on chain. */
  readonly payload: Uint8Array;
}

/** What an on-chain task runs. */
export interface Execution {
  readonly handler: Handler | null;
  readonly payload: Uint8Array;
}

/** A config to write: what is left out takes its default. */
export interface TemplateConfigInput {
  readonly name: string;
  /** @default 0n, the queue `default` */
  readonly queue?: bigint | undefined;
  /** @default 7n */
  readonly priority?: bigint | undefined;
  /** @default 15n */
  readonly maxPriority?: bigint | undefined;
  /** 1 to 20. @default 3n */
  readonly maxAttempts?: bigint | undefined;
  /** Stacks blocks, 12 to 4,000. @default 100n */
  readonly lease?: bigint | undefined;
  /** Stacks blocks. @default ten leases, at most 40,000 */
  readonly maxLease?: bigint | undefined;
  /** Stacks blocks. @default 10n */
  readonly retryDelay?: bigint | undefined;
  /** @default true */
  readonly doubling?: boolean | undefined;
  /** Stacks blocks. @default 1_000n, or the retry delay when that is longer */
  readonly retryCap?: bigint | undefined;
  /** How long a task may wait in its lane before it expires, at most ten years. @default 0n, for ever */
  readonly ttlSeconds?: bigint | undefined;
  /** @default 0n */
  readonly minRewardUstx?: bigint | undefined;
  /**
   * Units of the task's clock over which the price of an attempt rises from `rewardMinUstx` to the whole reward.
   * @default 0n, at once
   */
  readonly rampBlocks?: bigint | undefined;
  /** Times a task of an on-chain queue may run, each for a reward, at most 100. @default 1n */
  readonly maxSteps?: bigint | undefined;
  /** What executes the work of an on-chain queue; others take none. @default none */
  readonly handler?: Handler | undefined;
  /** Whether others than the template's owner may enqueue. @default false */
  readonly open?: boolean | undefined;
  /** @default empty */
  readonly uri?: string | undefined;
}
