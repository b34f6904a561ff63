import type { Fuzzed } from './scratch-copy.js';

/** How a run shows that a public function succeeded. */
export interface Witness {
  /** Functions of the tests, beside itself, that reach it; every function does where none are named. */
  readonly through?: readonly string[] | undefined;
  /** Printed by a call that reached it only if it succeeded and changed something: one of these. */
  readonly topics: readonly string[];
  /** Only other contracts of the system may call it: called by itself it must be refused. */
  readonly isSystemOnly?: boolean | undefined;
}

type Witnesses = Readonly<Record<string, Witness>>;

const QUEUE: Witnesses = {
  'enqueue-task': { through: ['enqueue-one'], topics: ['task-enqueued'] },
  'enqueue-tasks': { through: ['enqueue-several'], topics: ['task-enqueued'] },
  'withdraw-credits': { through: [], topics: ['credits-withdrawn'] },
  'dequeue-task': { through: [], topics: ['task-dequeued'] },
  'dequeue-from': { through: ['dequeue-some', 'actor-dequeues'], topics: ['task-dequeued'] },
  'claim-tasks': { through: ['claim-some'], topics: ['task-dequeued'] },
  'complete-task': { through: ['complete-held', 'actor-settles'], topics: ['task-completed'] },
  'complete-tasks': { through: ['complete-all-held'], topics: ['task-completed'] },
  // Whoever cancels, fails, releases, reclaims or triggers tasks has their next states written by it.
  transact: {
    topics: ['task-cancelled', 'task-failed', 'task-released', 'task-reclaimed', 'task-triggered'],
    isSystemOnly: true,
  },
  'begin-execution': { through: ['actor-executes'], topics: ['task-executing'], isSystemOnly: true },
  'settle-execution': { through: ['actor-executes'], topics: ['task-completed'], isSystemOnly: true },
  'enqueue-for': {
    through: ['actor-requeues', 'actor-creates-series', 'actor-triggers'],
    topics: ['task-enqueued'],
    isSystemOnly: true,
  },
  // A child goes on only after it was taken; no topic opens holds here.
  'take-children': { topics: ['task-unblocked'], isSystemOnly: true },
  'fund-series': { topics: ['series-funded'], isSystemOnly: true },
  'drain-series': { topics: ['series-drained'], isSystemOnly: true },
};

const SCHEDULER: Witnesses = {
  'schedule-task': { through: ['schedule-again'], topics: ['task-scheduled'] },
  'schedule-task-on': { through: ['schedule-again-on'], topics: ['task-scheduled'] },
  'create-and-schedule': { through: ['schedule-new'], topics: ['task-enqueued'] },
  'unschedule-task': { through: ['unschedule-latest'], topics: ['task-unscheduled'] },
  'cancel-scheduled-task': { through: ['cancel-latest'], topics: ['task-cancelled'] },
  'create-series': { through: ['create-some-series'], topics: ['series-created'] },
  'top-up-series': { through: ['top-up-some'], topics: ['series-topped-up'] },
  'skip-next': { through: ['skip-own'], topics: ['series-skipped'] },
  'resume-series': { through: ['resume-own'], topics: ['series-resumed'] },
  'cancel-series': { through: ['cancel-own'], topics: ['series-cancelled'] },
  'trigger-due-tasks': { through: ['trigger-some', 'stand-down-due'], topics: ['task-triggered'] },
  'execute-task': { through: ['execute-waiting', 'execute-held'], topics: ['task-executing'] },
  'execute-tasks': { through: ['execute-two'], topics: ['task-executing'] },
  // It alone begins the executions of execute-tasks.
  'execute-one': {
    through: ['execute-tasks', 'execute-two'],
    topics: ['task-executing'],
    isSystemOnly: true,
  },
};

export const WITNESSES: Readonly<Record<Fuzzed, Witnesses>> = {
  'async-queue': QUEUE,
  'task-scheduler': SCHEDULER,
};
