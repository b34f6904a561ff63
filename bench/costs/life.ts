import type { Cost } from './measure.js';
import { type Costs, costOf } from './store.js';

/** A task's way through: each step in its dearest case, the cost shared by the tasks of the call. */
export interface Life {
  readonly name: string;
  readonly steps: readonly (readonly string[])[];
  /** Tasks a call. */
  readonly tasks: number;
  readonly most: { readonly reads: number; readonly writes: number };
  /** The fewest lives that a Bitcoin block must have room for. */
  readonly perTenure: number;
}

/** What the Stacks blocks of one Bitcoin block may cost. */
const TENURE = {
  reads: 30_000,
  readLengthBytes: 200_000_000,
  writes: 15_000,
  writeLengthBytes: 15_000_000,
} as const satisfies Partial<Cost>;

const BATCH = 20;

/** A life has no ramp and no trigger that takes a share. */
export const LIVES: readonly Life[] = [
  {
    name: 'one by one',
    steps: [
      ['enqueue-task, lane empty', 'enqueue-task, lane not empty', 'enqueue-task, with a key'],
      [
        'dequeue-task, lane empties',
        'dequeue-task, past a cancelled one, lane empties',
        'dequeue-from 1, lane empties',
        'dequeue-from 1, past a cancelled one, lane empties',
      ],
      ['complete-task'],
    ],
    tasks: 1,
    most: { reads: 64, writes: 16 },
    perTenure: 450,
  },
  {
    name: 'in batches of 20, one lane',
    steps: [['enqueue-tasks 20, one lane'], ['dequeue-from 20, one lane'], ['complete-tasks 20']],
    tasks: BATCH,
    most: { reads: 14, writes: 7.5 },
    perTenure: 1_500,
  },
  {
    name: 'in batches of 20, sixteen lanes',
    steps: [['enqueue-tasks 20, sixteen lanes'], ['dequeue-from 20, sixteen lanes'], ['complete-tasks 20']],
    tasks: BATCH,
    most: { reads: 20, writes: 10 },
    perTenure: 1_500,
  },
];

/** What a task costs on its way, by each measure. */
export function lifeCost({ steps, tasks }: Life, costs: Costs): Cost {
  const share = (pick: (cost: Cost) => number) =>
    steps.reduce((sum, step) => sum + Math.max(...step.map((name) => pick(costOf(costs, name)))), 0) / tasks;
  return {
    reads: share(({ reads }) => reads),
    writes: share(({ writes }) => writes),
    readLengthBytes: share(({ readLengthBytes }) => readLengthBytes),
    writeLengthBytes: share(({ writeLengthBytes }) => writeLengthBytes),
    runtime: share(({ runtime }) => runtime),
    transactionBytes: share(({ transactionBytes }) => transactionBytes),
  };
}

/** How many lives a tenure has room for by each measure, and by all of them. */
export function livesOfTenure(
  life: Life,
  costs: Costs,
): Readonly<Record<keyof typeof TENURE | 'all', number>> {
  const cost = lifeCost(life, costs);
  const room = (measure: keyof typeof TENURE) => Math.floor(TENURE[measure] / cost[measure]);
  const lives = {
    reads: room('reads'),
    readLengthBytes: room('readLengthBytes'),
    writes: room('writes'),
    writeLengthBytes: room('writeLengthBytes'),
  };
  return { ...lives, all: Math.min(...Object.values(lives)) };
}
