import type { Case } from './case.js';
import type { Cost } from './measure.js';
import type { Costs } from './store.js';

const MAX_CALL = { reads: 300, writes: 150 } as const;
/** What a node grants a call-read by default. */
const MAX_VIEW = { reads: 100, readLengthBytes: 200_000 } as const;
const MAX_LIFE = { reads: 64, writes: 16 } as const;

/** The worst a task can meet on its way through: enqueue, dequeue of one, complete. */
export const LIFE = [
  ['enqueue-task, lane empty', 'enqueue-task, lane not empty'],
  ['dequeue-task, past a cancelled one, lane empties', 'dequeue-from 1, past a cancelled one, lane empties'],
  ['complete-task'],
] as const;

/** The cost of a whole life, each step in its dearest case. */
export function lifeCost(costs: Costs): { readonly reads: number; readonly writes: number } {
  const worst = (pick: (cost: Cost) => number) =>
    LIFE.reduce((sum, step) => sum + Math.max(...step.map((name) => pick(costOf(costs, name)))), 0);
  return { reads: worst(({ reads }) => reads), writes: worst(({ writes }) => writes) };
}

/** What breaks a budget, in words. */
export function brokenLimits(cases: readonly Case[], costs: Costs): readonly string[] {
  const broken: string[] = [];
  const bound = (what: string, came: number, most: number) => {
    if (came > most) broken.push(`${what}: ${came}, at most ${most}`);
  };
  for (const { name, isView = false } of cases) {
    const { reads, writes, readLengthBytes } = costOf(costs, name);
    bound(`reads of ${name}`, reads, isView ? MAX_VIEW.reads : MAX_CALL.reads);
    bound(`writes of ${name}`, writes, isView ? 0 : MAX_CALL.writes);
    if (isView) bound(`bytes read by ${name}`, readLengthBytes, MAX_VIEW.readLengthBytes);
  }
  const life = lifeCost(costs);
  bound('reads of a whole life', life.reads, MAX_LIFE.reads);
  bound('writes of a whole life', life.writes, MAX_LIFE.writes);
  return broken;
}

/** Cases that cost other reads or writes when more is stored, in words. */
export function growth(small: Costs, large: Costs): readonly string[] {
  return [...small].flatMap(([name, { reads, writes }]) => {
    const other = costOf(large, name);
    if (reads === other.reads && writes === other.writes) return [];
    return [
      `${name}: ${reads}r ${writes}w in the small store, ${other.reads}r ${other.writes}w in the large`,
    ];
  });
}

export function costOf(costs: Costs, name: string): Cost {
  const cost = costs.get(name);
  if (!cost) throw new Error(`no case is called "${name}"`);
  return cost;
}
