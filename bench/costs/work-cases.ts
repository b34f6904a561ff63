import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { BONDED_QUEUE, GUARDED_QUEUE, guardedTemplate, MANY, OWN_QUEUE } from './register.js';
import type { Scene } from './scene.js';
import { completion, idList, type Spot } from './task-data.js';

const LANES = 16;
const MAX_PARENTS = 8;
const RESULT = Cl.bufferFromHex('00'.repeat(64));
const SOON_SECONDS = 60n;
const RAMP_BLOCKS = 50n;

const complete = ({ queueCall, worker }: Scene, id: bigint): Cost =>
  queueCall('complete-task', [Cl.uint(id), Cl.uint(1), RESULT], worker);

const completeAll = ({ queueCall, worker }: Scene, ids: readonly bigint[]): Cost =>
  queueCall('complete-tasks', [Cl.list(ids.map(completion))], worker);

/** Tasks under a lease of the worker. */
export const runningTasks = (scene: Scene, count: number, spot: Spot = {}): readonly bigint[] => {
  const ids = scene.enqueueMany(count, { queue: OWN_QUEUE, ...spot });
  scene.dequeue(OWN_QUEUE, count);
  return ids;
};

/** One task in a lane, behind the place of a cancelled one: the cancelled one was in the middle and became the head. */
const leaveGap = (scene: Scene, queue: number): void => {
  const [, second = 0n] = scene.enqueueMany(3, { queue });
  scene.controlCall('cancel-task', [Cl.uint(second)], scene.producer);
  scene.dequeue(queue, 1);
};

const sixteenLanes = (spot: Spot = {}) =>
  Array.from({ length: MANY }, (_, i): Spot => ({ queue: OWN_QUEUE, ...spot, priority: i % LANES }));

/** Taking tasks and completing them. A lane is emptied and filled by its case alone. */
export const WORK_CASES: readonly Case[] = [
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
    name: 'dequeue-from 1, bonded worker',
    measure: (scene) => {
      scene.enqueue({ queue: BONDED_QUEUE });
      return scene.dequeue(BONDED_QUEUE, 1, scene.bonded);
    },
  },
  {
    name: 'dequeue-from 1, ramp and guard',
    measure: (scene) => {
      scene.enqueue({ template: guardedTemplate(0) });
      scene.chain.mine(RAMP_BLOCKS);
      return scene.dequeue(GUARDED_QUEUE, 1);
    },
  },
  {
    name: 'dequeue-from 20, one lane',
    tasks: MANY,
    measure: (scene) => {
      scene.enqueueMany(MANY);
      return scene.dequeue(1, MANY);
    },
  },
  {
    name: 'dequeue-from 20, sixteen lanes',
    tasks: MANY,
    measure: (scene) => {
      scene.enqueueBatch(sixteenLanes());
      return scene.dequeue(OWN_QUEUE, MANY);
    },
  },
  {
    name: 'dequeue-from 20, sixteen lanes, ramp and guard',
    tasks: MANY,
    measure: (scene) => {
      scene.enqueueBatch(sixteenLanes({ template: guardedTemplate(0) }));
      scene.chain.mine(RAMP_BLOCKS);
      return scene.dequeue(GUARDED_QUEUE, MANY);
    },
  },
  {
    name: 'dequeue-from 20, sixteen lanes, all late and with children',
    tasks: MANY,
    measure: (scene) => {
      const deadline = scene.chain.timeSeconds() + SOON_SECONDS;
      const { ids } = scene.enqueueBatch(sixteenLanes({ deadline }));
      scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
      scene.mineUntilTime(deadline);
      return scene.dequeue(OWN_QUEUE, MANY);
    },
  },
  {
    name: 'claim-tasks 20, from the middle of sixteen lanes',
    tasks: MANY,
    measure: (scene) => {
      scene.enqueueBatch(sixteenLanes());
      const { ids } = scene.enqueueBatch(sixteenLanes());
      scene.enqueueBatch(sixteenLanes());
      return scene.queueCall('claim-tasks', [idList(ids)], scene.worker);
    },
  },
  { name: 'complete-task', measure: (scene) => complete(scene, runningTasks(scene, 1)[0] ?? 0n) },
  {
    name: 'complete-task, with 8 children',
    measure: (scene) => {
      const [parent = 0n] = runningTasks(scene, 1);
      scene.enqueueMany(MAX_PARENTS, { parents: [parent] });
      return complete(scene, parent);
    },
  },
  {
    name: 'complete-task, ramp with a refund',
    measure: (scene) => {
      const { id } = scene.enqueue({ template: guardedTemplate(0), rewardMin: 1 });
      scene.dequeue(GUARDED_QUEUE, 1);
      return complete(scene, id);
    },
  },
  {
    name: 'complete-tasks 20',
    tasks: MANY,
    measure: (scene) => completeAll(scene, runningTasks(scene, MANY)),
  },
  {
    name: 'complete-tasks 20, ramp with refunds and children',
    tasks: MANY,
    measure: (scene) => {
      const ids = scene.enqueueMany(MANY, { template: guardedTemplate(0), rewardMin: 1 });
      scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
      scene.dequeue(GUARDED_QUEUE, MANY);
      return completeAll(scene, ids);
    },
  },
  {
    name: 'withdraw-credits',
    measure: (scene) => {
      const deadline = scene.chain.timeSeconds() + SOON_SECONDS;
      scene.enqueue({ queue: OWN_QUEUE, deadline });
      scene.mineUntilTime(deadline);
      scene.dequeue(OWN_QUEUE, 1);
      return scene.queueCall('withdraw-credits', [], scene.producer);
    },
  },
];
