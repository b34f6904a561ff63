import { taskTopicsAbi } from '../abi/task-topics.generated.js';
import type { TaskId } from '../base/units.js';
import { describeContractError } from '../errors/contract-error.js';
import type { ContractError } from '../errors/error-contexts.js';
import { makeTaskId } from '../errors/make-units.js';
import { decodePrint, fieldsOfRecord, type PrintFields } from '../tx/event-fields.js';
import { decodeSubscription, decodeTopic } from './codec.js';
import type { Subscription, Topic } from './types.js';

/** A topic and its new record. */
export interface TopicChangedEvent extends Topic {
  readonly topic: 'topic-created' | 'topic-delivered';
  readonly name: string;
}

/** Data was published under the number `seq`. */
export interface TopicPublishedEvent extends Topic {
  readonly topic: 'topic-published';
  readonly name: string;
  readonly data: Uint8Array;
}

/** A task waits for the next publication. */
export interface TopicAwaitedEvent extends Topic {
  readonly topic: 'topic-awaited';
  readonly name: string;
  readonly id: TaskId;
}

/** A subscription and its record; one that was removed is there no more. */
export interface SubscriptionChangedEvent extends Subscription {
  readonly topic: 'subscription-created' | 'subscription-topped-up' | 'subscription-removed';
  readonly name: string;
  readonly index: bigint;
}

/** A task was made for a publication. */
export interface SubscriptionFiredEvent extends Subscription {
  readonly topic: 'subscription-fired';
  readonly name: string;
  readonly index: bigint;
  readonly id: TaskId;
}

/** A task could not be made. */
export interface SubscriptionEndedEvent extends Subscription {
  readonly topic: 'subscription-ended';
  readonly name: string;
  readonly index: bigint;
  readonly reason: ContractError;
}

/** What task-topics prints, each with the topic's `name`; what it does to tasks is printed by async-queue. */
export type TopicsEvent =
  | TopicChangedEvent
  | TopicPublishedEvent
  | TopicAwaitedEvent
  | SubscriptionChangedEvent
  | SubscriptionFiredEvent
  | SubscriptionEndedEvent;

const NAME_FIELDS = [{ name: 'name', type: { 'string-ascii': { length: 40 } } }] as const;
const DATA_FIELDS = [{ name: 'data', type: { buffer: { length: 1024 } } }] as const;
const ID_FIELDS = [{ name: 'id', type: 'uint128' }] as const;
const REASON_FIELDS = [{ name: 'reason', type: 'uint128' }] as const;
const PLACE_FIELDS = [...NAME_FIELDS, { name: 'index', type: 'uint128' }] as const;
const TOPIC_FIELDS = fieldsOfRecord(taskTopicsAbi, 'get-topic');
const SUBSCRIPTION_FIELDS = fieldsOfRecord(taskTopicsAbi, 'get-subscription');

/** Decodes a print of task-topics; `null` for a topic this version does not know. */
export const decodeTopicsEvent = (topic: string, fields: PrintFields): TopicsEvent | null => {
  const readTopic = () => ({
    ...decodePrint(topic, NAME_FIELDS, fields),
    ...decodeTopic(decodePrint(topic, TOPIC_FIELDS, fields)),
  });
  const readSubscription = () => ({
    ...decodePrint(topic, PLACE_FIELDS, fields),
    ...decodeSubscription(decodePrint(topic, SUBSCRIPTION_FIELDS, fields)),
  });
  const readId = (): TaskId => makeTaskId(decodePrint(topic, ID_FIELDS, fields).id);
  switch (topic) {
    case 'topic-created':
    case 'topic-delivered':
      return { topic, ...readTopic() };
    case 'topic-published':
      return { topic, ...readTopic(), ...decodePrint(topic, DATA_FIELDS, fields) };
    case 'topic-awaited':
      return { topic, ...readTopic(), id: readId() };
    case 'subscription-created':
    case 'subscription-topped-up':
    case 'subscription-removed':
      return { topic, ...readSubscription() };
    case 'subscription-fired':
      return { topic, ...readSubscription(), id: readId() };
    case 'subscription-ended': {
      const { reason } = decodePrint(topic, REASON_FIELDS, fields);
      return {
        topic,
        ...readSubscription(),
        reason: describeContractError(reason, 'async-queue.enqueue-for'),
      };
    }
    default:
      return null;
  }
};
