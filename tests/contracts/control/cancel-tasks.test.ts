import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import {
  cancelTasks,
  dequeueAs,
  enqueueTasks,
  fail,
  ROLE,
  registerCoordinator,
  STATUS,
  stateOf,
  statusesOf,
} from '../../helpers/tasks.js';

const { CANCELLED, QUEUED, RUNNING } = STATUS;

describe('cancel-tasks', () => {
  it('ends each task with a refund and answers what became of it', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ reward: 10n }, { reward: 200n, hold: true }]);
    const ended = nextHeight();

    const outcome = cancelTasks([2n, 1n], scene.producer);

    const over = { status: CANCELLED, gate: 0n, escrow: 0n, list: 0n, seq: 0n, ended };
    const states = [
      queuedState({ ...over, reward: 200n, floor: 200n }),
      queuedState({ ...over, reward: 10n, floor: 10n }),
    ];
    expect(outcome).toEqual({
      result: { ok: [{ ok: CANCELLED }, { ok: CANCELLED }] },
      prints: [
        { topic: 'task-cancelled', id: 2n, ...states[0] },
        { topic: 'task-cancelled', id: 1n, ...states[1] },
      ],
      transfers: [
        { amount: 200n, from: scene.vault, to: scene.producer },
        { amount: 10n, from: scene.vault, to: scene.producer },
      ],
    });
    expect([2n, 1n].map(stateOf)).toEqual(states);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('judges each item by itself', () => {
    const scene = standardScene({ 'max-attempts': 1n });
    expectOk(registerCoordinator(scene.stranger, ROLE.producer));
    enqueueAll(scene, [{}, {}, {}]);
    expectOk(enqueueTasks(scene.template, [{}], scene.stranger));
    expectOk(dequeueAs(scene.alice)); // 1
    expectOk(dequeueAs(scene.alice)); // 2
    expectOk(fail(2n, 1n, scene.alice));

    const outcome = cancelTasks([9n, 4n, 2n, 1n, 3n], scene.producer);

    expect(outcome.result).toEqual({
      ok: [
        { err: 'control.ERR_UNKNOWN_TASK' },
        { err: 'control.ERR_NOT_OWNER' },
        { err: 'control.ERR_STATE' },
        { ok: RUNNING },
        { ok: CANCELLED },
      ],
    });
    expect(outcome.prints).toEqual([
      { topic: 'task-stop-asked', id: 1n, ...stateOf(1n) },
      { topic: 'task-cancelled', id: 3n, ...stateOf(3n) },
    ]);
    expect(stateOf(1n)).toMatchObject({ status: RUNNING, stop: true });
    expect(statusesOf(3n, 4n)).toEqual([CANCELLED, QUEUED]);
    expect(expectOk(cancelTasks([1n], scene.producer))).toEqual([{ err: 'control.ERR_STATE' }]);
  });

  it('leaves the children to whoever releases them', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    enqueueAll(scene, [{ parents: [1n] }]);
    expectOk(cancelTasks([1n, 2n], scene.producer));
    expect(stateOf(3n).status).toBe(STATUS.PENDING);
    expect(read('graph', 'get-loose')).toBe(3n);
  });

  it('refuses a task that is named twice', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    expectErr(cancelTasks([1n, 2n, 1n], scene.producer), 'control.ERR_TWICE');
    expect(statusesOf(1n, 2n)).toEqual([QUEUED, QUEUED]);
  });

  it('takes from 1 to 12 items', () => {
    const scene = standardScene();
    const ids = enqueueAll(
      scene,
      Array.from({ length: 13 }, () => ({})),
    );
    expectErr(cancelTasks([], scene.producer), 'control.ERR_TOO_MANY');
    expect(() => cancelTasks(ids, scene.producer)).toThrow(/TypeValueError/);
    expect(expectOk(cancelTasks(ids.slice(0, 12), scene.producer))).toEqual(
      Array.from({ length: 12 }, () => ({ ok: CANCELLED })),
    );
    expect(expectOk(dequeueAs(scene.alice))).toEqual([13n]);
  });

  it('is for the owner of each task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    for (const by of [scene.alice, scene.manager, scene.deployer, scene.stranger]) {
      expect(expectOk(cancelTasks([1n], by))).toEqual([{ err: 'control.ERR_NOT_OWNER' }]);
    }
  });
});
