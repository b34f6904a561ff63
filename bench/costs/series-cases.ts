import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { guardedTemplate, OWN_QUEUE } from './register.js';
import type { Scene, Series } from './scene.js';
import { NODE, WINDOW } from './scene.js';
import { completion, type Spot } from './task-data.js';
import { AHEAD, trigger } from './time-cases.js';

const STACKS = 0;
/** A call stops when it has spent 21, 3 for a run and 1 more for the first of a window of 128 instants. */
const MOST = 7;
const MOST_SPARSE = 6;
const SKIP = 0;

const newSeries = (scene: Scene): bigint => scene.seriesNew(STACKS, scene.alignHeight(WINDOW) + AHEAD).id;

const call = (scene: Scene, name: string, ...numbers: readonly (bigint | number)[]): Cost =>
  scene.schedulerCall(
    name,
    numbers.map((number) => Cl.uint(number)),
    scene.producer,
  );

interface Situation extends Partial<Series> {
  readonly spotOf?: (i: number) => Spot;
  /** Stacks blocks that the runs are left waiting. */
  readonly lateness?: bigint;
  /** Whether a run of each series has ended before. */
  readonly isSecond?: boolean;
}

/** The runs of so many series, all due. */
const runs = (
  name: string,
  due: number,
  offset: (i: bigint) => bigint,
  { spotOf = () => ({ queue: OWN_QUEUE }), lateness = 0n, isSecond = false, ...series }: Situation = {},
): Case => ({
  name: `trigger-due-tasks, ${due} of series, ${name}`,
  tasks: due,
  measure: (scene) => {
    const start = scene.alignHeight(NODE) + AHEAD;
    const every = series.every ?? NODE * 2n;
    const last = start + offset(BigInt(due - 1));
    for (let i = 0; i < due; i++)
      scene.seriesNew(STACKS, start + offset(BigInt(i)), spotOf(i), { ...series, every });
    if (isSecond) {
      scene.mineUntil(last);
      const ids = runAll(scene, due);
      scene.queueCall('complete-tasks', [Cl.list(ids.map(completion))], scene.worker);
    }
    scene.mineUntil(last + lateness + (isSecond ? every : 0n));
    return trigger(scene, due);
  },
});

/** Triggers the runs of series of OWN_QUEUE and begins them. */
const runAll = (scene: Scene, due: number): readonly bigint[] => {
  const last = scene.lastTask();
  trigger(scene, due);
  scene.dequeue(OWN_QUEUE, due);
  return Array.from({ length: due }, (_, i) => last - BigInt(i));
};

/** Recurring tasks. */
export const SERIES_CASES: readonly Case[] = [
  {
    name: 'create-series',
    measure: (scene) => scene.seriesNew(STACKS, scene.alignHeight(WINDOW) + AHEAD).cost,
  },
  { name: 'top-up-series', measure: (scene) => call(scene, 'top-up-series', newSeries(scene), 5) },
  { name: 'skip-next', measure: (scene) => call(scene, 'skip-next', newSeries(scene)) },
  { name: 'cancel-series', measure: (scene) => call(scene, 'cancel-series', newSeries(scene)) },
  runs('same instant', 1, () => 0n),
  runs('same instant', MOST, () => 0n),
  runs('one window', MOST, (i) => i * 5n),
  runs('sparse', MOST_SPARSE, (i) => i * WINDOW),
  runs('sparse, of six queues with guards', MOST_SPARSE, (i) => i * WINDOW, {
    spotOf: (i) => ({ template: guardedTemplate(i) }),
  }),
  runs('sparse, without overlap', MOST_SPARSE, (i) => i * WINDOW, { overlap: false, isSecond: true }),
  runs('same instant, the last ones', MOST, () => 0n, { runs: 1 }),
  runs('sparse, missed and put off', MOST_SPARSE, (i) => i * WINDOW, {
    policy: SKIP,
    every: NODE,
    lateness: NODE,
  }),
];
