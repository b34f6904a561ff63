import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { ERRORS } from '../../helpers/contract-errors.js';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  createTemplate,
  dequeueAs,
  GATE,
  lastId,
  releaseChildren,
  STATUS,
  schedule,
  stateOf,
  statusesOf,
  taskOf,
} from '../../helpers/tasks.js';
import {
  awaitTopic,
  createTopic,
  DATA,
  deliver,
  FIRST_ACCOUNT,
  printedBy,
  publish,
  subscribe,
  subscriptionOf,
  TOPIC,
  topicOf,
  topicScene,
  unsubscribe,
} from './topics.js';

const PUBLISH = 32n;
const { PENDING, QUEUED } = STATUS;
const inputOf = (id: bigint) => read('control', 'get-input', id);

describe('deliver, to a subscription', () => {
  it('makes a task with the published data as its payload', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    expectOk(publish(scene.publisher));
    const before = subscriptionOf(0n);

    const outcome = deliver(scene.bob);

    const record = { ...before, left: 1n };
    const done = { ...topicOf(), delivered: 1n };
    expect(outcome.result).toEqual({ ok: 1n });
    expect(outcome.transfers).toEqual([]);
    expect(printedBy(outcome)).toEqual([
      { topic: 'subscription-fired', name: TOPIC, index: 0n, id: 1n, reason: 0n, ...record },
      { topic: 'topic-delivered', name: TOPIC, ...done },
    ]);
    expect(subscriptionOf(0n)).toEqual(record);
    expect(stateOf(1n)).toMatchObject({ status: QUEUED, reward: 1000n, series: FIRST_ACCOUNT });
    expect(taskOf(1n)).toMatchObject({ owner: scene.producer, template: scene.template, payload: DATA });
    expect(read('queue', 'get-prepaid', FIRST_ACCOUNT)).toBe(1000n);
  });

  it('fires once for each publication, in order, until its runs are used up', () => {
    const scene = topicScene();
    expectOk(subscribe(scene, { runs: 2n }));
    for (const data of ['0x01', '0x02', '0x03']) expectOk(publish(scene.publisher, { data }));

    const fired = Array.from({ length: 4 }, () => expectOk(deliver(scene.bob)));

    expect(fired).toEqual([1n, 1n, 0n, 0n]);
    expect([1n, 2n].map((id) => taskOf(id)?.payload)).toEqual(['0x01', '0x02']);
    expect(lastId()).toBe(2n);
    expect(subscriptionOf(0n)).toMatchObject({ left: 0n, active: true });
    expect(topicOf()).toMatchObject({ seq: 3n, delivered: 3n, cursor: 0n });
  });

  it('is not for publications before it, nor in a place that was taken again', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    expectOk(publish(scene.publisher));
    expectOk(unsubscribe(0n, scene.producer));
    expectOk(subscribe(scene)); // in place 0
    expectOk(subscribe(scene)); // in place 1

    expect(expectOk(deliver(scene.bob))).toBe(0n);

    expect(topicOf()).toMatchObject({ delivered: 1n });
    expectOk(publish(scene.publisher));
    expect(expectOk(deliver(scene.bob))).toBe(2n);
  });

  it('ends it with the reason when its task cannot be made, and serves the others', () => {
    const scene = topicScene();
    const off = createTemplate(scene.taskType, {}, scene.manager);
    expectOk(subscribe(scene));
    expectOk(subscribe(scene, { template: off }));
    expectOk(subscribe(scene));
    expectOk(call('factory', 'set-active', [off, false], scene.manager));
    expectOk(publish(scene.publisher));

    const outcome = deliver(scene.bob);

    const reason = ERRORS.find(({ name }) => name === 'factory.ERR_INACTIVE')?.code;
    expect(outcome.result).toEqual({ ok: 2n });
    expect(printedBy(outcome)).toMatchObject([
      { topic: 'subscription-fired', index: 0n, id: 1n },
      { topic: 'subscription-ended', index: 1n, id: 0n, reason, active: false, left: 2n },
      { topic: 'subscription-fired', index: 2n, id: 2n },
      { topic: 'topic-delivered', delivered: 1n },
    ]);
    expectOk(publish(scene.publisher));
    expect(expectOk(deliver(scene.bob))).toBe(2n);
    expect(expectOk(unsubscribe(1n, scene.producer))).toBe(2000n);
  });
});

describe('deliver, to a task that waits', () => {
  it('sets it free with the published data as its input', () => {
    const scene = topicScene();
    enqueueAll(scene, [{ hold: true, payload: '0x99' }]);
    const waits = awaitTopic(1n, scene.producer);
    expect(printedBy(waits)).toEqual([{ topic: 'topic-awaited', name: TOPIC, id: 1n, ...topicOf() }]);
    expect(read('topics', 'get-waiting', 1n)).toEqual({ topic: TOPIC, index: 0n });
    expectOk(publish(scene.publisher));

    const outcome = deliver(scene.bob);

    expect(outcome.result).toEqual({ ok: 1n });
    expect(printedBy(outcome)).toEqual([{ topic: 'topic-delivered', name: TOPIC, ...topicOf() }]);
    expect(topicOf()).toMatchObject({ delivered: 1n, 'wait-head': 1n, 'wait-tail': 1n });
    expect(stateOf(1n)).toMatchObject({ status: QUEUED, input: true });
    expect(inputOf(1n)).toBe(DATA);
    expect(read('topics', 'get-waiting', 1n)).toBeNull();
  });

  it('waits for the next publication, not for one before', () => {
    const scene = topicScene();
    expectOk(subscribe(scene));
    expectOk(publish(scene.publisher, { data: '0x01' }));
    enqueueAll(scene, [{ hold: true }]);
    expectOk(awaitTopic(1n, scene.producer));
    expectOk(publish(scene.publisher, { data: '0x02' }));

    expectOk(deliver(scene.bob));
    expect(stateOf(1n).status).toBe(PENDING);
    expectOk(deliver(scene.bob));
    expect(inputOf(1n)).toBe('0x02');
  });

  it('skips one that was cancelled, scheduled, or waits elsewhere since', () => {
    const scene = topicScene();
    expectOk(createTopic(scene.publisher, 'other'));
    enqueueAll(
      scene,
      Array.from({ length: 4 }, () => ({ hold: true })),
    );
    for (const id of [1n, 2n, 3n, 4n]) expectOk(awaitTopic(id, scene.producer));
    expectOk(cancel(1n, scene.producer));
    expectOk(schedule(2n, 0n, nextHeight() + 90n, scene.producer));
    expectOk(awaitTopic(3n, scene.producer, 'other'));
    expectOk(publish(scene.publisher));

    expect(expectOk(deliver(scene.bob))).toBe(1n);

    expect(statusesOf(1n, 2n, 3n, 4n)).toEqual([STATUS.CANCELLED, PENDING, PENDING, QUEUED]);
    expect(topicOf()).toMatchObject({ delivered: 1n });
    expectOk(publish(scene.publisher, { topic: 'other' }));
    expect(expectOk(deliver(scene.bob, 6n, 'other'))).toBe(1n);
    expect(stateOf(3n).status).toBe(QUEUED);
  });

  it('leaves the input of a task alone that it does not set free', () => {
    const scene = topicScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(awaitTopic(1n, scene.producer));
    expectOk(schedule(1n, 0n, nextHeight() + 90n, scene.producer));
    expectOk(publish(scene.publisher));

    expect(expectOk(deliver(scene.bob))).toBe(0n);

    expect(stateOf(1n)).toMatchObject({ status: PENDING, at: expect.any(BigInt) });
    expect(inputOf(1n)).toBeNull();
  });

  it('goes on to its parents and its time like any task whose hold is opened', () => {
    const scene = topicScene();
    const [parent] = enqueueAll(scene, [{ priority: 1n }]);
    enqueueAll(scene, [{ hold: true, parents: [parent as bigint] }]);
    expectOk(awaitTopic(2n, scene.producer));
    expectOk(publish(scene.publisher));

    expect(expectOk(deliver(scene.bob))).toBe(1n);

    expect(stateOf(2n)).toMatchObject({ status: PENDING, gate: GATE.PARENTS, input: true });
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(releaseChildren(8n));
    expect(stateOf(2n)).toMatchObject({ status: QUEUED, input: true });
  });
});

describe('await-topic', () => {
  it('is for the owner of a held task', () => {
    const scene = topicScene();
    enqueueAll(scene, [{ hold: true }, {}]);
    for (const by of [scene.publisher, scene.deployer]) expectErr(awaitTopic(1n, by), 'topics.ERR_NOT_OWNER');
    expectErr(awaitTopic(1n, scene.producer, 'other'), 'topics.ERR_UNKNOWN_TOPIC');
    expectErr(awaitTopic(2n, scene.producer), 'topics.ERR_NOT_HELD');
    expectErr(awaitTopic(3n, scene.producer), 'topics.ERR_NOT_HELD');
    expectOk(schedule(1n, 0n, nextHeight() + 90n, scene.producer));
    expectErr(awaitTopic(1n, scene.producer), 'topics.ERR_NOT_HELD');
  });
});

describe('deliver', () => {
  it('goes on where the call before it stopped: at most n set free, twelve looked at', () => {
    const scene = topicScene();
    for (let i = 0; i < 20; i++) expectOk(subscribe(scene, { runs: 1n, reward: 1n }));
    for (let i = 1n; i < 15n; i++) expectOk(unsubscribe(i, scene.producer));
    enqueueAll(
      scene,
      Array.from({ length: 4 }, () => ({ hold: true })),
    );
    for (const id of [1n, 2n, 3n, 4n]) expectOk(awaitTopic(id, scene.producer));
    expectOk(publish(scene.publisher));

    const calls = Array.from({ length: 5 }, () => {
      const fired = expectOk(deliver(scene.bob, 3n));
      const { cursor, delivered, 'wait-head': waitHead } = topicOf();
      return [fired, waitHead, cursor, delivered];
    });

    expect(calls).toEqual([
      [3n, 3n, 0n, 0n],
      [2n, 4n, 11n, 0n], // the last that waits, subscription 0, and the empty places to 10
      [3n, 4n, 18n, 0n],
      [2n, 4n, 0n, 1n],
      [0n, 4n, 0n, 1n],
    ]);
    expect(lastId()).toBe(10n);
  });

  it('is over in the call that fires the last', () => {
    const scene = topicScene();
    for (let i = 0; i < 6; i++) expectOk(subscribe(scene));
    expectOk(publish(scene.publisher));
    expect(expectOk(deliver(scene.bob, 6n))).toBe(6n);
    expect(topicOf()).toMatchObject({ delivered: 1n, cursor: 0n });
  });

  it('takes from 1 to 6 at a time', () => {
    const scene = topicScene();
    expectErr(deliver(scene.bob, 0n), 'topics.ERR_TOO_MANY');
    expectErr(deliver(scene.bob, 7n), 'topics.ERR_TOO_MANY');
    expectErr(deliver(scene.bob, 1n, 'other'), 'topics.ERR_UNKNOWN_TOPIC');
    expect(deliver(scene.bob, 1n)).toEqual({ result: { ok: 0n }, prints: [], transfers: [] });
  });

  it('stops while publishing is paused', () => {
    const scene = topicScene();
    expectOk(call('registry', 'pause', [PUBLISH], scene.deployer));
    expectErr(deliver(scene.bob), 'registry.ERR_PAUSED');
  });
});
