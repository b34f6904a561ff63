import { CLOCKS, type Clock } from '../base/clock.js';
import { MISSED_RUNS } from '../base/series.js';
import { encodeName } from '../errors/coded-names.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import { mapItems } from '../errors/map-items.js';
import { encodeTask } from '../queue/codec.js';
import { costOfTask, fundsOfTask } from '../queue/cost.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { movesNothing, signerKeepsAll, signerSends } from '../tx/post-conditions.js';
import { type CallArgs, type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { CreateAndScheduleInput, CreateSeriesInput, ExecuteInput, TopUpSeriesInput } from './types.js';

type ByNumber = { readonly n: bigint };
type Ok<Fn extends string> = PreparedCall<CallOk<'task-scheduler', Fn>>;

/** Calls of task-scheduler. */
export interface SchedulerPrepares {
  /** Gives the caller's held task a Stacks height, or another one. */
  readonly scheduleTask: (args: { readonly id: bigint; readonly at: bigint }) => Ok<'schedule-task'>;
  /** The same on any clock. */
  readonly scheduleTaskOn: (args: {
    readonly id: bigint;
    readonly clock: Clock;
    readonly at: bigint;
  }) => Ok<'schedule-task-on'>;
  /** Takes a scheduled task's time away and leaves it held. */
  readonly unscheduleTask: (args: { readonly id: bigint }) => Ok<'unschedule-task'>;
  /** Cancels a scheduled task and refunds it. */
  readonly cancelScheduledTask: (args: { readonly id: bigint }) => Ok<'cancel-scheduled-task'>;
  /** Answers the id of a new task that waits for its time. */
  readonly createAndSchedule: (args: CreateAndScheduleInput) => Ok<'create-and-schedule'>;
  /** Has a task made for each slot and takes the price of all; answers the number of the series. */
  readonly createSeries: (args: CreateSeriesInput) => Ok<'create-series'>;
  /** Pays for more runs of anyone's series; answers all that is prepaid for it. */
  readonly topUpSeries: (args: TopUpSeriesInput) => Ok<'top-up-series'>;
  /** By the owner: puts the next run off by one interval; answers its new slot. */
  readonly skipNext: (args: ByNumber) => Ok<'skip-next'>;
  /** By the owner: takes up a series that stood down, at its first slot still to come. */
  readonly resumeSeries: (args: ByNumber) => Ok<'resume-series'>;
  /** By the owner: ends a series, refunds its waiting task, and answers what was prepaid and is paid back. */
  readonly cancelSeries: (args: ByNumber) => Ok<'cancel-series'>;
  /** Sets up to `n` tasks free whose instant has come, 1 to 20; anyone may. */
  readonly triggerDueTasks: (args: { readonly clock: Clock; readonly n: bigint }) => Ok<'trigger-due-tasks'>;
  /** Runs an on-chain task that is queued or due; answers the price paid to the caller, 0n when it did not succeed. */
  readonly executeTask: (args: ExecuteInput) => Ok<'execute-task'>;
  /** Up to 5; answers one result per item. */
  readonly executeTasks: (args: { readonly items: readonly ExecuteInput[] }) => Ok<'execute-tasks'>;
}

const SERIES_KEYS = [
  'template',
  'clock',
  'at',
  'every',
  'runs',
  'rewardUstx',
  'steps',
  'policy',
  'overlap',
  'payload',
] as const satisfies readonly (keyof CreateSeriesInput)[];

export const makeSchedulerPrepares = (deployer: string): SchedulerPrepares => {
  const contract = makeContractRef(deployer, 'task-scheduler');
  return {
    scheduleTask: (args) => prepareCall(contract, 'schedule-task', args, movesNothing),
    scheduleTaskOn: ({ clock, ...rest }) => {
      const encoded = { ...rest, clock: encodeClock('schedule-task-on', clock) };
      return prepareCall(contract, 'schedule-task-on', encoded, movesNothing);
    },
    unscheduleTask: (args) => prepareCall(contract, 'unschedule-task', args, movesNothing),
    cancelScheduledTask: (args) => prepareCall(contract, 'cancel-scheduled-task', args, signerKeepsAll),
    createAndSchedule: (args) => {
      const functionName = 'task-scheduler.create-and-schedule';
      const task = encodeTask(functionName, args, ['clock', 'at']);
      const encoded = { ...task, clock: encodeClock('create-and-schedule', args.clock), at: args.at };
      return prepareCall(contract, 'create-and-schedule', encoded, () => fundsOfTask(functionName, args));
    },
    createSeries: (args) =>
      prepareCall(contract, 'create-series', encodeSeries(args), () =>
        signerSends(args.runs * costOfTask('task-scheduler.create-series', args)),
      ),
    topUpSeries: ({ rewardUstx, steps, ...rest }) =>
      prepareCall(contract, 'top-up-series', rest, () =>
        signerSends(rest.runs * costOfTask('task-scheduler.top-up-series', { rewardUstx, steps })),
      ),
    skipNext: (args) => prepareCall(contract, 'skip-next', args, movesNothing),
    resumeSeries: (args) => prepareCall(contract, 'resume-series', args, movesNothing),
    cancelSeries: (args) => prepareCall(contract, 'cancel-series', args, signerKeepsAll),
    triggerDueTasks: ({ clock, ...rest }) => {
      const encoded = { ...rest, clock: encodeClock('trigger-due-tasks', clock) };
      return prepareCall(contract, 'trigger-due-tasks', encoded, signerKeepsAll);
    },
    executeTask: (args) => prepareCall(contract, 'execute-task', args, signerKeepsAll),
    executeTasks: ({ items, ...rest }) => {
      const encoded = mapItems('task-scheduler.execute-tasks', items, ({ handler, ...item }) => ({
        ...item,
        h: handler,
      }));
      return prepareCall(contract, 'execute-tasks', { ...rest, items: encoded }, signerKeepsAll);
    },
  };
};

const encodeClock = (fn: string, clock: Clock): bigint =>
  encodeName(CLOCKS, clock, `task-scheduler.${fn}`, 'clock');

/** Fills the defaults in. */
const encodeSeries = (input: CreateSeriesInput): CallArgs<'task-scheduler', 'create-series'> => {
  const functionName = 'task-scheduler.create-series';
  assertKnownKeys(functionName, input, SERIES_KEYS);
  return {
    template: input.template,
    clock: encodeClock('create-series', input.clock),
    at: input.at,
    every: input.every,
    runs: input.runs,
    reward: input.rewardUstx ?? 0n,
    policy: encodeName(MISSED_RUNS, input.policy ?? 'skip', functionName, 'policy'),
    overlap: input.overlap ?? false,
    payload: input.payload ?? new Uint8Array(),
  };
};
