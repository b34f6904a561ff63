import { describe, expect, it } from 'vitest';
import { nextBurnHeight, nextHeight, nextTime } from '../../helpers/clocks.js';
import { call, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  createAndSchedule,
  createTemplate,
  dequeueAs,
  enqueue,
  stateOf,
} from '../../helpers/tasks.js';

const NO_LANES = Array.from({ length: 16 }, () => 0n);
const laneOf = (lane: bigint) => read('index', 'get-list', lane);
const wordsNow = () => (read('index', 'get-next') as Fields).words;

describe('get-list', () => {
  it('shows an untouched lane as empty', () => {
    expect(laneOf(5n)).toEqual({ head: 1n, tail: 1n, dead: 0n });
  });

  it('shows how tasks enter at the tail and leave at the head', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, {}]);
    expect(laneOf(5n)).toEqual({ head: 1n, tail: 4n, dead: 0n });
    expectOk(dequeueAs(scene.alice));
    expect(laneOf(5n)).toEqual({ head: 2n, tail: 4n, dead: 0n });
  });

  it('counts the dead entries between head and tail, and cuts off those at either end', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, {}, {}, {}, {}]);
    const without = (id: bigint) => {
      expectOk(cancel(id, scene.producer));
      return laneOf(5n);
    };

    expect(without(2n)).toEqual({ head: 1n, tail: 7n, dead: 1n });
    expect(without(4n)).toEqual({ head: 1n, tail: 7n, dead: 2n });
    expect(without(3n)).toEqual({ head: 1n, tail: 7n, dead: 3n });
    expect(without(6n)).toEqual({ head: 1n, tail: 6n, dead: 3n });
    expect(without(1n)).toEqual({ head: 5n, tail: 6n, dead: 0n });
    expect(without(5n)).toEqual({ head: 5n, tail: 5n, dead: 0n });
  });
});

describe('the words of get-next', () => {
  it('have the bit of a lane set exactly while a task waits in it', () => {
    const scene = standardScene();
    expect(wordsNow()).toEqual(NO_LANES);
    enqueueAll(scene, [{ priority: 0n }, { priority: 15n }, { priority: 15n }]);
    expect(wordsNow()).toEqual(NO_LANES.with(0, 2n ** 0n + 2n ** 15n));

    expectOk(dequeueAs(scene.alice));
    expect(wordsNow()).toEqual(NO_LANES.with(0, 2n ** 0n + 2n ** 15n));
    expectOk(dequeueAs(scene.alice));
    expect(wordsNow()).toEqual(NO_LANES.with(0, 2n ** 0n));
    expectOk(cancel(1n, scene.producer));
    expect(wordsNow()).toEqual(NO_LANES);
  });

  it('have eight queues each', () => {
    const scene = standardScene();
    for (let i = 1; i <= 9; i++) {
      expectOk(call('factory', 'create-queue', [`q${i}`, 0n, 0n, false, 0n], scene.deployer));
    }
    for (const queue of [7n, 8n, 9n]) {
      const template = createTemplate(1n, { queue }, scene.manager);
      expectOk(enqueue(template, { priority: 1n }, scene.producer));
    }
    expect(wordsNow()).toEqual(NO_LANES.with(0, 2n ** 113n).with(1, 2n ** 1n + 2n ** 17n));
  });
});

describe('get-next of the queue', () => {
  it('answers everything a keeper needs', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { priority: 9n }]);
    expectOk(createAndSchedule(scene.template, {}, 0n, 1200n, scene.producer));
    expectOk(createAndSchedule(scene.template, {}, 0n, 1100n, scene.producer));
    expectOk(createAndSchedule(scene.template, {}, 2n, 2n ** 34n, scene.producer));
    expectOk(dequeueAs(scene.bob));

    expect(read('queue', 'get-next', 0n)).toEqual({
      stacks: nextHeight() - 1n,
      burn: nextBurnHeight(),
      time: nextTime() - 10n,
      due: [1100n, null, 2n ** 34n],
      words: NO_LANES.with(0, 2n ** 5n),
      busy: [{ worker: scene.bob, mask: 1n, oldest: stateOf(2n).until }],
      'busy-next': null,
      'last-id': 5n,
    });
    expect(read('queue', 'get-next', 4n)).toMatchObject({ busy: [], 'busy-next': null });
  });
});
