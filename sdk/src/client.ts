import type { Ustx } from './base/units.js';
import { checkOptions, type FacOptions } from './client-options.js';
import { makeTaskId } from './errors/make-units.js';
import { type FactoryReads, makeFactoryReads } from './factory/read.js';
import { type FactoryPrepares, makeFactoryPrepares } from './factory/write.js';
import {
  type GraphReads,
  type IndexReads,
  makeGraphReads,
  makeIndexReads,
  makeQueueReads,
  type QueueReads,
} from './queue/read.js';
import type { EnqueueInput } from './queue/types.js';
import { makeQueuePrepares, type QueuePrepares } from './queue/write.js';
import { makeRegistryReads, type RegistryReads } from './registry/read.js';
import { makeRegistryPrepares, type RegistryPrepares } from './registry/write.js';
import { makeSchedulerReads, type SchedulerReads } from './scheduler/read.js';
import type { CreateAndScheduleInput } from './scheduler/types.js';
import { makeSchedulerPrepares, type SchedulerPrepares } from './scheduler/write.js';
import {
  type CallMethods,
  type CallOptions,
  makeCallMethods,
  type Preparing,
  type Run,
  type WaitOptions,
} from './sign/call-methods.js';
import { createSubmit, refuseSubmit, type Submission, type Submit } from './sign/submit.js';
import { makeTopicsReads, type TopicsReads } from './topics/read.js';
import { makeTopicsPrepares, type TopicsPrepares } from './topics/write.js';
import type { MinedTransaction, RequestOptions, Transport } from './transport/transport.js';
import { estimateCallFee } from './tx/fee-policy.js';
import type { PreparedCall } from './tx/prepared-call.js';
import { makeReceipt, type Receipt } from './tx/receipt.js';
import { type EventBatch, type FetchEventsOptions, fetchEvents } from './watch/fetch-events.js';
import { type EnqueuedTask, makeTaskHandle, type TaskHandle } from './watch/task-handle.js';
import { waitForTransaction } from './watch/wait-for-transaction.js';
import { type WatchEventsOptions, watchEvents } from './watch/watch-events.js';

/** A contract's reads and prepared calls. */
interface Contract<Reads, Prepares> {
  /** Questions; they cost nothing. */
  readonly read: Reads;
  /** Calls to be signed elsewhere: with a wallet, a sponsor, another process. */
  readonly prepare: Prepares;
}

/** Makes a task, waits until it is on chain, and gives its handle. */
type MakesTask<Input> = (args: Input, options?: CallOptions) => Promise<EnqueuedTask>;

export type FacRegistry = Contract<RegistryReads, RegistryPrepares> & CallMethods<RegistryPrepares>;
export type FacFactory = Contract<FactoryReads, FactoryPrepares> & CallMethods<FactoryPrepares>;
export type FacQueue = Contract<QueueReads, QueuePrepares> &
  Omit<CallMethods<QueuePrepares>, 'enqueueTask'> & {
    readonly enqueueTask: MakesTask<EnqueueInput>;
    /** The order behind the queue. */
    readonly index: IndexReads;
    /** Which tasks wait for the end of which. */
    readonly graph: GraphReads;
  };
export type FacScheduler = Contract<SchedulerReads, SchedulerPrepares> &
  Omit<CallMethods<SchedulerPrepares>, 'createAndSchedule'> & {
    readonly createAndSchedule: MakesTask<CreateAndScheduleInput>;
  };
export type FacTopics = Contract<TopicsReads, TopicsPrepares> & CallMethods<TopicsPrepares>;

/** The contracts of one deployer, as typed functions. */
export interface Fac {
  readonly deployer: string;
  /** The signer's address, if there is one. */
  readonly address: string | undefined;
  /** Who may do what. */
  readonly registry: FacRegistry;
  /** What a task is. */
  readonly factory: FacFactory;
  /** The tasks. */
  readonly queue: FacQueue;
  /** When tasks run. */
  readonly scheduler: FacScheduler;
  /** What is published, and who waits for it. */
  readonly topics: FacTopics;
  readonly transport: Transport;
  /** The handle of a task that exists. */
  readonly task: (id: bigint) => TaskHandle;
  /** What a call costs by the client's fee policy. */
  readonly estimateFee: (call: PreparedCall, options?: RequestOptions) => Promise<Ustx>;
  /** Signs and sends a prepared call without waiting for a block. */
  readonly submit: Submit;
  /** Waits for what was submitted and reads its answer; throws as a signed call does. */
  readonly confirm: <Ok>(
    submission: Pick<Submission<Ok>, 'call' | 'txid'>,
    options?: WaitOptions,
  ) => Promise<Receipt<Ok>>;
  /** Waits until a transaction is in a block, whether it did its work or was undone. */
  readonly waitForTransaction: (txid: string, options?: WaitOptions) => Promise<MinedTransaction>;
  readonly fetchEvents: (options?: FetchEventsOptions) => Promise<EventBatch>;
  readonly watchEvents: (options: WatchEventsOptions) => () => void;
}

/** Connects to the contracts of a deployer. Throws `INVALID_OPTION` and `MISMATCH_NETWORK`; asks nothing yet. */
export const createFac = (options: FacOptions): Fac => {
  const { deployer, signer, transport, pollMs, fees } = checkOptions(options);
  const port = { transport, sender: signer?.address ?? deployer };
  const submit = signer === undefined ? refuseSubmit : createSubmit(transport, signer, fees);

  const wait = (txid: string, waitOptions: WaitOptions = {}): Promise<MinedTransaction> =>
    waitForTransaction(transport, txid, { ...waitOptions, pollMs: waitOptions.pollMs ?? pollMs });
  const confirm: Fac['confirm'] = async ({ call, txid }, waitOptions) =>
    makeReceipt(call, await wait(txid, waitOptions));
  const run: Run = async (call, callOptions) => confirm(await submit(call, callOptions), callOptions);

  const queuePrepares = makeQueuePrepares(deployer);
  const schedulerPrepares = makeSchedulerPrepares(deployer);
  const queueCalls = makeCallMethods(queuePrepares, run);
  const factoryReads = makeFactoryReads(deployer, port);
  const queueReads = makeQueueReads(deployer, port, factoryReads);

  const makeHandle = (id: bigint): TaskHandle =>
    makeTaskHandle(makeTaskId(id), {
      getState: queueReads.getState,
      cancelTask: queueCalls.cancelTask,
      pollMs,
    });
  const makeTask = async (call: PreparedCall<bigint>, callOptions?: CallOptions): Promise<EnqueuedTask> => {
    const receipt = await run(call, callOptions);
    return { ...makeHandle(receipt.value), txid: receipt.txid, receipt };
  };

  return {
    deployer,
    address: signer?.address,
    registry: withCalls(makeRegistryReads(deployer, port), makeRegistryPrepares(deployer), run),
    factory: withCalls(factoryReads, makeFactoryPrepares(deployer), run),
    queue: {
      ...queueCalls,
      read: queueReads,
      prepare: queuePrepares,
      enqueueTask: async (args, callOptions) => makeTask(queuePrepares.enqueueTask(args), callOptions),
      index: makeIndexReads(deployer, port),
      graph: makeGraphReads(deployer, port),
    },
    scheduler: {
      ...makeCallMethods(schedulerPrepares, run),
      read: makeSchedulerReads(deployer, port),
      prepare: schedulerPrepares,
      createAndSchedule: async (args, callOptions) =>
        makeTask(schedulerPrepares.createAndSchedule(args), callOptions),
    },
    topics: withCalls(makeTopicsReads(deployer, port), makeTopicsPrepares(deployer), run),
    transport,
    task: makeHandle,
    estimateFee: (call, requestOptions) => estimateCallFee(transport, call, fees, requestOptions),
    submit,
    confirm,
    waitForTransaction: wait,
    fetchEvents: (fetchOptions) => fetchEvents(transport, deployer, fetchOptions),
    watchEvents: (watchOptions) =>
      watchEvents(transport, deployer, { ...watchOptions, pollMs: watchOptions.pollMs ?? pollMs }),
  };
};

const withCalls = <Reads, Prepares extends Preparing<Prepares>>(
  read: Reads,
  prepare: Prepares,
  run: Run,
): Contract<Reads, Prepares> & CallMethods<Prepares> => ({ ...makeCallMethods(prepare, run), read, prepare });
