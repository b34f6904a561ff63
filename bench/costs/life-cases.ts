import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import type { Scene } from './scene.js';
import { LEASE, OWN_QUEUE, WINDOW } from './scene.js';

const RESULT = Cl.bufferFromHex('00'.repeat(64));
const BATCH = 20;
const RECLAIM_BATCH = 12;

const complete = ({ queueCall, worker }: Scene, id: bigint): Cost =>
  queueCall('complete-task', [Cl.uint(id), Cl.uint(1), RESULT], worker);

const fail = ({ queueCall, worker }: Scene, id: bigint, attempt: number, isRetryable: boolean): Cost =>
  queueCall('fail-task', [Cl.uint(id), Cl.uint(attempt), Cl.uint(7), Cl.bool(isRetryable)], worker);

const runningTasks = (scene: Scene, count: number): readonly bigint[] => {
  const ids = scene.enqueueMany(count);
  scene.dequeue(1, count);
  return ids;
};

/** One task in a lane, behind the place of a cancelled one: the cancelled one was in the middle and became the head. */
const leaveGap = (scene: Scene, queue: number): void => {
  const [, second = 0n] = scene.enqueueMany(3, { queue });
  scene.queueCall('cancel-task', [Cl.uint(second)], scene.producer);
  scene.dequeue(queue, 1);
};

const reclaim = (scene: Scene, count: number): Cost => {
  const ids = runningTasks(scene, count);
  scene.chain.mine(LEASE);
  return scene.queueCall('reclaim-leases', [Cl.list(ids.map((id) => Cl.uint(id)))], scene.producer);
};

/** Making, leasing and settling tasks. A lane is emptied and filled by its case alone. */
export const LIFE_CASES: readonly Case[] = [
  { name: 'enqueue-task, lane empty', measure: (scene) => scene.enqueue().cost },
  {
    name: 'enqueue-task, lane not empty',
    measure: (scene) => {
      scene.enqueue();
      return scene.enqueue().cost;
    },
  },
  { name: 'enqueue-task, held', measure: (scene) => scene.enqueue({ hold: true }).cost },
  {
    name: 'dequeue-task, lane empties',
    measure: (scene) => {
      scene.enqueue({ queue: 0 });
      return scene.queueCall('dequeue-task', [], scene.worker);
    },
  },
  {
    name: 'dequeue-task, lane keeps some',
    measure: (scene) => {
      scene.enqueueMany(2, { queue: 0 });
      return scene.queueCall('dequeue-task', [], scene.worker);
    },
  },
  {
    name: 'dequeue-task, past a cancelled one, lane empties',
    measure: (scene) => {
      leaveGap(scene, 0);
      return scene.queueCall('dequeue-task', [], scene.worker);
    },
  },
  {
    name: 'dequeue-from 1, lane empties',
    measure: (scene) => {
      scene.enqueue();
      return scene.dequeue(1, 1);
    },
  },
  {
    name: 'dequeue-from 1, past a cancelled one, lane empties',
    measure: (scene) => {
      leaveGap(scene, 1);
      return scene.dequeue(1, 1);
    },
  },
  {
    name: 'dequeue-from 20, one lane',
    measure: (scene) => {
      scene.enqueueMany(BATCH);
      return scene.dequeue(1, BATCH);
    },
  },
  {
    name: 'dequeue-from 20, sixteen lanes',
    measure: (scene) => {
      for (let i = 0; i < BATCH; i++) scene.enqueue({ queue: OWN_QUEUE, priority: i % 16 });
      return scene.dequeue(OWN_QUEUE, BATCH);
    },
  },
  {
    name: 'heartbeat-task',
    measure: (scene) => {
      const [id = 0n] = runningTasks(scene, 1);
      const args = [Cl.uint(id), Cl.uint(1), Cl.uint(100), Cl.bufferFromHex('00')];
      return scene.queueCall('heartbeat-task', args, scene.worker);
    },
  },
  { name: 'complete-task', measure: (scene) => complete(scene, runningTasks(scene, 1)[0] ?? 0n) },
  {
    name: 'fail-task, retry at a fresh instant',
    measure: (scene) => {
      scene.alignHeight(WINDOW);
      return fail(scene, runningTasks(scene, 1)[0] ?? 0n, 1, true);
    },
  },
  { name: 'fail-task, final', measure: (scene) => fail(scene, runningTasks(scene, 1)[0] ?? 0n, 1, false) },
  {
    name: 'reclaim-leases 1, retry',
    measure: (scene) => {
      scene.alignHeight(WINDOW);
      return reclaim(scene, 1);
    },
  },
  {
    name: 'reclaim-leases 12, retry',
    measure: (scene) => {
      scene.alignHeight(WINDOW);
      return reclaim(scene, RECLAIM_BATCH);
    },
  },
  {
    name: 'cancel-task, only one of its lane',
    measure: (scene) => scene.queueCall('cancel-task', [Cl.uint(scene.enqueue().id)], scene.producer),
  },
  ...(['head', 'middle', 'tail'] as const).map(
    (place, i): Case => ({
      name: `cancel-task, ${place} of its lane`,
      measure: (scene) => {
        const ids = scene.enqueueMany(3);
        return scene.queueCall('cancel-task', [Cl.uint(ids[i] ?? 0n)], scene.producer);
      },
    }),
  ),
  {
    name: 'cancel-task, between two cancelled',
    measure: (scene) => {
      const ids = scene.enqueueMany(7);
      const cancel = (i: number) => scene.queueCall('cancel-task', [Cl.uint(ids[i] ?? 0n)], scene.producer);
      for (const i of [1, 2, 4, 5]) cancel(i);
      return cancel(3);
    },
  },
  {
    name: 'cancel-task, asks a running one to stop',
    measure: (scene) =>
      scene.queueCall('cancel-task', [Cl.uint(runningTasks(scene, 1)[0] ?? 0n)], scene.producer),
  },
];
