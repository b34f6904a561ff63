import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { BONDED_QUEUE, LEASE, OWN_QUEUE, spreadTemplate } from './register.js';
import type { Scene } from './scene.js';
import { NODE, WINDOW } from './scene.js';
import { idList, type Spot } from './task-data.js';
import { AHEAD } from './time-cases.js';
import { runningTasks } from './work-cases.js';

const STACKS = 0;
const BATCH = 12;
const MAX_WAKES = 8;
const SOON_SECONDS = 600n;
const LANES = 16;

const batch =
  (name: string, by: 'producer' | 'worker', idsOf: (scene: Scene) => readonly bigint[]): Case['measure'] =>
  (scene) =>
    scene.controlCall(name, [idList(idsOf(scene))], scene[by]);

const spots = (spotOf: (i: number) => Spot) => Array.from({ length: BATCH }, (_, i) => spotOf(i));

/** Tasks whose leases have ended. */
const lostTasks = (
  scene: Scene,
  queue: number,
  by: string,
  spotOf: (i: number) => Spot,
): readonly bigint[] => {
  const { ids } = scene.enqueueBatch(spots(spotOf));
  scene.dequeue(queue, ids.length, by);
  scene.alignHeight(WINDOW);
  scene.chain.mine(LEASE);
  return ids;
};

/** Scheduled tasks, each far from the next: the index forgets a node for each. */
const sparseTasks = (scene: Scene, spot: Spot = {}): readonly bigint[] => {
  const at = scene.alignHeight(NODE) + AHEAD;
  return spots(() => spot).map((each, i) => scene.scheduleNew(STACKS, at + BigInt(i) * NODE, each).id);
};

/** Each task with a child, and in the middle of a lane. */
const parentsInLanes = (scene: Scene, spot: Spot = {}): readonly bigint[] => {
  const lanes = () =>
    scene.enqueueBatch(spots((i) => ({ queue: OWN_QUEUE, priority: i % LANES, ...spot }))).ids;
  lanes();
  const ids = lanes();
  lanes();
  scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
  return ids;
};

/** Eight children whose first parent has just ended, and whose others, if any, ended before. */
const looseChildren = (
  scene: Scene,
  otherParents: readonly bigint[],
  make: (parents: readonly bigint[], i: number) => void,
) => {
  const [parent = 0n] = runningTasks(scene, 1);
  for (let i = 0; i < MAX_WAKES; i++) make([parent, ...otherParents], i);
  scene.queueCall('complete-task', [Cl.uint(parent), Cl.uint(1), Cl.bufferFromHex('')], scene.worker);
};

const release = ({ controlCall, worker }: Scene): Cost =>
  controlCall('release-children', [Cl.uint(MAX_WAKES)], worker);

/** What ends, moves and frees tasks by the dozen. */
export const SWEEP_CASES: readonly Case[] = [
  {
    name: 'cancel-tasks 12, middle of lanes, with children',
    tasks: BATCH,
    measure: batch('cancel-tasks', 'producer', parentsInLanes),
  },
  {
    name: 'cancel-tasks 12, sparse, with children',
    tasks: BATCH,
    measure: batch('cancel-tasks', 'producer', (scene) => {
      const ids = sparseTasks(scene);
      scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
      return ids;
    }),
  },
  {
    name: 'expire-tasks 12, middle of lanes, with children',
    tasks: BATCH,
    measure: batch('expire-tasks', 'worker', (scene) => {
      const deadline = scene.chain.timeSeconds() + SOON_SECONDS;
      const ids = parentsInLanes(scene, { deadline });
      scene.mineUntilTime(deadline);
      return ids;
    }),
  },
  {
    name: 'expire-tasks 12, sparse, with children',
    tasks: BATCH,
    measure: batch('expire-tasks', 'worker', (scene) => {
      scene.alignHeight(NODE);
      const deadline = scene.chain.timeSeconds() + SOON_SECONDS;
      const at = scene.chain.height() + NODE;
      const ids = spots(() => ({ deadline })).map(
        (spot, i) => scene.scheduleNew(STACKS, at + BigInt(i) * NODE, spot).id,
      );
      scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
      scene.mineUntilTime(deadline);
      return ids;
    }),
  },
  {
    name: 'reclaim-leases 1, retry',
    measure: batch('reclaim-leases', 'producer', (scene) =>
      lostTasks(scene, OWN_QUEUE, scene.worker, () => ({ queue: OWN_QUEUE })).slice(0, 1),
    ),
  },
  {
    name: 'reclaim-leases 12, retry at one instant',
    tasks: BATCH,
    measure: batch('reclaim-leases', 'producer', (scene) =>
      lostTasks(scene, OWN_QUEUE, scene.worker, () => ({ queue: OWN_QUEUE })),
    ),
  },
  {
    name: 'reclaim-leases 12, retry at fresh instants',
    tasks: BATCH,
    measure: batch('reclaim-leases', 'producer', (scene) =>
      lostTasks(scene, OWN_QUEUE, scene.worker, (i) => ({ template: spreadTemplate(i) })),
    ),
  },
  {
    name: 'reclaim-leases 12, of a bonded worker',
    tasks: BATCH,
    measure: batch('reclaim-leases', 'producer', (scene) =>
      lostTasks(scene, BONDED_QUEUE, scene.bonded, () => ({ queue: BONDED_QUEUE })),
    ),
  },
  {
    name: 'reclaim-leases 12, asked to stop, with children',
    tasks: BATCH,
    measure: batch('reclaim-leases', 'producer', (scene) => {
      const ids = lostTasks(scene, OWN_QUEUE, scene.worker, () => ({ queue: OWN_QUEUE }));
      scene.controlCall('cancel-tasks', [idList(ids)], scene.producer);
      scene.enqueueBatch(ids.map((id) => ({ parents: [id] })));
      return ids;
    }),
  },
  {
    name: 'release-children 8, into their lane',
    tasks: MAX_WAKES,
    measure: (scene) => {
      looseChildren(scene, [], (parents) => void scene.enqueue({ parents }));
      return release(scene);
    },
  },
  {
    name: 'release-children 8, of 8 parents',
    tasks: MAX_WAKES,
    measure: (scene) => {
      looseChildren(
        scene,
        scene.finished(MAX_WAKES - 1),
        (parents, i) => void scene.enqueue({ parents, priority: i, queue: OWN_QUEUE }),
      );
      return release(scene);
    },
  },
  {
    name: 'release-children 8, of 8 parents, the next one unfinished',
    tasks: MAX_WAKES,
    measure: (scene) => {
      const done = scene.finished(MAX_WAKES - 2);
      const waits = scene.enqueueMany(MAX_WAKES, { hold: true });
      looseChildren(
        scene,
        done,
        (parents, i) => void scene.enqueue({ parents: [...parents, waits[i] ?? 0n] }),
      );
      return release(scene);
    },
  },
  {
    name: 'release-children 8, of 8 parents, to fresh instants',
    tasks: MAX_WAKES,
    measure: (scene) => {
      const at = scene.alignHeight(NODE) + AHEAD;
      looseChildren(
        scene,
        scene.finished(MAX_WAKES - 1),
        (parents, i) => void scene.scheduleNew(STACKS, at + BigInt(i) * NODE, { parents }),
      );
      return release(scene);
    },
  },
  {
    name: 'release-children 8, cancelled as their parent was, with children',
    tasks: MAX_WAKES,
    measure: (scene) => {
      const { id } = scene.enqueue();
      const children = scene.enqueueMany(MAX_WAKES, { parents: [id] });
      scene.enqueueBatch(children.map((child) => ({ parents: [child] })));
      scene.controlCall('cancel-tasks', [idList([id])], scene.producer);
      return release(scene);
    },
  },
];
