import type { Case } from './case.js';
import { guardedTemplate, MANY, OWN_QUEUE, spreadTemplate } from './register.js';
import type { Scene } from './scene.js';
import type { Spot } from './task-data.js';

const LANES = 16;
const MAX_PARENTS = 8;
const DAY_SECONDS = 86_400n;

const twenty = (name: string, spotsOf: (scene: Scene) => (i: number) => Spot): Case => ({
  name: `enqueue-tasks 20, ${name}`,
  tasks: MANY,
  measure: (scene) => {
    const spotOf = spotsOf(scene);
    return scene.enqueueBatch(Array.from({ length: MANY }, (_, i) => spotOf(i))).cost;
  },
});

/** The two parents of each task of a batch. */
const twoOf = (parents: readonly bigint[], i: number) => [parents[i] ?? 0n, parents[i + MANY] ?? 0n];

/** A key that no task has: the number of the block is another in each case. */
const freshKey = ({ chain }: Scene, i: number) => chain.height() * BigInt(MANY) + BigInt(i);

/** Making tasks. A lane is emptied and filled by its case alone. */
export const ENQUEUE_CASES: readonly Case[] = [
  { name: 'enqueue-task, lane empty', measure: (scene) => scene.enqueue().cost },
  {
    name: 'enqueue-task, lane not empty',
    measure: (scene) => {
      scene.enqueue();
      return scene.enqueue().cost;
    },
  },
  { name: 'enqueue-task, held', measure: (scene) => scene.enqueue({ hold: true }).cost },
  { name: 'enqueue-task, with a key', measure: (scene) => scene.enqueue({ key: freshKey(scene, 0) }).cost },
  {
    name: 'enqueue-task, key known',
    measure: (scene) => {
      const key = freshKey(scene, 0);
      scene.enqueue({ key });
      return scene.enqueue({ key }).cost;
    },
  },
  {
    name: 'enqueue-task, ramp, deadlines and guard',
    measure: (scene) => {
      const deadline = scene.chain.timeSeconds() + DAY_SECONDS;
      return scene.enqueue({ template: guardedTemplate(0), deadline }).cost;
    },
  },
  {
    name: 'enqueue-task, 1 parent waited for',
    measure: (scene) => scene.enqueue({ parents: scene.enqueueMany(1, { hold: true }) }).cost,
  },
  {
    name: 'enqueue-task, 1 parent others wait for',
    measure: (scene) => {
      const parents = scene.enqueueMany(1, { hold: true });
      scene.enqueue({ parents });
      return scene.enqueue({ parents }).cost;
    },
  },
  {
    name: 'enqueue-task, 8 parents waited for',
    measure: (scene) => scene.enqueue({ parents: scene.enqueueMany(MAX_PARENTS, { hold: true }) }).cost,
  },
  {
    name: 'enqueue-task, 8 parents done, lane empty',
    measure: (scene) => scene.enqueue({ parents: scene.finished(MAX_PARENTS) }).cost,
  },
  twenty('one lane', () => () => ({})),
  twenty('sixteen lanes', () => (i) => ({ queue: OWN_QUEUE, priority: i % LANES })),
  twenty('20 templates, sixteen lanes', () => (i) => ({
    template: spreadTemplate(i),
    priority: i % LANES,
  })),
  twenty('20 keys', (scene) => (i) => ({ key: freshKey(scene, i) })),
  twenty('40 parents done', (scene) => {
    const parents = [...scene.finished(MANY), ...scene.finished(MANY)];
    return (i) => ({ parents: twoOf(parents, i) });
  }),
  twenty('40 parents waited for', (scene) => {
    const parents = scene.enqueueMany(MANY * 2, { hold: true });
    return (i) => ({ parents: twoOf(parents, i) });
  }),
  twenty('20 queues with guard and ramp, deadlines', (scene) => {
    const deadline = scene.chain.timeSeconds() + DAY_SECONDS;
    return (i) => ({ template: guardedTemplate(i), deadline });
  }),
  twenty('20 queues, keys, deadlines and 40 parents', (scene) => {
    const parents = [...scene.finished(MANY), ...scene.finished(MANY)];
    const deadline = scene.chain.timeSeconds() + DAY_SECONDS;
    return (i) => ({
      template: guardedTemplate(i),
      deadline,
      key: freshKey(scene, i),
      parents: twoOf(parents, i),
    });
  }),
];
