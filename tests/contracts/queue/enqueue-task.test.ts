import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import { createAndSchedule, dequeueAs, enqueue, STATUS, stateOf, taskOf } from '../../helpers/tasks.js';

describe('enqueue-task', () => {
  it('keeps the request, puts the task into its lane and the reward into the vault', () => {
    const { producer, template, vault } = standardScene();
    const before = balanceOf(producer);
    const created = nextHeight();

    const outcome = enqueue(template, { priority: 9n, reward: 500n, payload: '0xbeef' }, producer);

    const task = {
      owner: producer,
      template,
      version: 1n,
      tag: null,
      deadline: null,
      parents: [],
      lax: false,
      origin: null,
      payload: '0xbeef',
      created,
    };
    const state = queuedState({ lane: 9n, list: 9n, reward: 500n });
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [{ topic: 'task-enqueued', id: 1n, ...task, ...state }],
      transfers: [{ amount: 500n, from: producer, to: vault }],
    });
    expect(taskOf(1n)).toEqual(task);
    expect(stateOf(1n)).toEqual(state);
    expect(read('queue', 'get-last-id')).toBe(1n);
    expect(balanceOf(vault)).toBe(500n);
    expect(balanceOf(producer)).toBe(before - 500n);
  });

  it('numbers tasks from 1 on, and the entries of each lane from 1 on', () => {
    const scene = standardScene();

    expect(enqueueAll(scene, [{}, { priority: 3n }, {}])).toEqual([1n, 2n, 3n]);

    expect([1n, 2n, 3n].map((id) => stateOf(id).seq)).toEqual([1n, 1n, 2n]);
  });

  it('leaves a held task out of every lane', () => {
    const scene = standardScene();

    enqueueAll(scene, [{ hold: true }]);

    expect(stateOf(1n)).toEqual(queuedState({ status: STATUS.PENDING, list: 0n, seq: 0n }));
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('takes the priority of the template when the task names none, and at most its greatest', () => {
    const scene = standardScene({ priority: 2n, 'max-priority': 6n });

    enqueueAll(scene, [{}, { priority: 0n }, { priority: 6n }]);

    expect([1n, 2n, 3n].map((id) => stateOf(id).lane)).toEqual([2n, 0n, 6n]);
    expectErr(enqueue(scene.template, { priority: 7n }, scene.producer), 'queue.ERR_PRIORITY');
  });

  it('refuses the priority 16', () => {
    const { producer, template } = standardScene();
    expectErr(enqueue(template, { priority: 16n }, producer), 'queue.ERR_PRIORITY');
  });

  it('takes a reward from the minimum of the template on', () => {
    const { producer, template } = standardScene({ 'min-reward': 300n });
    expectErr(enqueue(template, { reward: 299n }, producer), 'queue.ERR_REWARD_TOO_LOW');
    expectOk(enqueue(template, { reward: 300n }, producer));
  });

  it('moves nothing for a reward of 0', () => {
    const { producer, template, vault } = standardScene();
    expect(enqueue(template, { reward: 0n }, producer)).toMatchObject({ result: { ok: 1n }, transfers: [] });
    expect(balanceOf(vault)).toBe(0n);
  });

  it('takes the last microSTX of a producer and refuses one more', () => {
    const { producer, template, vault } = standardScene();
    const all = balanceOf(producer);

    expectErr(enqueue(template, { reward: all + 1n }, producer), 'queue.ERR_INSUFFICIENT');
    expectOk(enqueue(template, { reward: all }, producer));

    expect(balanceOf(producer)).toBe(0n);
    expect(balanceOf(vault)).toBe(all);
  });

  it('takes a payload of 1,024 bytes, and none of 1,025 reaches it', () => {
    const { producer, template } = standardScene();
    const payload = `0x${'ab'.repeat(1024)}`;
    expectOk(enqueue(template, { payload }, producer));
    expect(taskOf(1n)).toMatchObject({ payload });
    expect(() => enqueue(template, { payload: `${payload}ab` }, producer)).toThrow(/TypeValueError/);
  });

  it.each<[string, Fields]>([
    ['a least reward', { 'reward-min': 0n }],
    ['a deadline', { deadline: 9_000_000_000n }],
    ['a tag', { tag: '0x01' }],
    ['a key', { key: `0x${'01'.repeat(32)}` }],
    ['parents', { parents: [1n] }],
    ['parents in the batch', { 'after-items': [0n] }],
    ['lax parents', { lax: true }],
  ])('does not serve %s yet', (_, fields) => {
    const { producer, template, vault } = standardScene();

    expectErr(enqueue(template, fields, producer), 'queue.ERR_NOT_YET');
    expectErr(createAndSchedule(template, fields, 0n, 500n, producer), 'queue.ERR_NOT_YET');

    expect(read('queue', 'get-last-id')).toBe(0n);
    expect(balanceOf(vault)).toBe(0n);
  });

  it('refuses a template that does not exist', () => {
    const { producer } = standardScene();
    expectErr(enqueue(2n, {}, producer), 'factory.ERR_UNKNOWN_TEMPLATE');
    expectErr(enqueue(0n, {}, producer), 'factory.ERR_UNKNOWN_TEMPLATE');
  });

  it('is for producers', () => {
    const { alice, deployer, manager, stranger, template } = standardScene();
    for (const by of [alice, deployer, manager, stranger]) {
      expectErr(enqueue(template, {}, by), 'registry.ERR_ROLE');
    }
  });
});

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
    expectOk(call('queue', 'cancel-task', [3n], scene.producer));

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
