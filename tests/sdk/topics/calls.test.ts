import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYER } from '../helpers/keys.js';
import { fetchVault, type Live, START_MS, startLive } from '../helpers/live.js';

let live: Live;
let template: bigint;

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const topic = 'price';

beforeAll(async () => {
  live = await startLive();
  template = await live.makeTemplate();
}, START_MS);

afterAll(() => live.node.stop());

describe('publish', () => {
  it('reaches the task that waits and the one made for a subscription', async () => {
    const { admin, worker } = live;
    const before = await fetchVault(admin);
    await admin.topics.createTopic({ topic });
    const { value: index } = await admin.topics.subscribe({ topic, template, runs: 2n, rewardUstx: 5n });
    expect((await admin.topics.topUpSubscription({ topic, index, runs: 1n, rewardUstx: 5n })).value).toBe(
      15n,
    );
    const held = await admin.queue.enqueueTask({ template, hold: true });
    await admin.topics.awaitTopic({ id: held.id, topic });
    expect(await admin.topics.read.getWaiting({ id: held.id })).toEqual({ topic, index: 0n });

    expect((await admin.topics.publish({ topic, data: text('42') })).value).toBe(1n);
    expect(await admin.topics.read.getLagging()).toEqual({ lagging: [topic], next: null });
    expect(await admin.topics.read.getPublication({ topic, seq: 1n })).toMatchObject({
      data: text('42'),
      subs: 1n,
      waits: 1n,
    });
    expect((await worker.topics.deliver({ topic, n: 6n })).value).toBe(2n);
    expect(await admin.topics.read.getTopic({ topic })).toMatchObject({
      owner: DEPLOYER,
      seq: 1n,
      delivered: 1n,
      free: null,
    });

    expect(await held.state()).toMatchObject({ status: 'queued', input: true });
    expect(await admin.queue.read.getInput({ id: held.id })).toEqual(text('42'));
    const subscription = await admin.topics.read.getSubscription({ topic, index });
    expect(subscription).toMatchObject({ owner: DEPLOYER, rewardUstx: 5n, left: 2n, active: true });
    const made = await admin.queue.read.getLastId();
    expect(await admin.task(made).state()).toMatchObject({ series: subscription?.account, rewardUstx: 5n });
    expect(await admin.queue.read.getTask({ id: made })).toMatchObject({ payload: text('42') });

    expect((await admin.topics.unsubscribe({ topic, index })).value).toBe(10n);
    expect(await admin.topics.read.getTopic({ topic })).toMatchObject({ free: index });
    await admin.queue.cancelTasks({ ids: [held.id, made] });
    expect(await fetchVault(admin)).toBe(before);

    const { events } = await admin.fetchEvents({ contract: 'task-topics' });
    expect(events).toMatchObject([
      { topic: 'topic-created', name: topic },
      { topic: 'subscription-created', name: topic, index, left: 2n },
      { topic: 'subscription-topped-up', name: topic, index, left: 3n },
      { topic: 'topic-awaited', name: topic, id: held.id },
      { topic: 'topic-published', name: topic, seq: 1n, data: text('42') },
      { topic: 'subscription-fired', name: topic, index, id: made },
      { topic: 'topic-delivered', name: topic, delivered: 1n },
      { topic: 'subscription-removed', name: topic, index },
    ]);
  });

  it('ends a subscription whose template is off, and says why', async () => {
    const { admin } = live;
    const own = await live.makeTemplate();
    const { value: index } = await admin.topics.subscribe({ topic, template: own, runs: 1n });
    await admin.factory.setActive({ template: own, active: false });
    await admin.topics.publish({ topic, data: text('43') });
    expect((await admin.topics.deliver({ topic, n: 1n })).value).toBe(0n);
    const { events } = await admin.fetchEvents({ contract: 'task-topics' });
    expect(events.find((event) => event.topic === 'subscription-ended')).toMatchObject({
      index,
      active: false,
      reason: { name: 'ERR_INACTIVE', contract: 'async-task-factory' },
    });
  });
});
