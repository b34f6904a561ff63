import { describe, expect, it } from 'vitest';
import { expectOk, type Fields, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import { cancel, complete, dequeueAs, STATUS, stateOf } from '../../helpers/tasks.js';

describe('get-task, get-state', () => {
  it('answer none for an id that is no task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    for (const id of [0n, 2n]) {
      expect(read('queue', 'get-task', id)).toBeNull();
      expect(read('queue', 'get-state', id)).toBeNull();
    }
  });
});

describe('get-queue-status', () => {
  it('answers how many tasks wait in a queue, in all and by priority', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ priority: 0n }, {}, {}, {}, { priority: 15n }, { hold: true }]);
    expectOk(cancel(3n, scene.producer));

    const depths = Array.from({ length: 16 }, () => 0n);
    depths[0] = 1n;
    depths[5] = 2n;
    depths[15] = 1n;
    expect(read('queue', 'get-queue-status', 0n)).toEqual({ ok: { waiting: 4n, depths } });
    expect(read('index', 'get-depths', 0n)).toEqual(depths);

    expectOk(dequeueAs(scene.alice));
    expect(read('queue', 'get-queue-status', 0n)).toEqual({
      ok: { waiting: 3n, depths: depths.with(15, 0n) },
    });
  });

  it('refuses a queue that does not exist', () => {
    expect(read('queue', 'get-queue-status', 1n)).toEqual({ err: 'factory.ERR_UNKNOWN_QUEUE' });
  });
});

describe('get-states, get-statuses', () => {
  it('answer in the order asked for, an id that is no task with the status 0', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));

    const states = read('queue', 'get-states', [2n, 9n, 1n]) as Fields[];

    expect([states[0], states[2]]).toEqual([stateOf(2n), stateOf(1n)]);
    expect(states[1]).toMatchObject({ status: 0n, escrow: 0n, worker: null });
    expect(read('queue', 'get-statuses', [2n, 9n, 1n])).toEqual([STATUS.QUEUED, 0n, STATUS.SUCCEEDED]);
    expect(read('queue', 'get-states', [])).toEqual([]);
  });
});

describe('get-families', () => {
  it('answers the first parent that has not ended, and whether one did not succeed', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, {}]);
    enqueueAll(scene, [{ parents: [1n, 2n, 3n] }, { parents: [2n], lax: true }, { parents: [] }]);
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(cancel(2n, scene.producer));
    const family = { owner: scene.producer, lax: false, watch: 0n, broken: false, alien: false };

    expect(read('queue', 'get-families', [4n, 5n, 6n])).toEqual([
      { ...family, watch: 3n, broken: true },
      { ...family, lax: true },
      family,
    ]);
  });
});
