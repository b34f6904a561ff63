import { Cl } from '@stacks/transactions';
import { deliver as deliverNext } from '../model/delivering.js';
import * as topics from '../model/topics.js';
import { makeCall } from './call.js';

const on = (name: string) => ['task-topics', name] as const;

export const createTopic = (by: string, name: string) =>
  makeCall(on('create-topic'), by, [Cl.stringAscii(name)], (m) => topics.createTopic(m, by, name));

export const publish = (by: string, name: string, data: string) =>
  makeCall(on('publish'), by, [Cl.stringAscii(name), Cl.bufferFromHex(data)], (m) =>
    topics.publish(m, by, name, data),
  );

export const subscribe = (by: string, name: string, template: bigint, reward: bigint, runs: bigint) =>
  makeCall(
    on('subscribe'),
    by,
    [Cl.stringAscii(name), Cl.uint(template), Cl.uint(reward), Cl.uint(runs)],
    (m) => topics.subscribe(m, by, name, { owner: by, template, reward }, runs),
  );

export const topUpSubscription = (by: string, name: string, index: bigint, runs: bigint) =>
  makeCall(on('top-up-subscription'), by, [Cl.stringAscii(name), Cl.uint(index), Cl.uint(runs)], (m) =>
    topics.topUpSubscription(m, by, name, index, runs),
  );

export const unsubscribe = (by: string, name: string, index: bigint) =>
  makeCall(on('unsubscribe'), by, [Cl.stringAscii(name), Cl.uint(index)], (m) =>
    topics.unsubscribe(m, by, name, index),
  );

export const awaitTopic = (by: string, id: bigint, name: string) =>
  makeCall(
    on('await-topic'),
    by,
    [Cl.uint(id), Cl.stringAscii(name)],
    (m) => topics.awaitTopic(m, by, id, name),
    [id],
  );

export const deliver = (by: string, name: string, n: bigint) =>
  makeCall(on('deliver'), by, [Cl.stringAscii(name), Cl.uint(n)], (m) => deliverNext(m, name, n));
