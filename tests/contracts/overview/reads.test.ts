import { describe, expect, it } from 'vitest';
import { CLOCK } from '../../helpers/clocks.js';
import { expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, runningScene, standardScene } from '../../helpers/scene.js';
import { complete, createAndSchedule, dequeueAs, stateOf, taskOf } from '../../helpers/tasks.js';

const words = (entries: { readonly [word: number]: bigint }) =>
  Array.from({ length: 16 }, (_, i) => entries[i] ?? 0n);

const clocks = () => ({
  stacks: BigInt(simnet.blockHeight),
  burn: BigInt(simnet.burnBlockHeight),
  time: BigInt(simnet.getBlockTime()),
});

describe('get-next', () => {
  it('tells where there is work', () => {
    const scene = runningScene();
    enqueueAll(scene, [{ parents: [1n] }, {}, { priority: 15n }]);
    expectOk(createAndSchedule(scene.template, {}, CLOCK.burn, 9000n, scene.producer));
    expectOk(createAndSchedule(scene.template, {}, CLOCK.time, 9_000_000_000n, scene.producer));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(dequeueAs(scene.bob)); // 4
    const { until } = stateOf(4n);

    expect(read('overview', 'get-next', 0n)).toEqual({
      ...clocks(),
      due: [null, 9000n, 9_000_000_000n],
      words: words({ 0: 2n ** 5n }),
      loose: 2n,
      busy: [{ worker: scene.bob, mask: 1n, oldest: until }],
      'busy-next': null,
      'last-id': 6n,
    });
  });

  it('tells of nothing when there is nothing', () => {
    standardScene();
    const nothing = {
      ...clocks(),
      due: [null, null, null],
      words: words({}),
      loose: 0n,
      busy: [],
      'busy-next': null,
      'last-id': 0n,
    };
    expect(read('overview', 'get-next', 0n)).toEqual(nothing);
    expect(read('overview', 'get-next', 2n ** 127n)).toEqual(nothing);
  });
});

describe('get-explain', () => {
  it('tells all that decides when a task runs', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    enqueueAll(scene, [{ parents: [1n] }]);

    expect(read('overview', 'get-explain', 2n)).toEqual({
      task: taskOf(2n),
      state: stateOf(2n),
      family: { owner: scene.producer, lax: false, watch: 1n, broken: false, alien: false },
      ...clocks(),
    });
  });

  it('answers none for an id that is no task', () => {
    standardScene();
    expect(read('overview', 'get-explain', 1n)).toBeNull();
  });
});
