import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { createLine, enqueueAll, pinnedHandler, standardScene } from '../../helpers/scene.js';
import { createTemplate, enqueue, taskData } from '../../helpers/tasks.js';

const KEY = `0x${'0b'.repeat(32)}`;

const item = (owner: string, template: bigint): Fields => ({
  owner,
  template,
  series: 0n,
  origin: null,
  clock: 0n,
  at: 0n,
  ...taskData(),
});

describe('make-all', () => {
  it('is for the queue alone: nobody else makes tasks that no reward stands behind', () => {
    const scene = standardScene();
    const fact = { owner: scene.producer, lax: false, watch: 0n, broken: false, alien: false, funds: 0n };
    for (const by of [scene.producer, scene.manager, scene.deployer, scene.stranger]) {
      const args = [[item(scene.producer, scene.template)], [fact]];
      expectErr(call('factory', 'make-all', args, by), 'factory.ERR_QUEUE_ONLY');
    }
    expect(read('factory', 'get-last-id')).toBe(0n);
    expect(read('factory', 'get-task', 1n)).toBeNull();
  });
});

describe('get-task', () => {
  it('answers what was asked for, with the version it was made from', () => {
    const { manager, producer, stranger, template } = standardScene();
    expectOk(call('factory', 'update-task-template', [template, configOf(template)], manager));
    const fields = { tag: '0x0a', key: KEY, payload: '0xcafe' };

    expect(expectOk(enqueue(template, fields, producer))).toBe(1n);

    expect(read('factory', 'get-task', 1n)).toEqual({
      owner: producer,
      template,
      version: 2n,
      tag: '0x0a',
      deadline: null,
      parents: [],
      lax: false,
      origin: null,
      payload: '0xcafe',
    });
    expect(read('factory', 'get-by-key', producer, KEY)).toBe(1n);
    expect(read('factory', 'get-by-key', stranger, KEY)).toBeNull();
    expect(read('factory', 'get-last-id')).toBe(1n);
    expect(read('factory', 'get-task', 2n)).toBeNull();
  });
});

describe('get-execution', () => {
  it('answers the payload and the handler of the version that the task was made from', () => {
    const scene = standardScene();
    const handler = pinnedHandler();
    const { queue, template } = createLine(scene, 'chain', { kind: 1n }, { handler });
    expectOk(enqueue(template, { payload: '0x07' }, scene.producer));
    const plain = createTemplate(scene.taskType, {}, scene.manager);
    expectOk(enqueue(plain, { payload: '0x08' }, scene.producer));
    expect(queue).toBe(1n);

    expect(read('factory', 'get-execution', 1n)).toEqual({ payload: '0x07', handler });
    expect(read('factory', 'get-execution', 2n)).toEqual({ payload: '0x08', handler: null });
    expect(read('factory', 'get-execution', 3n)).toBeNull();
  });
});

describe('get-lineages', () => {
  it('answers the parents of each task, none for one that does not exist', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, { parents: [1n, 2n], lax: true }]);

    expect(read('factory', 'get-lineages', [3n, 9n, 1n])).toEqual([
      { parents: [1n, 2n], lax: true },
      { parents: [], lax: false },
      { parents: [], lax: false },
    ]);
  });
});

function configOf(template: bigint): Fields {
  return (read('factory', 'get-task-template', template) as { config: Fields }).config;
}
