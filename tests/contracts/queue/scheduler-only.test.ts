import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import { createAndSchedule, stateOf, taskData } from '../../helpers/tasks.js';

describe('what the queue does for the scheduler', () => {
  it.each<[string, (owner: string) => Plain[]]>([
    ['enqueue-for', (owner) => [owner, 1n, 0n, 900n, taskData()]],
    ['hold-until', (owner) => [owner, 1n, 0n, 900n]],
    ['hold-open', (owner) => [owner, 2n]],
    ['cancel-for', (owner) => [owner, 2n]],
    ['promote-due', () => [0n, 2n ** 34n, 20n]],
  ])('%s refuses everybody else, the owner of the task included', (name, args) => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(createAndSchedule(scene.template, {}, 0n, 900n, scene.producer));
    const before = [stateOf(1n), stateOf(2n)];

    for (const by of [scene.producer, scene.deployer, scene.alice, scene.stranger]) {
      expectErr(call('queue', name, args(scene.producer), by), 'queue.ERR_SCHEDULER_ONLY');
    }

    expect([stateOf(1n), stateOf(2n)]).toEqual(before);
    expect(read('queue', 'get-last-id')).toBe(2n);
  });
});
