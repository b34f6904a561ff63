import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { call, expectErr, expectOk } from '../../helpers/contracts.js';
import { createLine, enqueueAll, pinnedHandler, queuedState, standardScene } from '../../helpers/scene.js';
import { dequeueAs, dequeueFrom, enqueue, STATUS, stateOf } from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

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
      price: 1000n,
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
    const { queue, template } = createLine(scene, 'fast');
    enqueueAll(scene, [{ priority: 15n }]);
    expectOk(enqueue(template, { priority: 1n }, scene.producer));
    expect(stateOf(2n)).toEqual(queuedState({ lane: 17n, list: 17n }));

    expect(expectOk(dequeueFrom(queue, 20n, scene.alice))).toEqual([2n]);
    expectErr(dequeueFrom(queue, 1n, scene.alice), 'queue.ERR_EMPTY');
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
  });

  it('serves the last of 128 queues', () => {
    const scene = standardScene();
    for (let i = 1; i < 127; i++) {
      expectOk(call('factory', 'create-queue', [`q${i}`, 0n, 0n, false, 0n], scene.deployer));
    }
    const { template } = createLine(scene, 'last');
    expectOk(enqueue(template, { priority: 15n }, scene.producer));
    expect(stateOf(1n).lane).toBe(2047n);

    expectErr(dequeueFrom(126n, 1n, scene.alice), 'queue.ERR_EMPTY');
    expect(expectOk(dequeueFrom(127n, 1n, scene.alice))).toEqual([1n]);
  });

  it('admits granted workers to a queue for bonded ones, and to a strict one', () => {
    const scene = standardScene();
    const open = createLine(scene, 'open-to-all', { class: 1n });
    const strict = createLine(scene, 'strict', { strict: true });
    enqueueAll({ ...scene, template: open.template }, [{}]);
    enqueueAll({ ...scene, template: strict.template }, [{}]);

    expect(expectOk(dequeueFrom(open.queue, 1n, scene.alice))).toEqual([1n]);
    expect(expectOk(dequeueFrom(strict.queue, 1n, scene.alice))).toEqual([2n]);
    expect([1n, 2n].map((id) => stateOf(id).access)).toEqual([2n, 4n]);
  });

  it('refuses on-chain work', () => {
    const scene = standardScene();
    const handler = pinnedHandler();
    const { queue, template } = createLine(scene, 'chain', { kind: 1n }, { handler });
    expectErr(dequeueFrom(queue, 1n, scene.alice), 'queue.ERR_EMPTY');
    enqueueAll({ ...scene, template }, [{}]);

    expectErr(dequeueFrom(queue, 1n, scene.alice), 'queue.ERR_KIND');

    expect(stateOf(1n)).toMatchObject({ status: STATUS.QUEUED, access: 1n });
  });

  it('finds nothing in a queue that does not exist', () => {
    const { alice } = standardScene();
    expectErr(dequeueFrom(1n, 1n, alice), 'queue.ERR_EMPTY');
    expectErr(dequeueFrom(2n ** 127n, 1n, alice), 'queue.ERR_EMPTY');
  });

  it('serves the least urgent lane of a guarded queue every so often', () => {
    const scene = standardScene();
    const { queue, template } = createLine(scene, 'guarded', { guardEvery: 3n });
    const urgent = many(5).map(() => ({ priority: 9n }));
    enqueueAll({ ...scene, template }, [{ priority: 1n }, { priority: 1n }, ...urgent]);

    expect(expectOk(dequeueFrom(queue, 2n, scene.alice))).toEqual([3n, 4n]);
    expect(expectOk(dequeueFrom(queue, 5n, scene.alice))).toEqual([1n, 5n, 6n, 2n, 7n]);
  });

  it('takes nothing while claims are paused', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    expectOk(call('registry', 'pause', [2n], scene.deployer));
    expectErr(dequeueAs(scene.alice), 'registry.ERR_PAUSED');
    expectOk(call('registry', 'unpause', [2n], scene.deployer));
    expectOk(dequeueAs(scene.alice));
  });

  it('is for workers', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    for (const by of [scene.deployer, scene.manager, scene.producer, scene.stranger]) {
      expectErr(dequeueFrom(0n, 1n, by), 'registry.ERR_ROLE');
    }
  });
});
