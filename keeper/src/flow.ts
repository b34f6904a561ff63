import type { Clock, Lane, QueueKind, WorkerClass } from '@fac/sdk';

/**
 * The arrows of the keeper, in the order data walks them:
 * chain → watch ─Snapshot→ plan ─Plan→ execute ─Outcome→ (next Snapshot) and plan ─Intent→ send ─Submission→ chain.
 * Values are readonly and can be logged and replayed. Amounts, ids, nonces and heights are bigint.
 */

/** The chain's tip on the three clocks. The keeper knows no other time. */
export interface Tip {
  readonly stacksHeight: bigint;
  readonly burnHeight: bigint;
  readonly timeSeconds: bigint;
}

/** A lease of ours, as the chain has it. */
export interface Lease {
  readonly taskId: bigint;
  readonly attempt: bigint;
  readonly template: bigint;
  /** Name of the task type; undefined when the chain does not know the template's type. */
  readonly typeName: string | undefined;
  readonly payload: Uint8Array;
  readonly owner: string;
  /** What this attempt pays: fixed as it began. */
  readonly rewardUstx: bigint;
  readonly claimedHeight: bigint;
  /** Anyone may reclaim from this Stacks height on; until somebody does, we may settle. */
  readonly untilHeight: bigint;
  /** The lease ends here however often it is extended. */
  readonly maxUntilHeight: bigint;
  /** The length of one lease, in Stacks blocks. */
  readonly leaseBlocks: bigint;
  /** The owner asked to cancel: failing now cancels and refunds. */
  readonly isStopAsked: boolean;
}

/** A lease anyone may reclaim now. */
export interface ExpiredLease {
  readonly taskId: bigint;
  readonly worker: string;
  readonly untilHeight: bigint;
}

/** A task that the chain itself does, at the head of a lane we serve. */
export interface ExecutableTask {
  readonly taskId: bigint;
  readonly queue: bigint;
  /** The contract that does it, `ADDRESS.name`. */
  readonly handler: string;
}

/** What the keeper wants to happen on chain: one transaction. */
export type Intent =
  | { readonly kind: 'trigger'; readonly clock: Clock; readonly n: number }
  | { readonly kind: 'claim'; readonly queue: bigint; readonly n: number }
  | {
      readonly kind: 'complete';
      readonly taskId: bigint;
      readonly attempt: bigint;
      readonly result: Uint8Array;
    }
  | {
      readonly kind: 'fail';
      readonly taskId: bigint;
      readonly attempt: bigint;
      readonly code: bigint;
      readonly isRetryable: boolean;
    }
  | {
      readonly kind: 'heartbeat';
      readonly taskId: bigint;
      readonly attempt: bigint;
      readonly blocks: bigint;
      readonly progress: Uint8Array;
    }
  | { readonly kind: 'reclaim'; readonly taskIds: readonly bigint[] }
  /** Sees to children whose parent has ended. */
  | { readonly kind: 'release-children'; readonly n: number }
  | { readonly kind: 'execute'; readonly taskId: bigint; readonly handler: string }
  /** Uses up a nonce nobody else will use, by a call that harms nothing. */
  | { readonly kind: 'fill' };

/**
 * Where a transaction of ours stands. `signed`: journalled, perhaps never sent. `broadcast`: a node took it.
 * `replaced`: another of ours has its nonce, yet this one may still be the one that is mined.
 * `succeeded` and `aborted`: on chain. `dropped`: it will never be.
 */
export type TxState = 'signed' | 'broadcast' | 'replaced' | 'succeeded' | 'aborted' | 'dropped';

/** A transaction that is signed and journalled: the arrow from the sender to the chain. */
export interface Submission {
  readonly account: string;
  readonly nonce: bigint;
  readonly txid: string;
  readonly raw: Uint8Array;
  readonly intent: Intent;
  readonly feeUstx: bigint;
  readonly state: TxState;
  /** Stacks height when it was last sent. */
  readonly sentHeight: bigint;
}

/** A nonce of ours that the chain has used. `txid` is undefined when no transaction of ours used it. */
export interface Decision {
  readonly nonce: bigint;
  readonly txid: string | undefined;
  readonly intent: Intent;
  readonly sighting: 'succeeded' | 'aborted' | 'foreign';
  readonly height: bigint;
  readonly result: string;
}

/** An open transaction with what was last seen of it. */
export interface InFlight {
  readonly submission: Submission;
  /** `unseen`: not asked in this tick. */
  readonly sighting: 'unseen' | 'pending' | 'unknown';
}

/** A purpose that went wrong on chain lately; the planner waits a little before the next try. */
export interface Setback {
  readonly purpose: string;
  readonly count: number;
  readonly lastHeight: bigint;
}

/** The account's nonces, as chain and mempool show them. */
export interface NonceView {
  /** The next nonce by the chain, without the mempool. */
  readonly nonce: bigint;
  readonly inFlight: readonly InFlight[];
  readonly decided: readonly Decision[];
}

export interface AccountView extends NonceView {
  readonly address: string;
  readonly setbacks: readonly Setback[];
  /** Someone else signs with this key: a nonce was used by a transaction that is not ours. */
  readonly isSameKeySuspected: boolean;
}

export interface WorkerView {
  readonly isWorker: boolean;
  readonly capacity: number;
  readonly leases: readonly Lease[];
}

/** What the process holds: which attempts run and which have ended. */
export interface Hands {
  readonly running: readonly RunningAttempt[];
  readonly outcomes: readonly Outcome[];
}

export interface RunningAttempt {
  readonly taskId: bigint;
  readonly attempt: bigint;
  readonly isAborted: boolean;
  /** The handler asked for a heartbeat with this progress. */
  readonly progress: Uint8Array | undefined;
}

/** What the chain shows in one tick. */
export interface ChainView {
  readonly tip: Tip;
  /** The first instant a task waits for, on each clock. */
  readonly due: Readonly<Record<Clock, bigint | null>>;
  /** The priority lanes that hold a task. */
  readonly openLanes: readonly Lane[];
  readonly lastTaskId: bigint;
  /** A child whose parent has ended, and to which nobody has seen yet. */
  readonly looseTaskId: bigint | undefined;
  /** What waits in the on-chain queues we serve: a few of the first. */
  readonly executable: readonly ExecutableTask[];
  readonly nonces: NonceView;
  readonly worker: WorkerView;
  /** Workers other than us that hold a lease which has not run out. */
  readonly otherWorkers: readonly string[];
  readonly expired: readonly ExpiredLease[];
}

/** Everything one tick knows: the chain, the account's journal, and what this process holds. */
export interface Snapshot extends Omit<ChainView, 'nonces'> {
  readonly account: AccountView;
  readonly hands: Hands;
}

/** How one attempt of a task ended in this process. A failed task is a value, not an exception. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly taskId: bigint;
      readonly attempt: bigint;
      readonly result: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      readonly taskId: bigint;
      readonly attempt: bigint;
      readonly code: bigint;
      readonly isRetryable: boolean;
      readonly message: string;
    };

export type AbortReason = 'lease-lost' | 'stop-asked';

/** Mending of what is in flight, by nonce. */
export type Mend =
  | { readonly kind: 'rebroadcast'; readonly txid: string; readonly nonce: bigint }
  | { readonly kind: 'bump'; readonly txid: string; readonly nonce: bigint; readonly feeUstx: bigint }
  | { readonly kind: 'fill'; readonly nonce: bigint };

/** Why something was left undone. */
export type DeferReason =
  | 'in-flight'
  | 'in-flight-full'
  | 'no-free-slot'
  | 'not-our-turn'
  | 'after-setback'
  | 'lease-at-max'
  | 'fee-at-cap'
  | 'not-a-worker'
  | 'stopping'
  | 'more-next-tick'
  | 'same-key-suspected';

export interface Deferred {
  /** What was left: a purpose such as `claim:0`, or `account`. */
  readonly what: string;
  readonly reason: DeferReason;
  /** Stacks height at which it is looked at again, where that is known. */
  readonly untilHeight?: bigint | undefined;
}

/** What to do now, and what is left undone with the reason. */
export interface Plan {
  readonly mends: readonly Mend[];
  /** In the order of their nonces: settling frees the slots that the claims behind it use. */
  readonly send: readonly Intent[];
  readonly run: readonly Lease[];
  readonly abort: readonly {
    readonly taskId: bigint;
    readonly attempt: bigint;
    readonly reason: AbortReason;
  }[];
  /** Ended attempts that the chain no longer waits for. */
  readonly forget: readonly { readonly taskId: bigint; readonly attempt: bigint }[];
  readonly deferred: readonly Deferred[];
}

/** The name of what an intent is for: two intents with one purpose are never in flight together. */
export function purposeOf(intent: Intent): string {
  switch (intent.kind) {
    case 'trigger':
      return `trigger:${intent.clock}`;
    case 'claim':
      return `claim:${intent.queue}`;
    case 'complete':
    case 'fail':
      return `settle:${intent.taskId}:${intent.attempt}`;
    case 'heartbeat':
      return `heartbeat:${intent.taskId}:${intent.attempt}`;
    case 'reclaim':
    case 'release-children':
      return intent.kind;
    case 'execute':
      return `execute:${intent.taskId}`;
    case 'fill':
      return 'fill';
  }
  intent satisfies never;
}

/** Identifies one attempt of one task. */
export function attemptKey(of: { readonly taskId: bigint; readonly attempt: bigint }): string {
  return `${of.taskId}:${of.attempt}`;
}

/** A queue this keeper was told to serve, with the task types that its templates name. */
export interface ServedQueue {
  readonly id: bigint;
  readonly name: string;
  readonly kind: QueueKind;
  readonly class: WorkerClass;
  readonly templates: readonly {
    readonly id: bigint;
    readonly name: string;
    readonly typeName: string | undefined;
  }[];
}
