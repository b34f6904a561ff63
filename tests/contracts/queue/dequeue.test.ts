import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { call, expectErr, expectOk } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, type Scene, standardScene } from '../../helpers/scene.js';
import { createTemplate, dequeueAs, dequeueFrom, enqueue, STATUS, stateOf } from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

const createQueue = ({ deployer }: Scene, name: string, { kind = 0n, class: least = 0n } = {}) =>
  expectOk(call('factory', 'create-queue', [name, kind, least, false, 0n], deployer)) as bigint;

describe('dequeue-task', () => {
  it('leases the first task of the default queue to the caller', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { priority: 9n }]);
    const now = nextHeight();

    const outcome = dequeueAs(scene.alice);

    const state = queuedState({
      status: STATUS.RUNNING,
      lane: 9n,
      attempts: 1n,
      worker: scene.alice,
      slot: 0n,
      claimed: now,
      until: now + 12n,
      list: 0n,
      seq: 0n,
    });
    expect(outcome).toEqual({
      result: { ok: [2n] },
      prints: [{ topic: 'task-dequeued', id: 2n, ...state }],
      transfers: [],
    });
    expect(stateOf(2n)).toEqual(state);
    expect(stateOf(1n)).toEqual(queuedState());
  });

  it('takes each task once', () => {
    const scene = standardScene();
    enqueueAll(scene, many(2));

    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
    expect(expectOk(dequeueAs(scene.bob))).toEqual([2n]);
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
  });

  it('refuses an empty queue', () => {
    const { alice } = standardScene();
    expectErr(dequeueAs(alice), 'queue.ERR_EMPTY');
  });

  it('is for workers', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    for (const by of [scene.deployer, scene.manager, scene.producer, scene.stranger]) {
      expectErr(dequeueAs(by), 'registry.ERR_ROLE');
    }
    expect(stateOf(1n)).toEqual(queuedState());
  });
});

describe('dequeue-from', () => {
  it('leases up to n tasks, each with its own event', () => {
    const scene = standardScene();
    enqueueAll(scene, many(3));

    const outcome = dequeueFrom(0n, 2n, scene.alice);

    expect(outcome.result).toEqual({ ok: [1n, 2n] });
    expect(outcome.prints).toEqual([1n, 2n].map((id) => ({ topic: 'task-dequeued', id, ...stateOf(id) })));
    expect([1n, 2n, 3n].map((id) => stateOf(id).status)).toEqual([
      STATUS.RUNNING,
      STATUS.RUNNING,
      STATUS.QUEUED,
    ]);
    expect(expectOk(dequeueFrom(0n, 20n, scene.bob))).toEqual([3n]);
  });

  it('takes from 1 to 20 tasks', () => {
    const scene = standardScene();
    expectOk(call('registry', 'set-capacity', [scene.alice, 120n], scene.deployer));
    enqueueAll(scene, many(22));

    expectErr(dequeueFrom(0n, 0n, scene.alice), 'queue.ERR_TOO_MANY');
    expectErr(dequeueFrom(0n, 21n, scene.alice), 'queue.ERR_TOO_MANY');
    expect(expectOk(dequeueFrom(0n, 20n, scene.alice))).toEqual(
      Array.from({ length: 20 }, (_, i) => BigInt(i + 1)),
    );
    expect(expectOk(dequeueFrom(0n, 1n, scene.alice))).toEqual([21n]);
  });

  it('takes nothing when the worker has not enough room for all of it', () => {
    const scene = standardScene();
    enqueueAll(scene, many(9));

    expectErr(dequeueFrom(0n, 9n, scene.alice), 'registry.ERR_CAPACITY');

    expect(expectOk(dequeueFrom(0n, 8n, scene.alice))).toHaveLength(8);
  });

  it('serves each queue by itself', () => {
    const scene = standardScene();
    const queue = createQueue(scene, 'fast');
    const template = createTemplate(1n, { queue }, scene.manager);
    enqueueAll(scene, [{ priority: 15n }]);
    expectOk(enqueue(template, { priority: 1n }, scene.producer));
    expect(stateOf(2n)).toEqual(queuedState({ lane: 17n, list: 17n }));

    expect(expectOk(dequeueFrom(queue, 20n, scene.alice))).toEqual([2n]);
    expectErr(dequeueFrom(queue, 1n, scene.alice), 'queue.ERR_EMPTY');
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
  });

  it('serves the last of 128 queues', () => {
    const scene = standardScene();
    for (let i = 1; i < 128; i++) createQueue(scene, `q${i}`);
    const template = createTemplate(1n, { queue: 127n }, scene.manager);
    expectOk(enqueue(template, { priority: 15n }, scene.producer));
    expect(stateOf(1n).lane).toBe(2047n);

    expectErr(dequeueFrom(126n, 1n, scene.alice), 'queue.ERR_EMPTY');
    expect(expectOk(dequeueFrom(127n, 1n, scene.alice))).toEqual([1n]);
  });

  it('admits granted workers to a queue for bonded ones', () => {
    const scene = standardScene();
    const queue = createQueue(scene, 'open-to-all', { class: 1n });
    const template = createTemplate(1n, { queue }, scene.manager);
    expectOk(enqueue(template, {}, scene.producer));

    expect(expectOk(dequeueFrom(queue, 1n, scene.alice))).toEqual([1n]);
  });

  it('refuses an on-chain queue', () => {
    const scene = standardScene();
    const queue = createQueue(scene, 'chain', { kind: 1n });

    expectErr(dequeueFrom(queue, 1n, scene.alice), 'queue.ERR_KIND');
  });

  it('refuses a queue that does not exist', () => {
    const { alice } = standardScene();
    expectErr(dequeueFrom(1n, 1n, alice), 'factory.ERR_UNKNOWN_QUEUE');
  });

  it('is for workers', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    for (const by of [scene.deployer, scene.manager, scene.producer, scene.stranger]) {
      expectErr(dequeueFrom(0n, 1n, by), 'registry.ERR_ROLE');
    }
  });
});
