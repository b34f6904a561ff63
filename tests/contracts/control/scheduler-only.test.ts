import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { CLOCK } from '../../helpers/clocks.js';
import { call, expectErr, expectOk } from '../../helpers/contracts.js';
import { callByProxy, deployProxy } from '../../helpers/proxy.js';
import { enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import { complete, createAndSchedule, dequeueAs, stateOf } from '../../helpers/tasks.js';

const CALLS: readonly (readonly [string, (scene: Scene) => Plain[]])[] = [
  ['hold-until', ({ producer }) => [producer, 1n, 0n, 900n]],
  ['hold-open', ({ producer }) => [producer, 2n]],
  ['cancel-for', ({ producer }) => [producer, 2n]],
  ['cancel-occurrence', ({ producer }) => [producer, 2n]],
  ['defer', () => [[{ id: 2n, at: 950n }]]],
  ['release-held', () => [[{ id: 1n, input: '0x00' }]]],
  ['fail-execution', () => [3n, 6n, 7n]],
  ['continue-execution', ({ alice }) => [3n, alice, 0n, 900n, '0x', '0x']],
];

describe.each(CALLS)('%s of task-control', (name, args) => {
  it('refuses everybody but our own contracts, the owner of the task included', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, 900n, scene.producer));
    enqueueAll(scene, [{}]);
    expectOk(dequeueAs(scene.alice));
    const before = [1n, 2n, 3n].map(stateOf);
    deployProxy('control');

    for (const by of [scene.producer, scene.deployer, scene.alice, scene.stranger]) {
      expectErr(call('control', name, args(scene), by), 'control.ERR_SCHEDULER_ONLY');
      expectErr(callByProxy('control', name, args(scene), by), 'control.ERR_SCHEDULER_ONLY');
    }

    expect([1n, 2n, 3n].map(stateOf)).toEqual(before);
  });

  it('refuses them also when the tasks have ended', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, 900n, scene.producer));
    enqueueAll(scene, [{ reward: 1_000n }]);
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(3n, 1n, scene.alice));
    expectOk(call('control', 'cancel-tasks', [[1n, 2n]], scene.producer));

    expectErr(call('control', name, args(scene), scene.stranger), 'control.ERR_SCHEDULER_ONLY');
  });
});
