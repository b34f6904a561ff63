import type { Call } from '../chain/call.js';
import * as call from '../chain/call-topics.js';
import type { State } from '../model/records.js';
import { GATE, ROLE, STATUS } from '../model/records.js';
import { hasRole } from '../model/registry.js';
import type { Topic } from '../model/topics.js';
import { lastOf } from '../model/topics.js';
import type { Command, World } from './command.js';
import {
  idsWhere,
  ownerOf,
  someone,
  someoneElse,
  someoneWith,
  someoneWithout,
  unknownId,
} from './command.js';

const MOST_TOPICS = 12;
/** A topic that lags behind further has no more published on it. */
const MOST_BEHIND = 4n;

const topics = ({ model }: World) => [...model.topics.values()];
export const anyTopic = (w: World, test: (topic: Topic) => boolean = () => true): Topic | undefined =>
  w.dice.pick(topics(w).filter(test).slice(-4)) ?? w.dice.pick(topics(w).filter(test));
export const unknownTopic = ({ step }: World): string => `nothing-${step}`;
const behind = (topic: Topic) => lastOf(topic) - topic.delivered;
const publisher = (w: World) => someoneWith(w, ROLE.PUBLISHER);

export const createTopic: Command = {
  name: 'create-topic',
  weights: [1, 0.5],
  right: (w) => {
    const by = publisher(w);
    return by === undefined || w.model.topics.size >= MOST_TOPICS
      ? undefined
      : call.createTopic(by, `topic-${w.step}`);
  },
  wrong: [
    (w) => call.createTopic(someoneWithout(w, ROLE.PUBLISHER) ?? '', `topic-${w.step}`),
    (w) => call.createTopic(publisher(w) ?? someone(w), ''),
    (w) => {
      const topic = anyTopic(w);
      return topic && call.createTopic(publisher(w) ?? someone(w), topic.name);
    },
  ],
};

export const publish: Command = {
  name: 'publish',
  weights: [4, 3],
  right: (w) => {
    const topic = anyTopic(w, (it) => hasRole(w.model, it.owner, ROLE.PUBLISHER) && behind(it) < MOST_BEHIND);
    return topic && call.publish(topic.owner, topic.name, w.dice.hex(w.dice.below(8)));
  },
  wrong: [
    (w) => call.publish(publisher(w) ?? someone(w), unknownTopic(w), '01'),
    (w) => {
      const topic = anyTopic(w);
      return topic && call.publish(someoneWithout(w, ROLE.PUBLISHER) ?? '', topic.name, '01');
    },
    (w) => {
      const by = publisher(w);
      const topic = anyTopic(w, ({ owner }) => owner !== by);
      return topic && by ? call.publish(by, topic.name, '01') : undefined;
    },
  ],
};

const isHeld = ({ status, gate }: State) => status === STATUS.PENDING && gate === GATE.HOLD;

export const awaitTopic: Command = {
  name: 'await-topic',
  weights: [4, 2],
  right: (w) => {
    const id = w.dice.pick(idsWhere(w.model, isHeld));
    const topic = anyTopic(w);
    return id === undefined || !topic ? undefined : call.awaitTopic(ownerOf(w.model, id), id, topic.name);
  },
  wrong: [
    awaitWith(isHeld, (w, id) => [ownerOf(w.model, id), id, unknownTopic(w)]),
    awaitWith(isHeld, (w, id, name) => [someoneElse(w, ownerOf(w.model, id)) ?? '', id, name]),
    awaitWith(isHeld, (w, _, name) => [someone(w), unknownId(w), name]),
    awaitWith(
      (state) => !isHeld(state),
      (w, id, name) => [ownerOf(w.model, id), id, name],
    ),
  ],
};

function awaitWith(
  test: (state: State) => boolean,
  make: (w: World, id: bigint, name: string) => readonly [string, bigint, string],
) {
  return (w: World): Call | undefined => {
    const id = w.dice.pick(idsWhere(w.model, test));
    const topic = anyTopic(w);
    return id === undefined || !topic ? undefined : call.awaitTopic(...make(w, id, topic.name));
  };
}

export const deliver: Command = {
  name: 'deliver',
  weights: [5, 6],
  right: (w) => {
    const topic = anyTopic(w, (it) => behind(it) > 0n);
    return topic && call.deliver(someone(w), topic.name, w.dice.of(6n, w.dice.between(1, 6)));
  },
  wrong: [
    (w) => call.deliver(someone(w), unknownTopic(w), 6n),
    (w) => {
      const topic = anyTopic(w);
      return topic && call.deliver(someone(w), topic.name, w.dice.of(0n, 7n));
    },
    (w) => {
      const topic = anyTopic(w, (it) => behind(it) === 0n);
      return topic && call.deliver(someone(w), topic.name, 6n);
    },
  ],
};
