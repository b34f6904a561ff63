import { contractIdOf, makeContractRef } from '../tx/contract-ref.js';
import { contractSends, MOVES_NOTHING, SIGNER_KEEPS_ALL, signerSends } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { NoArgs } from '../tx/read-call.js';
import { encodeTask } from './codec.js';
import type { EnqueueInput } from './types.js';

type Ok<Fn extends string> = PreparedCall<CallOk<'async-queue', Fn>>;

/** An attempt a worker holds. `attempt` is the state's `attempts` when it took the task. */
export interface AttemptInput {
  readonly id: bigint;
  readonly attempt: bigint;
}

export interface HeartbeatInput extends AttemptInput {
  /** Stacks blocks from now, 1 to 4,000; never beyond the template's bound. */
  readonly blocks: bigint;
  /** At most 32 bytes, public. @default empty */
  readonly progress?: Uint8Array | undefined;
}

export interface CompleteInput extends AttemptInput {
  /** At most 512 bytes, public. @default empty */
  readonly result?: Uint8Array | undefined;
  /** The task's reward, for a post-condition of exactly this payment. @default a condition that the signer pays nothing */
  readonly rewardUstx?: bigint | undefined;
}

export interface FailInput extends AttemptInput {
  /** Why; the worker's own numbers. */
  readonly code: bigint;
  /** Whether another attempt makes sense. */
  readonly retryable: boolean;
}

/** Calls of async-queue. */
export interface QueuePrepares {
  /** Answers the task's id. The caller owns the task and pays its reward into escrow. */
  readonly enqueueTask: (args: EnqueueInput) => Ok<'enqueue-task'>;
  /** Ends a task that does not run and refunds it; asks a running one to make no further attempt. */
  readonly cancelTask: (args: { readonly id: bigint }) => Ok<'cancel-task'>;
  /** Leases the first task of queue 0; answers its id in a list. */
  readonly dequeueTask: (args?: NoArgs) => Ok<'dequeue-task'>;
  /** Leases up to `n` tasks of a queue, 1 to 20; answers their ids. */
  readonly dequeueFrom: (args: { readonly queue: bigint; readonly n: bigint }) => Ok<'dequeue-from'>;
  /** Answers the height until which the lease now lasts. */
  readonly heartbeatTask: (args: HeartbeatInput) => Ok<'heartbeat-task'>;
  /** Answers the reward paid to the caller. */
  readonly completeTask: (args: CompleteInput) => Ok<'complete-task'>;
  /** Answers the height of the next attempt, 0n when there is none. */
  readonly failTask: (args: FailInput) => Ok<'fail-task'>;
  /** Ends attempts whose lease has ended, at most 12; answers one result per id. */
  readonly reclaimLeases: (args: { readonly ids: readonly bigint[] }) => Ok<'reclaim-leases'>;
}

export const makeQueuePrepares = (deployer: string): QueuePrepares => {
  const contract = makeContractRef(deployer, 'async-queue');
  return {
    enqueueTask: (args) => {
      const encoded = encodeTask('async-queue.enqueue-task', args);
      return prepareCall(contract, 'enqueue-task', encoded, signerSends(encoded.data.reward));
    },
    cancelTask: (args) => prepareCall(contract, 'cancel-task', args, SIGNER_KEEPS_ALL),
    dequeueTask: (args = {}) => prepareCall(contract, 'dequeue-task', args, MOVES_NOTHING),
    dequeueFrom: (args) => prepareCall(contract, 'dequeue-from', args, MOVES_NOTHING),
    heartbeatTask: ({ progress = new Uint8Array(), ...rest }) =>
      prepareCall(contract, 'heartbeat-task', { ...rest, progress }, MOVES_NOTHING),
    completeTask: ({ result = new Uint8Array(), rewardUstx, ...rest }) => {
      const isKnown = rewardUstx !== undefined;
      const funds = isKnown ? contractSends(contractIdOf(contract), rewardUstx) : SIGNER_KEEPS_ALL;
      return prepareCall(contract, 'complete-task', { ...rest, result }, funds);
    },
    failTask: (args) => prepareCall(contract, 'fail-task', args, SIGNER_KEEPS_ALL),
    reclaimLeases: (args) => prepareCall(contract, 'reclaim-leases', args, SIGNER_KEEPS_ALL),
  };
};
