import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import type { Scene } from './scene.js';
import { OWN_QUEUE, WINDOW } from './scene.js';

const STACKS = 0;
const BITCOIN = 1;
/** A node above the leaves of the due index spans this many instants. */
const NODE = WINDOW * 128n;
/** The start of a window this far on: nothing that is stored is near it. */
const AHEAD = WINDOW * 4n;
const BATCH = 20;

const trigger = ({ schedulerCall, worker }: Scene, n: number): Cost =>
  schedulerCall('trigger-due-tasks', [Cl.uint(STACKS), Cl.uint(n)], worker);

/**
 * Schedules a task `offsets[i]` instants after the start of a window, passes them all and triggers.
 * A call asked for 20 stops when it has spent 20, 1 for a task and 1 more for the first of a window of 128 instants: it
 * moves 19 tasks of one window, 10 of ten windows.
 */
const triggerAt = (scene: Scene, offsets: readonly bigint[], lanes = 1): Cost => {
  const last = offsets.at(-1) ?? 0n;
  const start = scene.alignHeight(last < WINDOW ? WINDOW : NODE) + AHEAD;
  for (const [i, offset] of offsets.entries())
    scene.scheduleNew(STACKS, start + offset, { queue: OWN_QUEUE, priority: 15 - (i % lanes) });
  scene.chain.mine(start + last - scene.chain.height());
  return trigger(scene, BATCH);
};

const batch = (offset: (i: bigint) => bigint) => Array.from({ length: BATCH }, (_, i) => offset(BigInt(i)));

/** A held task, and the call that gives it its time. */
const scheduleHeld = (scene: Scene, at: bigint): Cost => {
  const { id } = scene.enqueue({ hold: true });
  return scene.schedulerCall('schedule-task', [Cl.uint(id), Cl.uint(at)], scene.producer);
};

const takeOut = (scene: Scene, name: string, neighbours: readonly bigint[]): Cost => {
  const at = scene.alignHeight(WINDOW) + AHEAD;
  const { id } = scene.scheduleNew(STACKS, at);
  for (const offset of neighbours) scene.scheduleNew(STACKS, at + offset);
  return scene.schedulerCall(name, [Cl.uint(id)], scene.producer);
};

/** Scheduling, taking back and triggering. */
export const TIME_CASES: readonly Case[] = [
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
    name: 'schedule-task, fresh instant',
    measure: (scene) => scheduleHeld(scene, scene.alignHeight(WINDOW) + AHEAD),
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
  { name: 'trigger-due-tasks, nothing due', measure: (scene) => trigger(scene, BATCH) },
  { name: 'trigger-due-tasks 1', measure: (scene) => triggerAt(scene, [0n]) },
  {
    name: 'trigger-due-tasks 20, same instant',
    measure: (scene) =>
      triggerAt(
        scene,
        batch(() => 0n),
      ),
  },
  {
    name: 'trigger-due-tasks 20, same instant, sixteen lanes',
    measure: (scene) =>
      triggerAt(
        scene,
        batch(() => 0n),
        16,
      ),
  },
  {
    name: 'trigger-due-tasks 20, one window',
    measure: (scene) =>
      triggerAt(
        scene,
        batch((i) => i * 5n),
        16,
      ),
  },
  {
    name: 'trigger-due-tasks 20, sparse',
    measure: (scene) =>
      triggerAt(
        scene,
        batch((i) => i * WINDOW),
        16,
      ),
  },
  {
    name: 'trigger-due-tasks 20, windows of two',
    measure: (scene) =>
      triggerAt(
        scene,
        batch((i) => (i / 2n) * WINDOW + (i % 2n)),
        16,
      ),
  },
];
