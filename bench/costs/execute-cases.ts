import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { FAIL, GO_ON, HANDLER, NOT_READY, ONCHAIN_QUEUE } from './register.js';
import type { Scene } from './scene.js';
import { NODE, WINDOW } from './scene.js';
import type { Spot } from './task-data.js';
import { AHEAD, trigger } from './time-cases.js';

const STACKS = 0;
const BATCH = 5;
const ONCHAIN: Spot = { queue: ONCHAIN_QUEUE };

const handler = ({ admin }: Scene) => Cl.contractPrincipal(admin, HANDLER);

const execute = (scene: Scene, id: bigint): Cost =>
  scene.schedulerCall('execute-task', [Cl.uint(id), handler(scene)], scene.worker);

const executeAll = (scene: Scene, ids: readonly bigint[]): Cost => {
  const items = ids.map((id) => Cl.tuple({ id: Cl.uint(id), h: handler(scene) }));
  return scene.schedulerCall('execute-tasks', [Cl.list(items)], scene.worker);
};

/** Tasks that are due and that nobody has triggered. */
const dueTasks = (scene: Scene, offsets: readonly bigint[], spot: Spot = {}): readonly bigint[] => {
  const start = scene.alignHeight(NODE) + AHEAD;
  const ids = offsets.map((offset) => scene.scheduleNew(STACKS, start + offset, { ...ONCHAIN, ...spot }).id);
  scene.mineUntil(start + (offsets.at(-1) ?? 0n));
  return ids;
};

/** The same of series. */
const dueRuns = (scene: Scene, offsets: readonly bigint[]): readonly bigint[] => {
  const start = scene.alignHeight(NODE) + AHEAD;
  const ids = offsets.map((offset) => {
    scene.seriesNew(STACKS, start + offset, ONCHAIN, { every: NODE * 2n });
    return scene.lastTask();
  });
  scene.mineUntil(start + (offsets.at(-1) ?? 0n));
  return ids;
};

const executeDue = (name: string, payload?: string): Case => ({
  name: `execute-task, held and due, ${name}`,
  measure: (scene) => execute(scene, dueTasks(scene, [0n], { payload })[0] ?? 0n),
});

const five = (name: string, idsOf: (scene: Scene) => readonly bigint[]): Case => ({
  name: `execute-tasks 5, ${name}`,
  tasks: BATCH,
  measure: (scene) => executeAll(scene, idsOf(scene)),
});

const offsets = (step: bigint) => Array.from({ length: BATCH }, (_, i) => BigInt(i) * step);

/** Running on-chain handlers, of one that reads and writes one variable. */
export const EXECUTE_CASES: readonly Case[] = [
  {
    name: 'execute-task, queued, only one of its lane',
    measure: (scene) => execute(scene, scene.enqueue(ONCHAIN).id),
  },
  {
    name: 'execute-task, queued, middle of its lane',
    measure: (scene) => execute(scene, scene.enqueueMany(3, ONCHAIN)[1] ?? 0n),
  },
  {
    name: 'execute-task, queued, with 8 children',
    measure: (scene) => {
      const { id } = scene.enqueue(ONCHAIN);
      scene.enqueueMany(8, { parents: [id] });
      return execute(scene, id);
    },
  },
  executeDue('last of its instant'),
  executeDue('goes on', GO_ON),
  executeDue('fails', FAIL),
  executeDue('is not ready', NOT_READY),
  {
    name: 'execute-task, a later step',
    measure: (scene) => {
      const { id } = scene.enqueue({ ...ONCHAIN, payload: GO_ON });
      execute(scene, id);
      scene.chain.mine(AHEAD);
      return execute(scene, id);
    },
  },
  {
    name: 'execute-task, of a series, held and due',
    measure: (scene) => execute(scene, dueRuns(scene, [0n])[0] ?? 0n),
  },
  five('one lane', (scene) => scene.enqueueMany(BATCH, ONCHAIN)),
  five('held and due at one instant', (scene) => dueTasks(scene, offsets(0n))),
  five('held and due, sparse', (scene) => dueTasks(scene, offsets(WINDOW))),
  five('held and due, sparse, go on', (scene) => dueTasks(scene, offsets(WINDOW), { payload: GO_ON })),
  five('held and due, sparse, fail', (scene) => dueTasks(scene, offsets(WINDOW), { payload: FAIL })),
  five('of series, triggered', (scene) => {
    const ids = dueRuns(scene, offsets(WINDOW));
    trigger(scene, BATCH);
    return ids;
  }),
];
