import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { call, expectErr, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';

describe('what the index does for the queue', () => {
  it.each<[string, Plain[]]>([
    ['push-lane', [5n, 9n]],
    ['pop-lanes', [0n, 1n]],
    ['push-due', [[{ clock: 0n, at: 900n, lane: 5n, id: 9n }]]],
    ['promote', [0n, 900n, 1n]],
    ['remove', [5n, 1n]],
  ])('%s refuses everybody else', (name, args) => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    const before = read('index', 'get-next');

    for (const by of [scene.deployer, scene.manager, scene.producer, scene.alice, scene.stranger]) {
      expectErr(call('index', name, args, by), 'index.ERR_QUEUE_ONLY');
    }

    expect(read('index', 'get-next')).toEqual(before);
    expect(read('index', 'get-list', 5n)).toEqual({ head: 1n, tail: 2n, dead: 0n });
  });
});
