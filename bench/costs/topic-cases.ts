import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { OWN_QUEUE, spreadTemplate } from './register.js';
import type { Scene } from './scene.js';
import { type Spot, templateFor } from './task-data.js';

const MAX_FIRED = 6;
const MAX_LOOKS = 12;
const MAX_PARENTS = 8;
const TOPICS_OF_A_PAGE = 10;
const DATA = Cl.bufferFromHex('00'.repeat(64));

const call = ({ chain }: Scene, name: string, args: Parameters<Scene['queueCall']>[1], by: string): Cost =>
  chain.call('task-topics', name, args, by).cost;

/** A topic that no other case has: the height is part of its name. */
const newTopic = (scene: Scene): string => {
  const topic = `topic-${scene.chain.height().toString().padStart(10, '0')}`;
  createTopic(scene, topic);
  return topic;
};

const createTopic = (scene: Scene, topic: string): Cost =>
  call(scene, 'create-topic', [Cl.stringAscii(topic)], scene.producer);

const publish = (scene: Scene, topic: string): Cost =>
  call(scene, 'publish', [Cl.stringAscii(topic), DATA], scene.producer);

const subscribe = (scene: Scene, topic: string, spot: Spot = {}): Cost =>
  call(
    scene,
    'subscribe',
    [Cl.stringAscii(topic), templateFor(spot), Cl.uint(1_000), Cl.uint(3)],
    scene.producer,
  );

const awaitTopic = (scene: Scene, topic: string, id: bigint): Cost =>
  call(scene, 'await-topic', [Cl.uint(id), Cl.stringAscii(topic)], scene.producer);

const ofPlace = (scene: Scene, name: string, topic: string, index: number): Cost =>
  call(scene, name, [Cl.stringAscii(topic), Cl.uint(index)], scene.producer);

const deliver = (scene: Scene, topic: string): Cost =>
  call(scene, 'deliver', [Cl.stringAscii(topic), Cl.uint(MAX_FIRED)], scene.worker);

const six = (name: string, join: (scene: Scene, topic: string, i: number) => void): Case => ({
  name: `deliver 6, ${name}`,
  tasks: MAX_FIRED,
  measure: (scene) => {
    const topic = newTopic(scene);
    for (let i = 0; i < MAX_FIRED; i++) join(scene, topic, i);
    publish(scene, topic);
    return deliver(scene, topic);
  },
});

/** Publishing, and what it sets free. */
export const TOPIC_CASES: readonly Case[] = [
  {
    name: 'create-topic',
    measure: (scene) => createTopic(scene, `new-${scene.chain.height()}`),
  },
  { name: 'publish', measure: (scene) => publish(scene, newTopic(scene)) },
  { name: 'subscribe', measure: (scene) => subscribe(scene, newTopic(scene)) },
  {
    name: 'subscribe, in a freed place',
    measure: (scene) => {
      const topic = newTopic(scene);
      subscribe(scene, topic);
      ofPlace(scene, 'unsubscribe', topic, 0);
      return subscribe(scene, topic);
    },
  },
  {
    name: 'unsubscribe',
    measure: (scene) => {
      const topic = newTopic(scene);
      subscribe(scene, topic);
      return ofPlace(scene, 'unsubscribe', topic, 0);
    },
  },
  {
    name: 'top-up-subscription',
    measure: (scene) => {
      const topic = newTopic(scene);
      subscribe(scene, topic);
      const args = [Cl.stringAscii(topic), Cl.uint(0), Cl.uint(5)];
      return call(scene, 'top-up-subscription', args, scene.producer);
    },
  },
  {
    name: 'await-topic',
    measure: (scene) => awaitTopic(scene, newTopic(scene), scene.enqueue({ hold: true }).id),
  },
  six('subscriptions to one template', (scene, topic) => void subscribe(scene, topic, { queue: OWN_QUEUE })),
  six(
    'subscriptions to six templates',
    (scene, topic, i) => void subscribe(scene, topic, { template: spreadTemplate(i) }),
  ),
  six('held tasks', (scene, topic) => {
    awaitTopic(scene, topic, scene.enqueue({ hold: true, queue: OWN_QUEUE }).id);
  }),
  six('held tasks of 8 parents, six lanes', (scene, topic, i) => {
    const parents = scene.finished(MAX_PARENTS);
    awaitTopic(scene, topic, scene.enqueue({ hold: true, queue: OWN_QUEUE, priority: i, parents }).id);
  }),
  {
    name: 'deliver 6, of 12 places looked at',
    tasks: MAX_FIRED,
    measure: (scene) => {
      const topic = newTopic(scene);
      for (let i = 0; i < MAX_LOOKS; i++) subscribe(scene, topic, { template: spreadTemplate(i) });
      publish(scene, topic);
      for (let i = 0; i < MAX_FIRED; i++) ofPlace(scene, 'unsubscribe', topic, i);
      return deliver(scene, topic);
    },
  },
  {
    name: 'get-lagging',
    isView: true,
    measure: (scene) => {
      for (let i = 0; i < TOPICS_OF_A_PAGE; i++) {
        const topic = newTopic(scene);
        subscribe(scene, topic);
        publish(scene, topic);
      }
      return scene.chain.view('task-topics', 'get-lagging', [Cl.uint(0)]).cost;
    },
  },
];
