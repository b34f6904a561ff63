import type { Model } from './model.js';
import { tell } from './model.js';
import type { Recurring } from './prepaying.js';
import { assertRuns, drain, prepay, priceOfRuns } from './prepaying.js';
import { ACTIVITY, GATE, ROLE, STATUS } from './records.js';
import { guard, TOPICS } from './refusals.js';
import { assertMay } from './registry.js';

export interface Publication {
  readonly data: string;
  /** Stacks height. */
  readonly at: bigint;
  /** The places for subscriptions and for tasks that there were: it is not for later ones. */
  readonly subs: bigint;
  readonly waits: bigint;
}

export interface Subscription extends Recurring {
  readonly account: bigint;
  /** It fires for publications after this one. */
  readonly from: bigint;
  readonly left: bigint;
  readonly active: boolean;
}

/** The place in which a task waits. */
export interface Wait {
  readonly topic: string;
  readonly index: bigint;
}

export interface Topic {
  readonly name: string;
  readonly owner: string;
  readonly publications: Publication[];
  /** Publications up to this one are delivered. */
  delivered: bigint;
  /** Subscriptions before this one were looked at for the publication after that. */
  cursor: bigint;
  /** By place; null where one was taken away. */
  readonly places: (Subscription | null)[];
  /** The places without one, the next to be taken again last. */
  readonly free: bigint[];
  /** The tasks that ever waited; those before `waitHead` were looked at. */
  readonly waits: bigint[];
  waitHead: bigint;
}

export function createTopic(model: Model, by: string, name: string): boolean {
  assertMay(model, by, ROLE.PUBLISHER, ACTIVITY.PUBLISH);
  guard(name.length > 0, TOPICS.BAD_VALUE);
  guard(!model.topics.has(name), TOPICS.TOPIC_TAKEN);
  const empty = {
    publications: [],
    delivered: 0n,
    cursor: 0n,
    places: [],
    free: [],
    waits: [],
    waitHead: 0n,
  };
  model.topics.set(name, { name, owner: by, ...empty });
  tellTopic(model, 'topic-created', name);
  return true;
}

/** What nobody waits for counts as delivered. */
export function publish(model: Model, by: string, name: string, data: string): bigint {
  const topic = topicAt(model, name);
  assertMay(model, by, ROLE.PUBLISHER, ACTIVITY.PUBLISH);
  guard(topic.owner === by, TOPICS.NOT_OWNER);
  const [subs, waits] = [BigInt(topic.places.length), BigInt(topic.waits.length)];
  const isIdle = topic.delivered === lastOf(topic) && subs === 0n && waits === topic.waitHead;
  topic.publications.push({ data, at: model.now[0], subs, waits });
  if (isIdle) topic.delivered = lastOf(topic);
  if (isIdle) model.effects.ways.push('publish to nobody');
  tellTopic(model, 'topic-published', name, { data });
  return lastOf(topic);
}

export function subscribe(model: Model, by: string, name: string, wish: Recurring, runs: bigint): bigint {
  const topic = topicAt(model, name);
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.SCHEDULE);
  assertRuns(0n, runs, TOPICS.RUNS);
  const price = priceOfRuns(model, by, wish, runs, TOPICS.BAD_VALUE);
  model.lastAccount += 1n;
  const { owner, template, reward } = wish;
  const entry = { account: model.lastAccount, from: lastOf(topic), left: runs, active: true };
  const index = topic.free.pop() ?? BigInt(topic.places.length);
  if (index < BigInt(topic.places.length)) model.effects.ways.push('subscribe in a place taken before');
  keepSubscription(model, topic, index, { owner, template, reward, ...entry }, 'subscription-created');
  prepay(model, by, entry.account, price);
  return index;
}

export function topUpSubscription(
  model: Model,
  by: string,
  name: string,
  index: bigint,
  runs: bigint,
): bigint {
  const topic = model.topics.get(name);
  const before = topic?.places[Number(index)] ?? null;
  guard(topic !== undefined && before !== null, TOPICS.UNKNOWN_SUBSCRIPTION);
  assertRuns(before.left, runs, TOPICS.RUNS);
  const price = priceOfRuns(model, by, before, runs, TOPICS.BAD_VALUE);
  if (!before.active) model.effects.ways.push('take up a subscription that had ended');
  const next = { ...before, left: before.left + runs, active: true };
  keepSubscription(model, topic, index, next, 'subscription-topped-up');
  return prepay(model, by, before.account, price);
}

export function unsubscribe(model: Model, by: string, name: string, index: bigint): bigint {
  const topic = topicAt(model, name);
  const before = topic.places[Number(index)] ?? null;
  guard(before !== null, TOPICS.UNKNOWN_SUBSCRIPTION);
  guard(before.owner === by, TOPICS.NOT_OWNER);
  topic.places[Number(index)] = null;
  topic.free.push(index);
  model.effects.topics.add(name);
  tell(model, 'subscription-removed', { ...before, name, index });
  return drain(model, before.account, before.owner);
}

export function awaitTopic(model: Model, by: string, id: bigint, name: string): boolean {
  const topic = topicAt(model, name);
  const state = model.states.get(id);
  guard(state !== undefined, TOPICS.NOT_HELD);
  guard(state.owner === by, TOPICS.NOT_OWNER);
  guard(state.status === STATUS.PENDING && state.gate === GATE.HOLD, TOPICS.NOT_HELD);
  model.waiting.set(id, { topic: name, index: BigInt(topic.waits.length) });
  topic.waits.push(id);
  tellTopic(model, 'topic-awaited', name, { id });
  return true;
}

export function topicAt(model: Model, name: string): Topic {
  const topic = model.topics.get(name);
  guard(topic !== undefined, TOPICS.UNKNOWN_TOPIC);
  return topic;
}

/** The number of its last publication. */
export const lastOf = ({ publications }: Topic): bigint => BigInt(publications.length);

/** What the contract stores of a topic. */
export function topicRecord(topic: Topic) {
  const { owner, delivered, cursor, waitHead, free, places, waits } = topic;
  const [subs, waitTail] = [BigInt(places.length), BigInt(waits.length)];
  const nextFree = (free.at(-1) ?? -1n) + 1n;
  return { owner, seq: lastOf(topic), delivered, cursor, subs, free: nextFree, waitHead, waitTail };
}

export function tellTopic(model: Model, event: string, name: string, more: object = {}): void {
  const topic = topicAt(model, name);
  model.effects.topics.add(name);
  tell(model, event, { ...topicRecord(topic), name, ...more });
}

export function keepSubscription(
  model: Model,
  { name, places }: Topic,
  index: bigint,
  next: Subscription,
  event: string,
  more: object = {},
): void {
  places[Number(index)] = next;
  model.effects.topics.add(name);
  model.effects.ways.push(event);
  tell(model, event, { ...next, name, index, ...more });
}
