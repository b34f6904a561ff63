import { call, expectOk, type Fields, type Outcome, read } from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

export const TOPIC = 'prices';
export const DATA = '0x0102';
export const FIRST_ACCOUNT = 2n ** 64n + 1n;

/** Everybody of the standard scene, and a publisher with a topic of its own. */
export interface TopicScene extends Scene {
  readonly publisher: string;
}

export function topicScene(fields: Fields = {}): TopicScene {
  const scene = standardScene(fields);
  expectOk(registerCoordinator(scene.stranger, ROLE.publisher));
  expectOk(createTopic(scene.stranger));
  return { ...scene, publisher: scene.stranger };
}

export function createTopic(by: string, topic = TOPIC): Outcome {
  return call('topics', 'create-topic', [topic], by);
}

export function publish(by: string, { topic = TOPIC, data = DATA } = {}): Outcome {
  return call('topics', 'publish', [topic, data], by);
}

export function subscribe(
  scene: Scene,
  { topic = TOPIC, template = scene.template, reward = 1000n, runs = 2n, by = scene.producer } = {},
): Outcome {
  return call('topics', 'subscribe', [topic, template, reward, runs], by);
}

export function topUpSubscription(index: bigint, runs: bigint, by: string): Outcome {
  return call('topics', 'top-up-subscription', [TOPIC, index, runs], by);
}

export function unsubscribe(index: bigint, by: string): Outcome {
  return call('topics', 'unsubscribe', [TOPIC, index], by);
}

export function awaitTopic(id: bigint, by: string, topic = TOPIC): Outcome {
  return call('topics', 'await-topic', [id, topic], by);
}

export function deliver(by: string, n = 6n, topic = TOPIC): Outcome {
  return call('topics', 'deliver', [topic, n], by);
}

export function topicOf(topic = TOPIC): Fields {
  const record = read('topics', 'get-topic', topic) as Fields | null;
  if (record === null) throw new Error(`no topic ${topic}`);
  return record;
}

export function subscriptionOf(index: bigint): Fields | null {
  return read('topics', 'get-subscription', TOPIC, index) as Fields | null;
}

/** A topic of which nothing is known yet; fields override. */
export function newTopic(owner: string, fields: Fields = {}): Fields {
  return {
    owner,
    seq: 0n,
    delivered: 0n,
    cursor: 0n,
    subs: 0n,
    free: 0n,
    'wait-head': 0n,
    'wait-tail': 0n,
    ...fields,
  };
}

/** What a call printed about topics and subscriptions, not what async-queue printed about tasks and money. */
export function printedBy({ prints }: Outcome): readonly Fields[] {
  return prints.filter(({ topic }) => /^(topic|subscription)-/.test(String(topic)));
}
