import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import { readRecord, readVariable, uint } from './chain/read.js';
import type { Model } from './model/model.js';
import type { Topic } from './model/topics.js';
import { topicRecord } from './model/topics.js';

const placeKey = (topic: string, index: bigint | number) =>
  Cl.tuple({ topic: Cl.stringAscii(topic), index: Cl.uint(index) });

export function checkSeries(model: Model, n: bigint): void {
  agree(`series ${n}`, readRecord('series', uint(n)), model.series.get(n) ?? null);
  checkPrepaid(model, n);
}

/** A topic with its subscriptions; what is published and who waits is checked from where delivery stands. */
export function checkTopic(model: Model, name: string): void {
  const topic = model.topics.get(name);
  agree(`topic ${name}`, readRecord('topic', Cl.stringAscii(name)), topic ? topicRecord(topic) : null);
  if (!topic) return;
  for (const [index, subscription] of topic.places.entries()) {
    agree(
      `subscription ${index} of ${name}`,
      readRecord('subscription', placeKey(name, index)),
      subscription,
    );
    if (subscription) checkPrepaid(model, subscription.account);
  }
  checkPublications(topic, Number(topic.delivered));
  checkWaits(topic, Number(topic.waitHead));
}

export function checkAllRecurring(model: Model): void {
  for (let n = 1n; n <= BigInt(model.series.size) + 1n; n++) checkSeries(model, n);
  for (const [index, topic] of [...model.topics.values()].entries()) {
    agree(`the topic at ${index}`, readRecord('topicAt', uint(index)), topic.name);
    checkTopic(model, topic.name);
    checkPublications(topic, 0);
    checkWaits(topic, 0);
    checkFreePlaces(topic);
  }
  agree('topics', readVariable('task-topics', 'topic-count'), BigInt(model.topics.size));
  for (const id of model.states.keys())
    agree(`what task ${id} waits for`, readRecord('waiting', uint(id)), model.waiting.get(id) ?? null);
}

function checkPrepaid(model: Model, account: bigint): void {
  const stored = readRecord('prepaid', uint(account)) ?? 0n;
  agree(`prepaid for series or account ${account}`, stored, model.prepaid.get(account) ?? 0n);
}

function checkPublications({ name, publications }: Topic, from: number): void {
  for (const [i, publication] of publications.entries()) {
    if (i < from) continue;
    const key = Cl.tuple({ topic: Cl.stringAscii(name), seq: Cl.uint(i + 1) });
    agree(`publication ${i + 1} of ${name}`, readRecord('publication', key), publication);
  }
}

function checkWaits({ name, waits }: Topic, from: number): void {
  for (const [i, id] of waits.entries())
    if (i >= from) agree(`place ${i} to wait for ${name}`, readRecord('wait', placeKey(name, i)), id);
}

/** Each free place names the one that is free after it. */
function checkFreePlaces({ name, free }: Topic): void {
  for (const [i, index] of free.entries()) {
    const below = i === 0 ? 0n : (free[i - 1] ?? 0n) + 1n;
    agree(`the place after free place ${index}`, readRecord('freePlace', placeKey(name, index)), below);
  }
}
