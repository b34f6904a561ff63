import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';
import {
  awaitTopic,
  createTopic,
  DATA,
  newTopic,
  publish,
  subscribe,
  TOPIC,
  topicOf,
  topicScene,
} from './topics.js';

const PUBLISH = 32n;

describe('create-topic', () => {
  it('makes a topic of the caller', () => {
    const { stranger } = standardScene();
    expectOk(registerCoordinator(stranger, ROLE.publisher));

    const outcome = createTopic(stranger);

    const record = newTopic(stranger);
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'topic-created', name: TOPIC, ...record }],
      transfers: [],
    });
    expect(topicOf()).toEqual(record);
    expect(read('topics', 'get-topic-count')).toBe(1n);
  });

  it('refuses a name that is taken, or none', () => {
    const { publisher } = topicScene();
    expectErr(createTopic(publisher), 'topics.ERR_TOPIC_TAKEN');
    expectErr(createTopic(publisher, ''), 'topics.ERR_BAD_VALUE');
    expectOk(createTopic(publisher, 'a'.repeat(40)));
  });

  it('is for publishers, and stops while publishing is paused', () => {
    const { alice, deployer, producer, publisher } = topicScene();
    for (const by of [alice, producer]) expectErr(createTopic(by, 'other'), 'registry.ERR_ROLE');
    expectOk(call('registry', 'pause', [PUBLISH], deployer));
    expectErr(createTopic(publisher, 'other'), 'registry.ERR_PAUSED');
  });
});

describe('publish', () => {
  it('keeps the data under the next number of the topic', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    enqueueAll(scene, [{ hold: true }]);
    expectOk(awaitTopic(1n, scene.producer));
    const at = nextHeight();

    const outcome = publish(scene.publisher);

    const record = newTopic(scene.publisher, { seq: 1n, subs: 1n, 'wait-tail': 1n });
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [{ topic: 'topic-published', name: TOPIC, ...record, data: DATA }],
      transfers: [],
    });
    expect(topicOf()).toEqual(record);
    expect(read('topics', 'get-publication', TOPIC, 1n)).toEqual({ data: DATA, at, subs: 1n, waits: 1n });
    expect(expectOk(publish(scene.publisher))).toBe(2n);
  });

  it('counts as delivered what nobody waits for', () => {
    const scene = topicScene();
    expectOk(publish(scene.publisher));
    expectOk(publish(scene.publisher));
    expect(topicOf()).toEqual(newTopic(scene.publisher, { seq: 2n, delivered: 2n }));
    expectOk(subscribe(scene));
    expectOk(publish(scene.publisher));
    expect(topicOf()).toMatchObject({ seq: 3n, delivered: 2n });
  });

  it('is for the owner of the topic, as long as it is a publisher', () => {
    const scene = topicScene();
    expectOk(registerCoordinator(scene.deployer, ROLE.publisher));
    expectErr(publish(scene.deployer), 'topics.ERR_NOT_OWNER');
    expectErr(publish(scene.producer), 'registry.ERR_ROLE');
    expectOk(call('registry', 'suspend-coordinator', [scene.publisher], scene.deployer));
    expectErr(publish(scene.publisher), 'registry.ERR_ROLE');
  });

  it('refuses an unknown topic, and stops while publishing is paused', () => {
    const { deployer, publisher } = topicScene();
    expectErr(publish(publisher, { topic: 'other' }), 'topics.ERR_UNKNOWN_TOPIC');
    expectOk(call('registry', 'pause', [PUBLISH], deployer));
    expectErr(publish(publisher), 'registry.ERR_PAUSED');
  });
});

describe('get-lagging', () => {
  it('answers the topics that have something to deliver, ten topics a page', () => {
    const scene = topicScene();
    for (let i = 1; i < 12; i++) expectOk(createTopic(scene.publisher, `t${i}`));
    for (const topic of ['t2', 't9', 't10', 't11']) {
      expectOk(subscribe(scene, { topic }));
      expectOk(publish(scene.publisher, { topic }));
    }

    expect(read('topics', 'get-lagging', 0n)).toEqual({ lagging: ['t2', 't9'], next: 10n });
    expect(read('topics', 'get-lagging', 10n)).toEqual({ lagging: ['t10', 't11'], next: null });
    expect(read('topics', 'get-lagging', 2n ** 128n - 1n)).toEqual({ lagging: [], next: null });
  });
});
