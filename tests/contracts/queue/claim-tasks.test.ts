import { describe, expect, it } from 'vitest';
import { mineUntilTime, nextHeight, nextTime } from '../../helpers/clocks.js';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { createLine, enqueueAll, pinnedHandler, queuedState, standardScene } from '../../helpers/scene.js';
import {
  claim,
  creditsOf,
  dequeueAs,
  dequeueFrom,
  STATUS,
  stateOf,
  statusesOf,
} from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

describe('claim-tasks', () => {
  it('leases the tasks named to the caller, wherever they wait', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { priority: 9n }, {}, {}]);
    const now = nextHeight();

    const outcome = claim([3n, 2n], scene.alice);

    const running = {
      status: STATUS.RUNNING,
      price: 1000n,
      attempts: 1n,
      worker: scene.alice,
      claimed: now,
      until: now + 12n,
      list: 0n,
      seq: 0n,
    };
    const states = [queuedState({ ...running, slot: 0n }), queuedState({ ...running, slot: 1n, lane: 9n })];
    expect(outcome).toEqual({
      result: { ok: [3n, 2n] },
      prints: [
        { topic: 'task-dequeued', id: 3n, ...states[0] },
        { topic: 'task-dequeued', id: 2n, ...states[1] },
      ],
      transfers: [],
    });
    expect([3n, 2n].map(stateOf)).toEqual(states);
    expect(expectOk(dequeueFrom(0n, 20n, scene.bob))).toEqual([1n, 4n]);
  });

  it('passes over what does not wait in a lane, what it names again, and what is not there', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ priority: 9n }, { hold: true }, {}, {}]);
    enqueueAll(scene, [{ parents: [3n] }]);
    expectOk(dequeueAs(scene.bob));

    expect(expectOk(claim([1n, 2n, 4n, 99n, 4n, 5n, 0n, 3n, 4n], scene.alice))).toEqual([4n, 3n]);

    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0b11n });
    expect(stateOf(1n).worker).toBe(scene.bob);
  });

  it('passes over the tasks of strict and of on-chain queues', () => {
    const scene = standardScene();
    const strict = createLine(scene, 'strict', { strict: true });
    const chain = createLine(scene, 'chain', { kind: 1n }, { handler: pinnedHandler() });
    enqueueAll(scene, [{}]);
    enqueueAll({ ...scene, template: strict.template }, [{}]);
    enqueueAll({ ...scene, template: chain.template }, [{}]);

    expect(expectOk(claim([3n, 2n, 1n], scene.alice))).toEqual([1n]);
    expectErr(claim([2n], scene.alice), 'queue.ERR_EMPTY');
    expectErr(claim([3n], scene.alice), 'queue.ERR_EMPTY');
    expect(statusesOf(2n, 3n)).toEqual([STATUS.QUEUED, STATUS.QUEUED]);
  });

  it('expires a late one and gives the lease slot of it back', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }, {}]);
    mineUntilTime(deadline);

    expect(expectOk(claim([1n, 2n], scene.alice))).toEqual([2n]);

    expect(statusesOf(1n, 2n)).toEqual([STATUS.EXPIRED, STATUS.RUNNING]);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0b10n, failed: 0n });
    expect(creditsOf(scene.producer)).toBe(1000n);
  });

  it('takes up to 20 tasks', () => {
    const scene = standardScene();
    expectOk(call('registry', 'set-capacity', [scene.alice, 20n], scene.deployer));
    const ids = enqueueAll(scene, many(21));
    expectErr(claim([], scene.alice), 'queue.ERR_EMPTY');
    expect(() => claim(ids, scene.alice)).toThrow(/TypeValueError/);
    expect(expectOk(claim(ids.slice(0, 20), scene.alice))).toEqual(ids.slice(0, 20));
  });

  it('takes nothing when the worker has not enough room for all of it', () => {
    const scene = standardScene();
    const ids = enqueueAll(scene, many(9));
    expectErr(claim(ids, scene.alice), 'registry.ERR_CAPACITY');
    expect(stateOf(1n)).toEqual(queuedState());
  });

  it('is for workers, unless claims are paused', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    for (const by of [scene.deployer, scene.manager, scene.producer, scene.stranger]) {
      expectErr(claim([1n], by), 'registry.ERR_ROLE');
    }
    expectOk(call('registry', 'pause', [2n], scene.deployer));
    expectErr(claim([1n], scene.alice), 'registry.ERR_PAUSED');
  });
});
