import type { Case } from './case.js';
import { LIVES, lifeCost, livesOfTenure } from './life.js';
import type { Cost } from './measure.js';
import { type Costs, costOf } from './store.js';

interface Limit {
  readonly reads: number;
  readonly writes: number;
}

const MAX_CALL: Limit = { reads: 300, writes: 150 };
/** What a node grants a call-read by default. */
const MAX_VIEW = { reads: 100, readLengthBytes: 200_000 } as const;

/** Of each task that the call sees to. */
const PER_TASK: Readonly<Record<string, Limit>> = {
  'trigger-due-tasks 20, same instant': { reads: 10, writes: 4 },
  'trigger-due-tasks 20, same instant, with a share': { reads: 10, writes: 4 },
  'trigger-due-tasks 20, same instant, sixteen lanes': { reads: 10, writes: 4 },
  'trigger-due-tasks 20, windows of two': { reads: 20, writes: 7 },
  'trigger-due-tasks 20, sparse': { reads: 20, writes: 7 },
  'trigger-due-tasks 20, sparse, with a share': { reads: 20, writes: 7 },
  'trigger-due-tasks, 7 of series, same instant': { reads: 38, writes: 13 },
  'trigger-due-tasks, 7 of series, one window': { reads: 38, writes: 13 },
  // Each of six in a window of its own, and the next one too: two nodes of the index more for each than in one window.
  'trigger-due-tasks, 6 of series, sparse': { reads: 38, writes: 13 },
  'execute-task, queued, only one of its lane': { reads: 46, writes: 8 },
  'execute-task, queued, middle of its lane': { reads: 46, writes: 8 },
  'execute-task, held and due, last of its instant': { reads: 56, writes: 12 },
};

/** What breaks a budget, in words. */
export function brokenLimits(cases: readonly Case[], costs: Costs): readonly string[] {
  const broken: string[] = [];
  const bound = (what: string, came: number, most: number) => {
    if (came > most) broken.push(`${what}: ${toDigits(came)}, at most ${most}`);
  };
  for (const { name, isView = false, tasks = 1 } of cases) {
    const { reads, writes, readLengthBytes } = costOf(costs, name);
    const perTask = PER_TASK[name] ?? MAX_CALL;
    bound(`reads of ${name}`, reads, isView ? MAX_VIEW.reads : MAX_CALL.reads);
    bound(`writes of ${name}`, writes, isView ? 0 : MAX_CALL.writes);
    bound(`reads for each task of ${name}`, reads / tasks, perTask.reads);
    bound(`writes for each task of ${name}`, writes / tasks, perTask.writes);
    if (isView) bound(`bytes read by ${name}`, readLengthBytes, MAX_VIEW.readLengthBytes);
  }
  for (const name of Object.keys(PER_TASK)) costOf(costs, name);
  for (const life of LIVES) {
    const { reads, writes } = lifeCost(life, costs);
    const lives = livesOfTenure(life, costs).all;
    bound(`reads of a life, ${life.name}`, reads, life.most.reads);
    bound(`writes of a life, ${life.name}`, writes, life.most.writes);
    if (lives < life.perTenure)
      broken.push(`lives a tenure, ${life.name}: ${lives}, at least ${life.perTenure}`);
  }
  return broken;
}

/** Cases that cost other reads or writes when more is stored, in words. */
export function growth(small: Costs, large: Costs): readonly string[] {
  return [...small].flatMap(([name, { reads, writes }]) => {
    const other: Cost = costOf(large, name);
    if (reads === other.reads && writes === other.writes) return [];
    return [
      `${name}: ${reads}r ${writes}w in the small store, ${other.reads}r ${other.writes}w in the large`,
    ];
  });
}

const toDigits = (number: number) => Number(number.toFixed(2));
