import { makeContractRef } from '../tx/contract-ref.js';
import { movesNothing, signerKeepsAll, signerSends } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import { costOfTask } from './cost.js';
import type { AttemptInput } from './types.js';

type Ok<Fn extends string> = PreparedCall<CallOk<'task-control', Fn>>;

export interface HeartbeatInput extends AttemptInput {
  /** Stacks blocks from now, 1 to 4,000; never beyond the template's bound. */
  readonly blocks: bigint;
  /** At most 32 bytes, public. @default empty */
  readonly progress?: Uint8Array | undefined;
}

export interface FailInput extends AttemptInput {
  /** Why; the worker's own numbers. */
  readonly code: bigint;
  /** Whether another attempt makes sense. */
  readonly retryable: boolean;
}

export interface TopUpInput {
  readonly id: bigint;
  /** Added to the reward of each step that is left, in microSTX. */
  readonly amountUstx: bigint;
  /** The steps left, for a post-condition of exactly this payment. @default 1n */
  readonly steps?: bigint | undefined;
}

export interface RequeueInput {
  /** A task that failed. */
  readonly id: bigint;
  /** For each step of the new task, in microSTX. @default 0n */
  readonly rewardUstx?: bigint | undefined;
  /** The template's `maxSteps`, for a post-condition of exactly this payment. @default 1n */
  readonly steps?: bigint | undefined;
}

/** Calls of task-control. */
export interface ControlPrepares {
  /** Ends a task that does not run and refunds it; asks a running one to make no further attempt. */
  readonly cancelTask: (args: { readonly id: bigint }) => Ok<'cancel-task'>;
  /** The same for up to 12 tasks; answers one result per id, the status it has then. */
  readonly cancelTasks: (args: { readonly ids: readonly bigint[] }) => Ok<'cancel-tasks'>;
  /** By the owner: puts a task that does not run at the end of another lane. 15 is the most urgent. */
  readonly setPriority: (args: { readonly id: bigint; readonly priority: bigint }) => Ok<'set-priority'>;
  /** By the owner: raises the reward of a task that does not run; answers the new one. */
  readonly topUpTask: (args: TopUpInput) => Ok<'top-up-task'>;
  /** By the owner: makes a new task like one that failed; answers its id. */
  readonly requeueTask: (args: RequeueInput) => Ok<'requeue-task'>;
  /** Answers the height until which the lease now lasts. */
  readonly heartbeatTask: (args: HeartbeatInput) => Ok<'heartbeat-task'>;
  /** Answers the height of the next attempt, 0n when there is none. */
  readonly failTask: (args: FailInput) => Ok<'fail-task'>;
  /** Gives the caller's lease back; the first three times that costs the task no attempt. */
  readonly releaseTask: (args: AttemptInput) => Ok<'release-task'>;
  /** Ends attempts whose lease has ended, at most 12; answers one result per id. */
  readonly reclaimLeases: (args: { readonly ids: readonly bigint[] }) => Ok<'reclaim-leases'>;
  /** Ends tasks whose deadline passed before they were begun, at most 12; answers one result per id. */
  readonly expireTasks: (args: { readonly ids: readonly bigint[] }) => Ok<'expire-tasks'>;
  /** Sees to up to `n` tasks, 1 to 8, one of whose parents has ended; answers how many there were. */
  readonly releaseChildren: (args: { readonly n: bigint }) => Ok<'release-children'>;
}

export const makeControlPrepares = (deployer: string): ControlPrepares => {
  const contract = makeContractRef(deployer, 'task-control');
  return {
    cancelTask: (args) => prepareCall(contract, 'cancel-task', args, signerKeepsAll),
    cancelTasks: (args) => prepareCall(contract, 'cancel-tasks', args, signerKeepsAll),
    setPriority: (args) => prepareCall(contract, 'set-priority', args, movesNothing),
    topUpTask: ({ amountUstx, steps, ...rest }) =>
      prepareCall(contract, 'top-up-task', { ...rest, amount: amountUstx }, () =>
        signerSends(costOfTask('task-control.top-up-task', { rewardUstx: amountUstx, steps })),
      ),
    requeueTask: ({ rewardUstx = 0n, steps, ...rest }) =>
      prepareCall(contract, 'requeue-task', { ...rest, reward: rewardUstx }, () =>
        signerSends(costOfTask('task-control.requeue-task', { rewardUstx, steps })),
      ),
    heartbeatTask: ({ progress = new Uint8Array(), ...rest }) =>
      prepareCall(contract, 'heartbeat-task', { ...rest, progress }, movesNothing),
    failTask: (args) => prepareCall(contract, 'fail-task', args, signerKeepsAll),
    releaseTask: (args) => prepareCall(contract, 'release-task', args, signerKeepsAll),
    reclaimLeases: (args) => prepareCall(contract, 'reclaim-leases', args, signerKeepsAll),
    expireTasks: (args) => prepareCall(contract, 'expire-tasks', args, signerKeepsAll),
    releaseChildren: (args) => prepareCall(contract, 'release-children', args, movesNothing),
  };
};
