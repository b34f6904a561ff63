import { describe, expect, it } from 'vitest';
import { nextTime } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import { dequeueAs, enqueue, GATE, lastId, STATUS, stateOf, taskOf } from '../../helpers/tasks.js';

describe('enqueue-task', () => {
  it('keeps the request, puts the task into its lane and the reward into the vault', () => {
    const { producer, template, vault } = standardScene();
    const before = balanceOf(producer);

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
    };
    const state = queuedState({ lane: 9n, list: 9n, reward: 500n, floor: 500n, escrow: 500n });
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [
        { topic: 'task-made', id: 1n, ...task },
        { topic: 'task-enqueued', id: 1n, ...state },
      ],
      transfers: [{ amount: 500n, from: producer, to: vault }],
    });
    expect(taskOf(1n)).toEqual(task);
    expect(stateOf(1n)).toEqual(state);
    expect(lastId()).toBe(1n);
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

    expect(stateOf(1n)).toEqual(queuedState({ status: STATUS.PENDING, gate: GATE.HOLD, list: 0n, seq: 0n }));
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('takes the priority of the template when the task names none, and at most its greatest', () => {
    const scene = standardScene({ priority: 2n, 'max-priority': 6n });

    enqueueAll(scene, [{}, { priority: 0n }, { priority: 6n }]);

    expect([1n, 2n, 3n].map((id) => stateOf(id).lane)).toEqual([2n, 0n, 6n]);
    expectErr(enqueue(scene.template, { priority: 7n }, scene.producer), 'factory.ERR_PRIORITY');
  });

  it('refuses the priority 16', () => {
    const { producer, template } = standardScene();
    expectErr(enqueue(template, { priority: 16n }, producer), 'factory.ERR_PRIORITY');
  });

  it('takes a reward from the minimum of the template on', () => {
    const { producer, template } = standardScene({ 'min-reward': 300n });
    expectErr(enqueue(template, { reward: 299n }, producer), 'factory.ERR_REWARD_TOO_LOW');
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
    expect(() => enqueue(template, { payload: `${payload}ab` }, producer)).toThrow(/RuntimeCheck/);
  });

  it('keeps a tag, a deadline and what else was asked for', () => {
    const { producer, template } = standardScene();
    const deadline = nextTime() + 1000n;
    const asked = { tag: '0xab', deadline, lax: true };

    expectOk(enqueue(template, asked, producer));

    expect(taskOf(1n)).toMatchObject(asked);
    expect(stateOf(1n)).toEqual(queuedState({ expires: deadline }));
  });

  it('takes a least reward from the minimum of the template to the reward', () => {
    const { producer, template } = standardScene({ 'min-reward': 300n });
    expectErr(enqueue(template, { 'reward-min': 299n }, producer), 'factory.ERR_REWARD_TOO_LOW');
    expectErr(enqueue(template, { 'reward-min': 1001n }, producer), 'factory.ERR_REWARD_TOO_LOW');
    expectOk(enqueue(template, { 'reward-min': 300n }, producer));
    expectOk(enqueue(template, { 'reward-min': 1000n }, producer));
    expect([1n, 2n].map((id) => stateOf(id).floor)).toEqual([300n, 1000n]);
  });

  it('refuses a deadline that has come, and takes the next second', () => {
    const { producer, template } = standardScene();
    expectErr(enqueue(template, { deadline: nextTime() }, producer), 'factory.ERR_DEADLINE');
    expectErr(enqueue(template, { deadline: 0n }, producer), 'factory.ERR_DEADLINE');
    expectOk(enqueue(template, { deadline: nextTime() + 1n }, producer));
  });

  it('lets a task expire so long after it was made, or at its deadline when that is earlier', () => {
    const scene = standardScene({ 'ttl-seconds': 500n });
    const made = nextTime();

    enqueueAll(scene, [{}, { deadline: made + 400n }, { deadline: made + 4000n }]);

    expect([1n, 2n, 3n].map((id) => stateOf(id).expires)).toEqual([made + 500n, made + 400n, made + 520n]);
    expect(stateOf(1n).ttl).toBe(0n);
  });

  it('refuses a reward that is more than there is of anything', () => {
    const { producer, template } = standardScene();
    expectErr(enqueue(template, { reward: 10n ** 16n + 1n }, producer), 'factory.ERR_INSUFFICIENT');
    expectErr(enqueue(template, { reward: 2n ** 127n }, producer), 'factory.ERR_INSUFFICIENT');
    expectErr(enqueue(template, { reward: 10n ** 16n }, producer), 'queue.ERR_INSUFFICIENT');
  });

  it('refuses a template that is not active, or not open to the caller', () => {
    const scene = standardScene({ open: false });
    expectErr(enqueue(scene.template, {}, scene.producer), 'factory.ERR_NOT_ALLOWED');
    expectOk(call('factory', 'set-active', [scene.template, false], scene.manager));
    expectErr(enqueue(scene.template, {}, scene.producer), 'factory.ERR_INACTIVE');
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

  it('is for anyone when the registry says so, and for nobody while it is paused', () => {
    const { deployer, producer, stranger, template } = standardScene();
    expectOk(call('registry', 'set-param', ['open-enqueue', 1n], deployer));
    expectOk(enqueue(template, {}, stranger));

    expectOk(call('registry', 'pause', [1n], deployer));
    expectErr(enqueue(template, {}, producer), 'registry.ERR_PAUSED');
  });
});
