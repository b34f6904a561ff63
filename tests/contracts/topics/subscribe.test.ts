import { describe, expect, it } from 'vitest';
import { balanceOf, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { createTemplate } from '../../helpers/tasks.js';
import {
  deliver,
  FIRST_ACCOUNT,
  printedBy,
  publish,
  subscribe,
  subscriptionOf,
  TOPIC,
  topicOf,
  topicScene,
  topUpSubscription,
  unsubscribe,
} from './topics.js';

const SCHEDULE = 16n;
const prepaidOf = (account: bigint) => read('queue', 'get-prepaid', account);

describe('subscribe', () => {
  it('takes the price of all runs, for publications from now on', () => {
    const scene = topicScene();
    expectOk(publish(scene.publisher));

    const outcome = subscribe(scene, { reward: 300n, runs: 4n });

    const record = {
      owner: scene.producer,
      template: scene.template,
      reward: 300n,
      account: FIRST_ACCOUNT,
      from: 1n,
      left: 4n,
      active: true,
    };
    expect(outcome.result).toEqual({ ok: 0n });
    expect(outcome.transfers).toEqual([{ amount: 1200n, from: scene.producer, to: scene.vault }]);
    expect(printedBy(outcome)).toEqual([
      { topic: 'subscription-created', name: TOPIC, index: 0n, ...record },
    ]);
    expect(subscriptionOf(0n)).toEqual(record);
    expect(prepaidOf(FIRST_ACCOUNT)).toBe(1200n);
    expect(topicOf()).toMatchObject({ subs: 1n, free: 0n });
  });

  it('keeps the money of each subscription apart', () => {
    const scene = topicScene();
    expectOk(subscribe(scene, { reward: 1n, runs: 1n }));
    expect(expectOk(subscribe(scene, { reward: 2n, runs: 1n }))).toBe(1n);
    expect([prepaidOf(FIRST_ACCOUNT), prepaidOf(FIRST_ACCOUNT + 1n)]).toEqual([1n, 2n]);
  });

  it('refuses other runs and rewards', () => {
    const scene = topicScene({ 'min-reward': 10n });
    expectErr(subscribe(scene, { runs: 0n }), 'topics.ERR_RUNS');
    expectErr(subscribe(scene, { runs: 10_001n }), 'topics.ERR_RUNS');
    expectErr(subscribe(scene, { reward: 9n }), 'topics.ERR_BAD_VALUE');
    expectErr(subscribe(scene, { reward: 10n ** 15n + 1n }), 'topics.ERR_BAD_VALUE');
    expectOk(subscribe(scene, { reward: 10n, runs: 10_000n }));
  });

  it('refuses a topic or template that is unknown or not for the caller, and a caller without the money', () => {
    const scene = topicScene();
    const closed = createTemplate(scene.taskType, { open: false }, scene.manager);
    expectErr(subscribe(scene, { topic: 'other' }), 'topics.ERR_UNKNOWN_TOPIC');
    expectErr(subscribe(scene, { template: 9n }), 'factory.ERR_UNKNOWN_TEMPLATE');
    expectErr(subscribe(scene, { template: closed }), 'factory.ERR_NOT_ALLOWED');
    expectErr(subscribe(scene, { reward: balanceOf(scene.producer) }), 'queue.ERR_INSUFFICIENT');
    expect(subscriptionOf(0n)).toBeNull();
  });

  it('is for producers, and stops while scheduling is paused', () => {
    const scene = topicScene();
    for (const by of [scene.alice, scene.publisher]) expectErr(subscribe(scene, { by }), 'registry.ERR_ROLE');
    expectOk(call('registry', 'pause', [SCHEDULE], scene.deployer));
    expectErr(subscribe(scene), 'registry.ERR_PAUSED');
  });
});

describe('top-up-subscription', () => {
  it('adds runs that anybody pays for', () => {
    const scene = topicScene();
    expectOk(subscribe(scene, { reward: 300n, runs: 2n }));
    const before = subscriptionOf(0n);

    const outcome = topUpSubscription(0n, 3n, scene.bob);

    const record = { ...before, left: 5n };
    expect(outcome.result).toEqual({ ok: 1500n });
    expect(outcome.transfers).toEqual([{ amount: 900n, from: scene.bob, to: scene.vault }]);
    expect(printedBy(outcome)).toEqual([
      { topic: 'subscription-topped-up', name: TOPIC, index: 0n, ...record },
    ]);
    expect(subscriptionOf(0n)).toEqual(record);
  });

  it('takes up a subscription that has ended', () => {
    const scene = topicScene();
    expectOk(subscribe(scene, { runs: 1n }));
    expectOk(call('factory', 'set-active', [scene.template, false], scene.manager));
    expectOk(publish(scene.publisher));
    expectOk(deliver(scene.bob));
    expect(subscriptionOf(0n)).toMatchObject({ active: false, left: 1n });
    expectErr(topUpSubscription(0n, 1n, scene.bob), 'factory.ERR_INACTIVE');
    expectOk(call('factory', 'set-active', [scene.template, true], scene.manager));

    expectOk(topUpSubscription(0n, 1n, scene.bob));

    expect(subscriptionOf(0n)).toMatchObject({ active: true, left: 2n });
    expectOk(publish(scene.publisher));
    expect(expectOk(deliver(scene.bob))).toBe(1n);
  });

  it('refuses runs beyond 10,000 and an unknown subscription', () => {
    const scene = topicScene();
    expectOk(subscribe(scene, { reward: 1n, runs: 2n }));
    expectErr(topUpSubscription(0n, 0n, scene.bob), 'topics.ERR_RUNS');
    expectErr(topUpSubscription(0n, 9999n, scene.bob), 'topics.ERR_RUNS');
    expectErr(topUpSubscription(0n, 2n ** 128n - 1n, scene.bob), 'topics.ERR_RUNS');
    expectErr(topUpSubscription(1n, 1n, scene.bob), 'topics.ERR_UNKNOWN_SUBSCRIPTION');
    expectOk(topUpSubscription(0n, 9998n, scene.bob));
  });
});

describe('unsubscribe', () => {
  it('pays back the runs to come and frees the place', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    const before = subscriptionOf(0n);

    const outcome = unsubscribe(0n, scene.producer);

    expect(outcome.result).toEqual({ ok: 2000n });
    expect(outcome.transfers).toEqual([{ amount: 2000n, from: scene.vault, to: scene.producer }]);
    expect(printedBy(outcome)).toEqual([
      { topic: 'subscription-removed', name: TOPIC, index: 0n, ...before },
    ]);
    expect(subscriptionOf(0n)).toBeNull();
    expect(topicOf()).toMatchObject({ subs: 1n, free: 1n });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('leaves places that are taken again, the last one first, before new ones are made', () => {
    const scene = topicScene();
    for (let i = 0; i < 4; i++) expectOk(subscribe(scene, { runs: 1n }));
    for (const index of [1n, 3n, 2n]) expectOk(unsubscribe(index, scene.producer));

    const taken = Array.from({ length: 4 }, () => expectOk(subscribe(scene, { runs: 1n })));

    expect(taken).toEqual([2n, 3n, 1n, 4n]);
    expect(topicOf()).toMatchObject({ subs: 5n, free: 0n });
  });

  it('is for the owner of the subscription, once', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    for (const by of [scene.publisher, scene.alice]) expectErr(unsubscribe(0n, by), 'topics.ERR_NOT_OWNER');
    expectOk(unsubscribe(0n, scene.producer));
    expectErr(unsubscribe(0n, scene.producer), 'topics.ERR_UNKNOWN_SUBSCRIPTION');
    expectErr(call('topics', 'unsubscribe', ['other', 0n], scene.producer), 'topics.ERR_UNKNOWN_TOPIC');
  });

  it('is never paused, nor is a top-up', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    expectOk(call('registry', 'pause', [255n], scene.deployer));
    expectOk(topUpSubscription(0n, 1n, scene.bob));
    expect(expectOk(unsubscribe(0n, scene.producer))).toBe(3000n);
  });
});
