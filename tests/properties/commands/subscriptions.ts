import type { Call } from '../chain/call.js';
import * as call from '../chain/call-topics.js';
import { balanceOf } from '../model/money.js';
import { mayEnqueue } from '../model/registry.js';
import type { Subscription, Topic } from '../model/topics.js';
import type { Command, World } from './command.js';
import { someone, someoneElse } from './command.js';
import { templatesFor } from './configuring.js';
import { producerWithTemplate } from './requests.js';
import { anyTopic, unknownTopic } from './topics.js';

/** More than one delivery looks at. */
const MOST_PLACES = 16;

interface Plan {
  readonly by: string;
  readonly name: string;
  readonly template: bigint;
  readonly reward: bigint;
  readonly runs: bigint;
}

type Fault = (world: World, plan: Plan) => Partial<Plan> | undefined;

function subscribeWith(w: World, change: Fault): Call | undefined {
  const { by, template } = producerWithTemplate(w) ?? {};
  const topic = anyTopic(w, ({ free, places }) => free.length > 0 || places.length < MOST_PLACES);
  if (!by || !template || !topic) return undefined;
  const reward = template.config.minReward + w.dice.between(0, 2_000);
  const plan = { by, name: topic.name, template: template.id, reward, runs: w.dice.between(1, 6) };
  const changed = change(w, plan);
  if (!changed) return undefined;
  const { name, runs, ...wish } = { ...plan, ...changed };
  return call.subscribe(wish.by, name, wish.template, wish.reward, runs);
}

/** Each takes one thing away that a subscription needs. */
const FAULTS: readonly Fault[] = [
  (w) => ({ name: unknownTopic(w) }),
  (w) => {
    const by = w.dice.pick(w.wallets.filter((wallet) => !mayEnqueue(w.model, wallet)));
    return by === undefined ? undefined : { by };
  },
  (w) => ({ runs: w.dice.of(0n, 10_001n) }),
  (w) => ({ template: w.dice.of(0n, BigInt(w.model.templates.length) + 1n) }),
  (w, { by }) => {
    const dear = w.dice.pick(templatesFor(w, by).filter(({ config }) => config.minReward > 0n));
    return dear && { template: dear.id, reward: dear.config.minReward - 1n };
  },
  () => ({ reward: 10n ** 15n + 1n }),
  (w, { by }) => ({ reward: balanceOf(w.model, by) + 1n }),
];

export const subscribe: Command = {
  name: 'subscribe',
  weights: [4, 2],
  right: (w) => subscribeWith(w, () => ({})),
  wrong: FAULTS.map((fault) => (w: World) => subscribeWith(w, fault)),
};

interface Entry {
  readonly topic: Topic;
  readonly index: bigint;
  readonly subscription: Subscription;
}

function pickSubscription(w: World, test: (subscription: Subscription) => boolean): Entry | undefined {
  const all = [...w.model.topics.values()].flatMap((topic) =>
    topic.places.flatMap((subscription, index) =>
      subscription && test(subscription) ? [{ topic, index: BigInt(index), subscription }] : [],
    ),
  );
  return w.dice.pick(all);
}

/** Whether its template may be used now. */
const isMakeable = (w: World, { owner, template, reward }: Subscription) =>
  templatesFor(w, owner).some(({ id, config }) => id === template && reward >= config.minReward);

/** One that has ended comes first, then one that has no run left. */
export const topUpSubscription: Command = {
  name: 'top-up-subscription',
  weights: [1.5, 1],
  right: (w) => {
    const entry =
      pickSubscription(w, (it) => !it.active && isMakeable(w, it)) ??
      pickSubscription(w, (it) => it.left === 0n && isMakeable(w, it)) ??
      pickSubscription(w, (it) => isMakeable(w, it));
    return entry && call.topUpSubscription(someone(w), entry.topic.name, entry.index, w.dice.between(1, 4));
  },
  wrong: [
    (w) => call.topUpSubscription(someone(w), anyTopic(w)?.name ?? unknownTopic(w), 99n, 1n),
    (w) => {
      const entry = pickSubscription(w, () => true);
      const runs = w.dice.of(0n, 10_001n - (entry?.subscription.left ?? 0n));
      return entry && call.topUpSubscription(someone(w), entry.topic.name, entry.index, runs);
    },
    (w) => {
      const entry = pickSubscription(w, (it) => !isMakeable(w, it));
      return entry && call.topUpSubscription(someone(w), entry.topic.name, entry.index, 1n);
    },
  ],
};

export const unsubscribe: Command = {
  name: 'unsubscribe',
  weights: [1, 1],
  right: (w) => {
    const entry = pickSubscription(w, () => true);
    return entry && call.unsubscribe(entry.subscription.owner, entry.topic.name, entry.index);
  },
  wrong: [
    (w) => call.unsubscribe(someone(w), unknownTopic(w), 0n),
    (w) => {
      const topic = anyTopic(w);
      return topic && call.unsubscribe(someone(w), topic.name, topic.free[0] ?? 99n);
    },
    (w) => {
      const entry = pickSubscription(w, () => true);
      const by = entry && someoneElse(w, entry.subscription.owner);
      return entry && by ? call.unsubscribe(by, entry.topic.name, entry.index) : undefined;
    },
  ],
};
