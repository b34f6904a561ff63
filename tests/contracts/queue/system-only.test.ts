import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { balanceOf, call, expectErr, type Fields, read } from '../../helpers/contracts.js';
import { callByProxy, deployProxy } from '../../helpers/proxy.js';
import { enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import { lastId, STATUS, stateOf, taskData } from '../../helpers/tasks.js';

const still: Fields = {
  id: 1n,
  topic: 'task-completed',
  to: STATUS.SUCCEEDED,
  answer: 1n,
  list: 0n,
  seq: 0n,
  into: 0n,
  lane: 5n,
  clock: 0n,
  at: 0n,
  series: 0n,
  watch: 0n,
  watched: false,
  credit: false,
};

const item = (owner: string): Fields => ({
  ...taskData(),
  owner,
  template: 1n,
  series: 0n,
  origin: null,
  clock: 0n,
  at: 900n,
});

/** What each function is asked for would move money or a task. */
const CALLS: readonly (readonly [string, (scene: Scene) => Plain[]])[] = [
  [
    'transact',
    ({ producer }) => [
      [{ ok: still }],
      [{ ...stateOf(1n), status: STATUS.RUNNING, escrow: 0n }],
      producer,
      0n,
      producer,
      1000n,
    ],
  ],
  ['begin-execution', ({ producer }) => [1n, producer, 9n]],
  ['settle-execution', ({ producer }) => [1n, producer, 9n, 0n, '0x']],
  ['enqueue-for', ({ producer }) => [[item(producer)]]],
  ['take-children', () => [8n]],
  ['fund-series', ({ producer }) => [producer, 1n, 1000n]],
  ['drain-series', ({ producer }) => [1n, producer]],
];

describe.each(CALLS)('%s of the queue', (name, args) => {
  it('refuses everybody but our own contracts, the owner of the task included', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    const before = stateOf(1n);
    deployProxy('queue');

    for (const by of [scene.producer, scene.deployer, scene.alice, scene.stranger]) {
      expectErr(call('queue', name, args(scene), by), 'queue.ERR_SYSTEM_ONLY');
      expectErr(callByProxy('queue', name, args(scene), by), 'queue.ERR_SYSTEM_ONLY');
    }

    expect(stateOf(1n)).toEqual(before);
    expect(lastId()).toBe(1n);
    expect(balanceOf(scene.vault)).toBe(1000n);
    expect(read('queue', 'get-prepaid', 1n)).toBe(0n);
  });
});
