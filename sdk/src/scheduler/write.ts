import { CLOCKS, type Clock } from '../base/clock.js';
import { encodeName } from '../errors/coded-names.js';
import { encodeTask } from '../queue/codec.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { MOVES_NOTHING, SIGNER_KEEPS_ALL, signerSends } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { CreateAndScheduleInput } from './types.js';

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
  /** Sets up to `n` tasks free whose instant has come, 1 to 20; anyone may. */
  readonly triggerDueTasks: (args: { readonly clock: Clock; readonly n: bigint }) => Ok<'trigger-due-tasks'>;
}

export const makeSchedulerPrepares = (deployer: string): SchedulerPrepares => {
  const contract = makeContractRef(deployer, 'task-scheduler');
  const encodeClock = (fn: string, clock: Clock): bigint =>
    encodeName(CLOCKS, clock, `task-scheduler.${fn}`, 'clock');
  return {
    scheduleTask: (args) => prepareCall(contract, 'schedule-task', args, MOVES_NOTHING),
    scheduleTaskOn: ({ clock, ...rest }) => {
      const encoded = { ...rest, clock: encodeClock('schedule-task-on', clock) };
      return prepareCall(contract, 'schedule-task-on', encoded, MOVES_NOTHING);
    },
    unscheduleTask: (args) => prepareCall(contract, 'unschedule-task', args, MOVES_NOTHING),
    cancelScheduledTask: (args) => prepareCall(contract, 'cancel-scheduled-task', args, SIGNER_KEEPS_ALL),
    createAndSchedule: (args) => {
      const task = encodeTask('task-scheduler.create-and-schedule', args, ['clock', 'at']);
      const clock = encodeClock('create-and-schedule', args.clock);
      const funds = signerSends(task.data.reward);
      return prepareCall(contract, 'create-and-schedule', { ...task, clock, at: args.at }, funds);
    },
    triggerDueTasks: ({ clock, ...rest }) => {
      const encoded = { ...rest, clock: encodeClock('trigger-due-tasks', clock) };
      return prepareCall(contract, 'trigger-due-tasks', encoded, SIGNER_KEEPS_ALL);
    },
  };
};
