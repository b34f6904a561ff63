import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { MANY, OWN_QUEUE } from './register.js';
import type { Scene } from './scene.js';
import { NODE, WINDOW } from './scene.js';
import type { Spot } from './task-data.js';

const STACKS = 0;
const BITCOIN = 1;
const LANES = 16;
/** The start of a window this far on: nothing that is stored is near it. */
export const AHEAD = WINDOW * 4n;
/** A call asked for 20 stops when it has spent 21, 1 for a task and 1 more for the first of a window of 128 instants. */
const SPARSE_DUE = 11;
const PAIRS_DUE = 14;
const MAX_SHARE_BPS = 2_000;

export const trigger = ({ chain, worker }: Scene, due: number): Cost => {
  const { value, cost } = chain.call(
    'task-scheduler',
    'trigger-due-tasks',
    [Cl.uint(STACKS), Cl.uint(MANY)],
    worker,
  );
  const moved = value.type === 'tuple' ? Cl.stringify(value.value.due ?? value) : '';
  if (moved !== `u${due}`) throw new Error(`expected ${due} tasks to be due, got ${moved}`);
  return cost;
};

/** Schedules a task for each offset from the start of a window, passes them all and triggers. */
const triggerAt = (
  scene: Scene,
  offsets: readonly bigint[],
  due: number,
  spotOf: (i: number) => Spot,
): Cost => {
  const last = offsets.at(-1) ?? 0n;
  const start = scene.alignHeight(last < WINDOW ? WINDOW : NODE) + AHEAD;
  for (const [i, offset] of offsets.entries())
    scene.scheduleNew(STACKS, start + offset, { queue: OWN_QUEUE, ...spotOf(i) });
  scene.mineUntil(start + last);
  return trigger(scene, due);
};

const twenty = (
  name: string,
  offset: (i: bigint) => bigint,
  due: number,
  spotOf: (i: number) => Spot = (i) => ({ priority: 15 - (i % LANES) }),
): Case => ({
  name: `trigger-due-tasks 20, ${name}`,
  tasks: due,
  measure: (scene) =>
    triggerAt(
      scene,
      Array.from({ length: due }, (_, i) => offset(BigInt(i))),
      due,
      spotOf,
    ),
});

/** Lets the trigger take its share while a case is measured. */
const withShare = ({ name, tasks, measure }: Case): Case => ({
  name: `${name}, with a share`,
  tasks,
  measure: (scene) => {
    const setShare = (bps: number) =>
      scene.chain.call(
        'coordinator-registry',
        'set-param',
        [Cl.stringAscii('trigger-share-bps'), Cl.uint(bps)],
        scene.admin,
      );
    setShare(MAX_SHARE_BPS);
    const cost = measure(scene);
    setShare(0);
    return cost;
  },
});

/** A held task, and the call that gives it its time. */
const scheduleHeld = (scene: Scene, at: bigint, spot: Spot = {}): Cost => {
  const { id } = scene.enqueue({ hold: true, ...spot });
  return scene.schedulerCall('schedule-task', [Cl.uint(id), Cl.uint(at)], scene.producer);
};

const takeOut = (scene: Scene, name: string, neighbours: readonly bigint[]): Cost => {
  const at = scene.alignHeight(WINDOW) + AHEAD;
  const { id } = scene.scheduleNew(STACKS, at);
  for (const offset of neighbours) scene.scheduleNew(STACKS, at + offset);
  return scene.schedulerCall(name, [Cl.uint(id)], scene.producer);
};

const SCHEDULE_CASES: readonly Case[] = [
  {
    name: 'create-and-schedule, first of its clock',
    measure: (scene) => scene.scheduleNew(BITCOIN, scene.chain.burnHeight() + 10_000n).cost,
  },
  {
    name: 'create-and-schedule, fresh instant',
    measure: (scene) => scene.scheduleNew(STACKS, scene.alignHeight(WINDOW) + AHEAD).cost,
  },
  {
    name: 'create-and-schedule, same window',
    measure: (scene) => {
      const at = scene.alignHeight(WINDOW) + AHEAD;
      scene.scheduleNew(STACKS, at);
      return scene.scheduleNew(STACKS, at + 1n).cost;
    },
  },
  {
    name: 'create-and-schedule, shared instant',
    measure: (scene) => {
      const at = scene.alignHeight(WINDOW) + AHEAD;
      scene.scheduleNew(STACKS, at);
      return scene.scheduleNew(STACKS, at).cost;
    },
  },
  {
    name: 'create-and-schedule, 8 parents waited for',
    measure: (scene) =>
      scene.scheduleNew(STACKS, scene.alignHeight(WINDOW) + AHEAD, {
        parents: scene.enqueueMany(8, { hold: true }),
      }).cost,
  },
  {
    name: 'schedule-task, fresh instant',
    measure: (scene) => scheduleHeld(scene, scene.alignHeight(WINDOW) + AHEAD),
  },
  {
    name: 'schedule-task, fresh instant, 8 parents done',
    measure: (scene) => {
      const parents = scene.finished(8);
      return scheduleHeld(scene, scene.alignHeight(WINDOW) + AHEAD, { parents });
    },
  },
  {
    name: 'schedule-task, shared instant',
    measure: (scene) => {
      const at = scene.alignHeight(WINDOW) + AHEAD;
      scene.scheduleNew(STACKS, at);
      return scheduleHeld(scene, at);
    },
  },
  {
    name: 'schedule-task, from one fresh instant to another',
    measure: (scene) => {
      const at = scene.alignHeight(WINDOW) + AHEAD;
      const { id } = scene.scheduleNew(STACKS, at);
      const args = [Cl.uint(id), Cl.uint(STACKS), Cl.uint(at + WINDOW)];
      return scene.schedulerCall('schedule-task-on', args, scene.producer);
    },
  },
  {
    name: 'unschedule-task, last of its instant',
    measure: (scene) => takeOut(scene, 'unschedule-task', []),
  },
  {
    name: 'cancel-scheduled-task, last of its instant',
    measure: (scene) => takeOut(scene, 'cancel-scheduled-task', []),
  },
  {
    name: 'cancel-scheduled-task, shared instant',
    measure: (scene) => takeOut(scene, 'cancel-scheduled-task', [0n, 0n]),
  },
];

const DENSE = twenty(
  'same instant',
  () => 0n,
  MANY,
  () => ({}),
);
const SPARSE = twenty('sparse', (i) => i * WINDOW, SPARSE_DUE);

const TRIGGER_CASES: readonly Case[] = [
  { name: 'trigger-due-tasks, nothing due', measure: (scene) => trigger(scene, 0) },
  { name: 'trigger-due-tasks 1', measure: (scene) => triggerAt(scene, [0n], 1, () => ({})) },
  DENSE,
  withShare(DENSE),
  twenty('same instant, sixteen lanes', () => 0n, MANY),
  twenty('one window', (i) => i * 5n, MANY),
  SPARSE,
  withShare(SPARSE),
  twenty('windows of two', (i) => (i / 2n) * WINDOW + (i % 2n), PAIRS_DUE),
  twenty('nodes far apart', (i) => i * NODE, SPARSE_DUE),
];

/** Scheduling, taking back and triggering. */
export const TIME_CASES: readonly Case[] = [...SCHEDULE_CASES, ...TRIGGER_CASES];
