import { nextGate, transact } from './changes.js';
import type { Item } from './making.js';
import { makeAll, planAll } from './making.js';
import type { Model } from './model.js';
import { ACTIVITY, GATE } from './records.js';
import { attempt, guard, TOPICS } from './refusals.js';
import { assertMay } from './registry.js';
import type { Publication, Subscription, Topic } from './topics.js';
import { keepSubscription, tellTopic, topicAt } from './topics.js';

const ANYONE = 0n;
const MOST_FREED = 6n;
/** Places that one call looks at. */
const LOOKS = 12;

/** Delivers the oldest publication that is not delivered yet, or a part of it; returns how many tasks it set free. */
export function deliver(model: Model, name: string, n: bigint): bigint {
  const topic = topicAt(model, name);
  assertMay(model, '', ANYONE, ACTIVITY.PUBLISH);
  guard(n >= 1n && n <= MOST_FREED, TOPICS.TOO_MANY);
  const publication = topic.publications[Number(topic.delivered)];
  if (!publication) return 0n;
  const { held, fired } = lookAround(model, topic, publication, Number(n));
  for (const id of held) model.waiting.delete(id);
  const freed = openHolds(model, held, publication.data);
  const made = fire(model, topic, fired, publication.data);
  tellTopic(model, 'topic-delivered', name);
  return freed + made;
}

/** First the tasks that wait, then the subscriptions; it stops when it has found `n`, and goes on from there next time. */
function lookAround(model: Model, topic: Topic, { subs, waits }: Publication, n: number) {
  const held: bigint[] = [];
  const fired: bigint[] = [];
  const seq = topic.delivered + 1n;
  for (let look = 0; look < LOOKS && held.length + fired.length < n; look++) {
    if (topic.waitHead < waits) {
      const id = topic.waits[Number(topic.waitHead)] ?? 0n;
      if (waitsThere(model, topic, id)) held.push(id);
      topic.waitHead += 1n;
    } else if (topic.cursor < subs) {
      const subscription = topic.places[Number(topic.cursor)];
      if (subscription && firesFor(subscription, seq)) fired.push(topic.cursor);
      topic.cursor += 1n;
    }
  }
  if (topic.waitHead === waits && topic.cursor === subs) {
    topic.delivered = seq;
    topic.cursor = 0n;
  } else model.effects.ways.push('deliver a part');
  return { held, fired };
}

/** A task may have gone to wait elsewhere. */
function waitsThere(model: Model, { name, waitHead }: Topic, id: bigint): boolean {
  const place = model.waiting.get(id);
  return place?.topic === name && place.index === waitHead;
}

const firesFor = ({ active, left, from }: Subscription, seq: bigint) => active && left > 0n && from < seq;

/** One that is held no more is passed over. */
function openHolds(model: Model, ids: readonly bigint[], data: string): bigint {
  const verdicts = transact(
    model,
    ids.map((id) => attempt(() => nextGate(model, id, GATE.HOLD, 'task-unblocked', { clock: 0n, at: 0n }))),
  );
  const freed = ids.filter((_, i) => 'ok' in (verdicts[i] ?? {}));
  for (const id of freed) model.inputs.set(id, data);
  if (freed.length > 0) model.effects.ways.push('set waiting tasks free');
  if (freed.length < ids.length) model.effects.ways.push('pass over a task that is held no more');
  return BigInt(freed.length);
}

/** A subscription whose task cannot be made ends. */
function fire(model: Model, topic: Topic, fired: readonly bigint[], data: string): bigint {
  if (fired.length === 0) return 0n;
  const before = fired.map((index) => topic.places[Number(index)] as Subscription);
  const items = before.map((subscription) => runOf(subscription, data));
  const verdicts = makeAll(model, planAll(model, items));
  let made = 0n;
  for (const [i, verdict] of verdicts.entries()) {
    const [index, subscription] = [fired[i] ?? 0n, before[i] as Subscription];
    if ('ok' in verdict) {
      made += 1n;
      const next = { ...subscription, left: subscription.left - 1n, active: true };
      const more = { id: verdict.ok, reason: 0n };
      keepSubscription(model, topic, index, next, 'subscription-fired', more);
    } else {
      model.effects.refusals.push(verdict.err);
      const more = { id: 0n, reason: verdict.err };
      keepSubscription(model, topic, index, { ...subscription, active: false }, 'subscription-ended', more);
    }
  }
  return made;
}

function runOf({ owner, template, account, reward }: Subscription, payload: string): Item {
  return {
    ...{ owner, template, series: account, origin: null, clock: 0n, at: 0n, priority: null, reward },
    ...{ rewardMin: null, deadline: null, hold: false, tag: null, key: null, parents: [], afterItems: [] },
    ...{ lax: false, payload },
  };
}
