import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import { endAll } from './ending.js';
import type { Chain, Cost, Measured } from './measure.js';
import { openRegister, type People } from './register.js';
import { completion, payloadOf, type Spot, taskData, templateFor, uintOf } from './task-data.js';

const STACKS = 0;
/** Far enough to be no neighbour of what a case schedules, but below the same node of the index's third level. */
const SENTINEL = 2n ** 21n - 1n;
const MAX_BATCH = 20;
/** A leaf of the due index holds this many instants. */
export const WINDOW = 128n;
/** A node above the leaves of the due index spans this many instants. */
export const NODE = WINDOW * 128n;

export interface Series {
  readonly every: bigint;
  readonly runs: number;
  readonly policy: number;
  readonly overlap: boolean;
}

type Made = Measured & { readonly id: bigint };
type Call = (name: string, args: ClarityValue[], by: string) => Cost;

/** Somebody to act, templates and queues, and one task stored. What a case makes is ended after it. */
export interface Scene extends People {
  readonly chain: Chain;
  readonly enqueue: (spot?: Spot) => Made;
  /** In one call, up to 20. */
  readonly enqueueBatch: (spots: readonly Spot[]) => Measured & { readonly ids: readonly bigint[] };
  readonly enqueueMany: (count: number, spot?: Spot) => readonly bigint[];
  /** Tasks of queue 1 that have succeeded, up to 20. */
  readonly finished: (count: number) => readonly bigint[];
  readonly scheduleNew: (clock: number, at: bigint, spot?: Spot) => Made;
  readonly seriesNew: (clock: number, at: bigint, spot?: Spot, series?: Partial<Series>) => Made;
  /** The id made last. */
  readonly lastTask: () => bigint;
  readonly dequeue: (queue: number, n: number, by?: string) => Cost;
  readonly queueCall: Call;
  readonly controlCall: Call;
  readonly schedulerCall: Call;
  /** Mines to the next multiple of `span` blocks, so that every run meets the same windows of the due index. */
  readonly alignHeight: (span: bigint) => bigint;
  readonly mineUntil: (height: bigint) => void;
  readonly mineUntilTime: (seconds: bigint) => void;
  /** Ends all tasks and series made since it was last called. */
  readonly endAll: () => void;
  /** Lets the tasks made so far stay stored. */
  readonly keepAll: () => void;
}

export function setScene(chain: Chain): Scene {
  const people = openRegister(chain);
  const { producer, worker } = people;
  const callOf =
    (contract: string): Call =>
    (name, args, by) =>
      chain.call(contract, name, args, by).cost;
  const queueCall = callOf('async-queue');
  const make = (contract: string, name: string, args: ClarityValue[]): Made => {
    const measured = chain.call(contract, name, args, producer);
    return { ...measured, id: uintOf(measured.value) };
  };

  const enqueueBatch: Scene['enqueueBatch'] = (spots) => {
    const items = spots.map((spot) => Cl.tuple({ template: templateFor(spot), ...taskData(spot) }));
    const measured = chain.call('async-queue', 'enqueue-tasks', [Cl.list(items)], producer);
    return { ...measured, ids: idsOf(measured.value) };
  };
  const enqueueMany: Scene['enqueueMany'] = (count, spot = {}) => {
    const ids: bigint[] = [];
    while (ids.length < count)
      ids.push(...enqueueBatch(new Array(Math.min(MAX_BATCH, count - ids.length)).fill(spot)).ids);
    return ids;
  };
  const scheduleNew: Scene['scheduleNew'] = (clock, at, spot = {}) => {
    const args = [templateFor(spot), Cl.tuple(taskData(spot)), Cl.uint(clock), Cl.uint(at)];
    return make('task-scheduler', 'create-and-schedule', args);
  };
  const dequeue: Scene['dequeue'] = (queue, n, by = worker) =>
    queueCall('dequeue-from', [Cl.uint(queue), Cl.uint(n)], by);

  scheduleNew(STACKS, SENTINEL);
  const series = new Set<bigint>();
  const lastTask = () => uintOf(chain.view('async-task-factory', 'get-last-id', []).value);
  let kept = lastTask();
  const keepAll = () => {
    kept = lastTask();
    series.clear();
  };

  return {
    ...people,
    chain,
    enqueue: (spot = {}) =>
      make('async-queue', 'enqueue-task', [templateFor(spot), Cl.tuple(taskData(spot))]),
    enqueueBatch,
    enqueueMany,
    finished: (count) => {
      const ids = enqueueMany(count);
      dequeue(1, count);
      queueCall('complete-tasks', [Cl.list(ids.map(completion))], worker);
      return ids;
    },
    scheduleNew,
    seriesNew: (clock, at, spot = {}, fields = {}) => {
      const { every = WINDOW * 8n, runs = 3, policy = 1, overlap = true } = fields;
      const numbers = [clock, at, every, runs, 1_000, policy].map((number) => Cl.uint(number));
      const args = [templateFor(spot), ...numbers, Cl.bool(overlap), payloadOf(spot)];
      const made = make('task-scheduler', 'create-series', args);
      series.add(made.id);
      return made;
    },
    lastTask,
    dequeue,
    queueCall,
    controlCall: callOf('task-control'),
    schedulerCall: callOf('task-scheduler'),
    alignHeight: (span) => {
      chain.mine(span - (chain.height() % span));
      return chain.height();
    },
    mineUntil: (height) => chain.mine(height - chain.height()),
    mineUntilTime: (seconds) => {
      while (chain.timeSeconds() < seconds) chain.mine(1n);
    },
    endAll: () => {
      endAll(chain, people, { series, after: kept, upTo: lastTask() });
      keepAll();
    },
    keepAll,
  };
}

function idsOf(answers: ClarityValue): readonly bigint[] {
  if (answers.type !== 'list') throw new Error(`expected a list, got ${answers.type}`);
  return answers.value.map((answer) => uintOf(answer.type === 'ok' ? answer.value : answer));
}
