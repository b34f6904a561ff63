import type { StacksHeight, Ustx } from '../base/units.js';

/** Something that is published time and again. */
export interface Topic {
  /** Who publishes. */
  readonly owner: string;
  /** The newest publication; they are numbered from 1n. */
  readonly seq: bigint;
  /** Every publication up to this one has been delivered. */
  readonly delivered: bigint;
  /** The first place for a subscription that the delivery of the next one has not come to. */
  readonly cursor: bigint;
  /** Places for subscriptions, free ones too. */
  readonly subs: bigint;
  /** The first free place; `null`: none. */
  readonly free: bigint | null;
  /** The tasks that wait stand in places from `waitHead` up to, not including, `waitTail`. */
  readonly waitHead: bigint;
  readonly waitTail: bigint;
}

/** What was published. */
export interface Publication {
  /** At most 1,024 bytes, public. */
  readonly data: Uint8Array;
  readonly at: StacksHeight;
  /** Places for subscriptions, and the end of those for waiting tasks, when it was published. */
  readonly subs: bigint;
  readonly waits: bigint;
}

/** A task for each publication, prepaid. */
export interface Subscription {
  readonly owner: string;
  readonly template: bigint;
  /** Of one step. */
  readonly rewardUstx: Ustx;
  /** The `series` of its tasks, under which its runs are prepaid. */
  readonly account: bigint;
  /** It fires for publications after this one. */
  readonly from: bigint;
  /** Runs still to come. */
  readonly left: bigint;
  /** `false` when a task of it could not be made; a top-up takes it up again. */
  readonly active: boolean;
}

/** Where a task waits. */
export interface WaitingPlace {
  readonly topic: string;
  readonly index: bigint;
}

/** Topics with something to deliver among ten; `next` starts the next page, `null` after the last. */
export interface LaggingPage {
  readonly lagging: readonly string[];
  readonly next: bigint | null;
}

/** A subscription to make. */
export interface SubscribeInput {
  readonly topic: string;
  readonly template: bigint;
  /** 1 to 10,000; the caller pays for all of them now. */
  readonly runs: bigint;
  /** For each step of each run, in microSTX. @default 0n */
  readonly rewardUstx?: bigint | undefined;
  /** The template's `maxSteps`, for a post-condition of exactly this payment. @default 1n */
  readonly steps?: bigint | undefined;
}

/** Runs to pay for. */
export interface TopUpSubscriptionInput {
  readonly topic: string;
  readonly index: bigint;
  readonly runs: bigint;
  /** The subscription's own, for a post-condition of exactly this payment. */
  readonly rewardUstx: bigint;
  /** The template's `maxSteps`, for the same. @default 1n */
  readonly steps?: bigint | undefined;
}
