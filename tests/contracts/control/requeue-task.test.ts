import { describe, expect, it } from 'vitest';
import { balanceOf, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import {
  createLine,
  enqueueAll,
  queuedState,
  runningScene,
  type Scene,
  standardScene,
} from '../../helpers/scene.js';
import {
  cancel,
  dequeueAs,
  dequeueFrom,
  fail,
  lastId,
  ROLE,
  requeue,
  STATUS,
  setPriority,
  stateOf,
  taskOf,
} from '../../helpers/tasks.js';

/** Task 1 has failed for good. */
function failedScene(fields = {}): Scene {
  const scene = runningScene({}, [{ priority: 9n, tag: '0xab', payload: '0xbeef', ...fields }]);
  expectOk(fail(1n, 1n, scene.alice, { retryable: false }));
  return scene;
}

const deadLetters = (queue = 0n) => read('index', 'get-list-page', 4096n + queue, 0n);

describe('requeue-task', () => {
  it('makes a task like the one that failed, which leaves the dead letters', () => {
    const scene = failedScene();
    const failed = stateOf(1n);
    expect(deadLetters()).toEqual({ ids: [1n], next: null });

    const outcome = requeue(1n, 700n, scene.producer);

    const gone = { ...failed, list: 0n, seq: 0n };
    const state = queuedState({ lane: 9n, list: 9n, seq: 2n, reward: 700n, floor: 700n, escrow: 700n });
    const task = { ...taskOf(1n), origin: 1n };
    expect(outcome).toEqual({
      result: { ok: 2n },
      prints: [
        { topic: 'task-requeued', id: 1n, ...gone },
        { topic: 'task-made', id: 2n, ...task },
        { topic: 'task-enqueued', id: 2n, ...state },
      ],
      transfers: [{ amount: 700n, from: scene.producer, to: scene.vault }],
    });
    expect([stateOf(1n), stateOf(2n), taskOf(2n)]).toEqual([gone, state, task]);
    expect(deadLetters()).toEqual({ ids: [], next: null });
    expect(expectOk(dequeueAs(scene.bob))).toEqual([2n]);
  });

  it('repeats neither parents, key nor deadline', () => {
    const key = `0x${'07'.repeat(32)}`;
    const scene = failedScene({ key, deadline: 9_000_000_000n, 'reward-min': 5n });
    expectOk(requeue(1n, 700n, scene.producer));
    expect(taskOf(2n)).toMatchObject({ parents: [], deadline: null });
    expect(stateOf(2n)).toMatchObject({ floor: 700n, expires: 0n });
    expect(read('factory', 'get-by-key', scene.producer, key)).toBe(1n);
  });

  it('takes a task out of the middle of the dead letters, each once', () => {
    const scene = runningScene({ 'max-attempts': 1n }, [{}, {}, {}]);
    for (const id of [1n, 2n, 3n]) expectOk(fail(id, 1n, scene.alice));
    expectOk(requeue(2n, 0n, scene.producer));
    expect(deadLetters()).toEqual({ ids: [1n, 3n], next: null });
    expectErr(requeue(2n, 0n, scene.producer), 'control.ERR_STATE');
  });

  it('keeps the dead letters of each queue by themselves', () => {
    const scene = standardScene();
    const { queue, template } = createLine(scene, 'other', {}, { 'max-attempts': 1n });
    enqueueAll({ ...scene, template }, [{}]);
    expectOk(dequeueFrom(queue, 1n, scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    expect([deadLetters(), deadLetters(queue)]).toEqual([
      { ids: [], next: null },
      { ids: [1n], next: null },
    ]);
  });

  it('can be repeated for the new task', () => {
    const scene = failedScene();
    expectOk(requeue(1n, 0n, scene.producer));
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(2n, 1n, scene.alice, { retryable: false }));
    expect(expectOk(requeue(2n, 0n, scene.producer))).toBe(3n);
    expect(taskOf(3n)?.origin).toBe(2n);
  });

  it('makes it from the newest version of the template, within its terms', () => {
    const scene = standardScene({ 'max-attempts': 1n });
    enqueueAll(scene, [{}]);
    expectOk(setPriority(1n, 15n, scene.producer));
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    const update = (fields: object) => {
      const { config } = read('factory', 'get-task-template', scene.template) as { config: object };
      const args = [scene.template, { ...config, ...fields } as never];
      expectOk(call('factory', 'update-task-template', args, scene.manager));
    };

    update({ 'max-priority': 14n });
    expectErr(requeue(1n, 0n, scene.producer), 'factory.ERR_PRIORITY');
    update({ 'max-priority': 15n, 'min-reward': 5n });
    expectErr(requeue(1n, 4n, scene.producer), 'factory.ERR_REWARD_TOO_LOW');
    expect(deadLetters()).toEqual({ ids: [1n], next: null });

    expectOk(requeue(1n, 5n, scene.producer));
    expect(taskOf(2n)).toMatchObject({ version: 3n });
    expect(stateOf(2n).lane).toBe(15n);
  });

  it('refuses a task that did not fail', () => {
    const scene = runningScene({}, [{}]);
    enqueueAll(scene, [{}, {}]);
    expectOk(cancel(3n, scene.producer));
    for (const id of [1n, 2n, 3n]) expectErr(requeue(id, 0n, scene.producer), 'control.ERR_STATE');
    expectErr(requeue(9n, 0n, scene.producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('refuses a reward that the owner cannot pay, and leaves the task where it is', () => {
    const scene = failedScene();
    const reward = balanceOf(scene.producer) + 1n;
    expectErr(requeue(1n, reward, scene.producer), 'queue.ERR_INSUFFICIENT');
    expect(deadLetters()).toEqual({ ids: [1n], next: null });
    expect(lastId()).toBe(1n);
  });

  it('is for the owner of the task, while it is a producer', () => {
    const scene = failedScene();
    for (const by of [scene.alice, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(requeue(1n, 0n, by), 'control.ERR_NOT_OWNER');
    }
    expectOk(call('registry', 'pause', [1n], scene.deployer));
    expectErr(requeue(1n, 0n, scene.producer), 'registry.ERR_PAUSED');
    expectOk(call('registry', 'unpause', [1n], scene.deployer));
    const args = [scene.producer, ROLE.worker];
    expectOk(call('registry', 'update-coordinator-permissions', args, scene.deployer));
    expectErr(requeue(1n, 0n, scene.producer), 'registry.ERR_ROLE');
    expect(stateOf(1n).status).toBe(STATUS.FAILED);
  });
});
