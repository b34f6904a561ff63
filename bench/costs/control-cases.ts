import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import type { Scene } from './scene.js';
import { WINDOW } from './scene.js';
import { AHEAD } from './time-cases.js';
import { runningTasks } from './work-cases.js';

const STACKS = 0;
const MAX_WAKES = 8;

const cancel = ({ controlCall, producer }: Scene, id = 0n): Cost =>
  controlCall('cancel-task', [Cl.uint(id)], producer);

const fail = ({ controlCall, worker }: Scene, id = 0n, isRetryable: boolean): Cost =>
  controlCall('fail-task', [Cl.uint(id), Cl.uint(1), Cl.uint(7), Cl.bool(isRetryable)], worker);

/** What happens to one task off its straight way. */
export const CONTROL_CASES: readonly Case[] = [
  {
    name: 'heartbeat-task',
    measure: (scene) => {
      const [id = 0n] = runningTasks(scene, 1);
      const args = [Cl.uint(id), Cl.uint(1), Cl.uint(100), Cl.bufferFromHex('00')];
      return scene.controlCall('heartbeat-task', args, scene.worker);
    },
  },
  {
    name: 'fail-task, retry at a fresh instant',
    measure: (scene) => {
      scene.alignHeight(WINDOW);
      return fail(scene, runningTasks(scene, 1)[0], true);
    },
  },
  { name: 'fail-task, final', measure: (scene) => fail(scene, runningTasks(scene, 1)[0], false) },
  {
    name: 'fail-task, final, with 8 children',
    measure: (scene) => {
      const [parent = 0n] = runningTasks(scene, 1);
      scene.enqueueMany(MAX_WAKES, { parents: [parent] });
      return fail(scene, parent, false);
    },
  },
  {
    name: 'release-task',
    measure: (scene) => {
      scene.alignHeight(WINDOW);
      const [id = 0n] = runningTasks(scene, 1);
      return scene.controlCall('release-task', [Cl.uint(id), Cl.uint(1)], scene.worker);
    },
  },
  {
    name: 'requeue-task',
    measure: (scene) => {
      const [id = 0n] = runningTasks(scene, 1);
      fail(scene, id, false);
      return scene.controlCall('requeue-task', [Cl.uint(id), Cl.uint(1_000)], scene.producer);
    },
  },
  {
    name: 'top-up-task',
    measure: (scene) =>
      scene.controlCall('top-up-task', [Cl.uint(scene.enqueue().id), Cl.uint(100)], scene.producer),
  },
  {
    name: 'set-priority, from the middle of a lane',
    measure: (scene) => {
      const [, id = 0n] = scene.enqueueMany(3);
      return scene.controlCall('set-priority', [Cl.uint(id), Cl.uint(9)], scene.producer);
    },
  },
  {
    name: 'set-priority, scheduled',
    measure: (scene) => {
      const { id } = scene.scheduleNew(STACKS, scene.alignHeight(WINDOW) + AHEAD);
      return scene.controlCall('set-priority', [Cl.uint(id), Cl.uint(9)], scene.producer);
    },
  },
  { name: 'cancel-task, only one of its lane', measure: (scene) => cancel(scene, scene.enqueue().id) },
  ...(['head', 'middle', 'tail'] as const).map(
    (place, i): Case => ({
      name: `cancel-task, ${place} of its lane`,
      measure: (scene) => cancel(scene, scene.enqueueMany(3)[i]),
    }),
  ),
  {
    name: 'cancel-task, between two cancelled',
    measure: (scene) => {
      const ids = scene.enqueueMany(7);
      for (const i of [1, 2, 4, 5]) cancel(scene, ids[i]);
      return cancel(scene, ids[3]);
    },
  },
  {
    name: 'cancel-task, asks a running one to stop',
    measure: (scene) => cancel(scene, runningTasks(scene, 1)[0]),
  },
  {
    name: 'cancel-task, with 8 children',
    measure: (scene) => {
      const { id } = scene.enqueue();
      scene.enqueueMany(MAX_WAKES, { parents: [id] });
      return cancel(scene, id);
    },
  },
];
