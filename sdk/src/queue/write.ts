import { mapItems } from '../errors/map-items.js';
import { contractIdOf, makeContractRef } from '../tx/contract-ref.js';
import {
  contractSends,
  contractSendsAtMost,
  type FundsRule,
  movesNothing,
  signerKeepsAll,
  signerSendsAtMost,
} from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { NoArgs } from '../tx/read-call.js';
import { encodeTask } from './codec.js';
import { type ControlPrepares, makeControlPrepares } from './control.js';
import { costOfTask, fundsOfTask } from './cost.js';
import type { AttemptInput, EnqueueInput, EnqueueItem } from './types.js';

const ENQUEUE = 'async-queue.enqueue-task';
const ENQUEUE_ALL = 'async-queue.enqueue-tasks';
const COMPLETE_ALL = 'async-queue.complete-tasks';

type Ok<Fn extends string> = PreparedCall<CallOk<'async-queue', Fn>>;

export interface CompleteInput extends AttemptInput {
  /** At most 512 bytes, public. @default empty */
  readonly result?: Uint8Array | undefined;
  /** The task's reward, for a post-condition of exactly this payment. @default a condition that the signer pays nothing */
  readonly rewardUstx?: bigint | undefined;
}

/** Calls about tasks: of async-queue, and of task-control. */
export interface QueuePrepares extends ControlPrepares {
  /** Answers the task's id. The caller owns the task and pays its reward into escrow. */
  readonly enqueueTask: (args: EnqueueInput) => Ok<'enqueue-task'>;
  /** Up to 20 tasks; answers one result per item. One that is refused costs nothing and does not hinder the others. */
  readonly enqueueTasks: (args: { readonly items: readonly EnqueueItem[] }) => Ok<'enqueue-tasks'>;
  /** Pays the caller all that is credited to it, and answers how much that is. */
  readonly withdrawCredits: (args?: NoArgs) => Ok<'withdraw-credits'>;
  /** Leases the first task of queue 0; answers its id in a list. */
  readonly dequeueTask: (args?: NoArgs) => Ok<'dequeue-task'>;
  /** Leases up to `n` tasks of a queue, 1 to 20; answers their ids. */
  readonly dequeueFrom: (args: { readonly queue: bigint; readonly n: bigint }) => Ok<'dequeue-from'>;
  /** Leases those of up to 20 tasks that wait in a queue that is not strict; answers their ids. */
  readonly claimTasks: (args: { readonly ids: readonly bigint[] }) => Ok<'claim-tasks'>;
  /** Answers the price paid to the caller; the rest of the reward goes back to the owner. */
  readonly completeTask: (args: CompleteInput) => Ok<'complete-task'>;
  /** Up to 20 attempts, paid at once; answers one result per item. */
  readonly completeTasks: (args: { readonly items: readonly CompleteInput[] }) => Ok<'complete-tasks'>;
}

export const makeQueuePrepares = (deployer: string): QueuePrepares => {
  const contract = makeContractRef(deployer, 'async-queue');
  const vault = contractIdOf(contract);
  return {
    ...makeControlPrepares(deployer),
    enqueueTask: (args) =>
      prepareCall(contract, 'enqueue-task', encodeTask(ENQUEUE, args), () => fundsOfTask(ENQUEUE, args)),
    enqueueTasks: ({ items, ...rest }) => {
      const encoded = { ...rest, items: mapItems(ENQUEUE_ALL, items, encodeItem) };
      return prepareCall(contract, 'enqueue-tasks', encoded, () =>
        signerSendsAtMost(items.reduce((sum, item) => sum + costOfTask(ENQUEUE_ALL, item), 0n)),
      );
    },
    withdrawCredits: (args = {}) => prepareCall(contract, 'withdraw-credits', args, signerKeepsAll),
    dequeueTask: (args = {}) => prepareCall(contract, 'dequeue-task', args, movesNothing),
    dequeueFrom: (args) => prepareCall(contract, 'dequeue-from', args, movesNothing),
    claimTasks: (args) => prepareCall(contract, 'claim-tasks', args, movesNothing),
    completeTask: ({ rewardUstx, ...rest }) =>
      prepareCall(contract, 'complete-task', encodeCompletion(rest), () =>
        rewardUstx === undefined ? signerKeepsAll() : contractSends(vault, rewardUstx),
      ),
    completeTasks: ({ items, ...rest }) => {
      const encoded = { ...rest, items: mapItems(COMPLETE_ALL, items, encodePart) };
      return prepareCall(contract, 'complete-tasks', encoded, () => fundsOfCompletions(vault, items));
    },
  };
};

const encodeItem = (item: EnqueueItem, place: number) => {
  const { template, data } = encodeTask(`${ENQUEUE_ALL}: items[${place}]`, item, ['afterItems']);
  return { template, ...data };
};

const encodeCompletion = ({ result = new Uint8Array(), ...rest }: Omit<CompleteInput, 'rewardUstx'>) => ({
  ...rest,
  result,
});

const encodePart = ({ rewardUstx: _, ...item }: CompleteInput) => encodeCompletion(item);

/** One that is refused is not paid, so all rewards together are the most the vault sends. */
const fundsOfCompletions = (vault: string, items: readonly CompleteInput[]): FundsRule => {
  const rewards = items.map(({ rewardUstx }) => rewardUstx).filter((reward) => reward !== undefined);
  const sum = rewards.reduce((total, reward) => total + reward, 0n);
  return rewards.length < items.length ? signerKeepsAll() : contractSendsAtMost(vault, sum);
};
