import { LIVES, lifeCost, livesOfTenure } from './life.js';
import { type Costs, costOf } from './store.js';
import { alignColumns } from './table.js';

/** A step that several tasks share: the case, and the tasks that its bytes are shared by. */
type Step = readonly [name: string, tasks: number];

interface Way {
  readonly name: string;
  readonly owner: readonly Step[];
  readonly keeper: readonly Step[];
}

const USTX_PER_BYTE = 1;
const RUNS = 100;
const TAKE_ONE: readonly Step[] = [
  ['dequeue-from 1, lane empties', 1],
  ['complete-task', 1],
];
const TAKE_TWENTY: readonly Step[] = [
  ['dequeue-from 20, one lane', 20],
  ['complete-tasks 20', 20],
];

const WAYS: readonly Way[] = [
  { name: 'off-chain, one by one', owner: [['enqueue-task, lane empty', 1]], keeper: TAKE_ONE },
  { name: 'off-chain, in batches of 20', owner: [['enqueue-tasks 20, one lane', 20]], keeper: TAKE_TWENTY },
  {
    name: 'scheduled, one by one',
    owner: [['create-and-schedule, fresh instant', 1]],
    keeper: [['trigger-due-tasks 1', 1], ...TAKE_ONE],
  },
  {
    name: 'scheduled, in batches of 20',
    owner: [['create-and-schedule, fresh instant', 1]],
    keeper: [['trigger-due-tasks 20, same instant', 20], ...TAKE_TWENTY],
  },
  {
    name: `a run of a series of ${RUNS}, in batches of 7`,
    owner: [['create-series', RUNS]],
    keeper: [['trigger-due-tasks, 7 of series, same instant', 7], ...TAKE_TWENTY],
  },
  {
    name: 'on-chain, queued',
    owner: [['enqueue-task, lane empty', 1]],
    keeper: [['execute-task, queued, only one of its lane', 1]],
  },
  {
    name: 'on-chain, held and due',
    owner: [['create-and-schedule, fresh instant', 1]],
    keeper: [['execute-task, held and due, last of its instant', 1]],
  },
  {
    name: `on-chain, a run of a series of ${RUNS}`,
    owner: [['create-series', RUNS]],
    keeper: [['execute-task, of a series, held and due', 1]],
  },
];

/** What a life costs, how many a Bitcoin block has room for, and what owners and keepers pay in fees. */
export function formatSummary(costs: Costs): string {
  return `${formatLives(costs)}\n\n${formatFees(costs)}`;
}

function formatLives(costs: Costs): string {
  const rows = LIVES.map((life) => {
    const { reads, writes } = lifeCost(life, costs);
    const lives = livesOfTenure(life, costs);
    const rooms = [lives.reads, lives.readLengthBytes, lives.writes, lives.writeLengthBytes];
    return [life.name, ...[reads, writes].map((number) => number.toFixed(2)), ...rooms.map(toText)];
  });
  const head = [
    'life of a task',
    'reads',
    'writes',
    'per tenure by reads',
    'bytes read',
    'writes',
    'bytes written',
  ];
  return alignColumns([head, ...rows]);
}

function formatFees(costs: Costs): string {
  const fee = (steps: readonly Step[]) =>
    steps.reduce((sum, [name, tasks]) => sum + costOf(costs, name).transactionBytes / tasks, 0) *
    USTX_PER_BYTE;
  const rows = WAYS.map(({ name, owner, keeper }) => [name, toStx(fee(owner)), toStx(fee(keeper))]);
  const head = [`STX a task at ${USTX_PER_BYTE} microSTX a byte`, 'its owner pays', 'a keeper must earn'];
  return alignColumns([head, ...rows]);
}

const toText = (number: number) => number.toLocaleString('en');
const toStx = (microStx: number) => (microStx / 1e6).toFixed(6);
