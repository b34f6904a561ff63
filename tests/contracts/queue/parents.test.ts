import { describe, expect, it } from 'vitest';
import { mineUntilTime, nextTime } from '../../helpers/clocks.js';
import { expectErr, expectOk } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, type Scene, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  dequeueAs,
  enqueue,
  enqueueTasks,
  expire,
  fail,
  GATE,
  lastId,
  ROLE,
  registerCoordinator,
  STATUS,
  stateOf,
  statusesOf,
  taskOf,
} from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

const waiting = queuedState({ status: STATUS.PENDING, gate: GATE.PARENTS, list: 0n, seq: 0n });

/** One task each that failed, was cancelled and expired, 1 to 3. */
function endedBadly(scene: Scene): readonly bigint[] {
  const deadline = nextTime() + 100n;
  const ids = enqueueAll(scene, [{ priority: 9n }, {}, { deadline }]);
  expectOk(dequeueAs(scene.alice));
  expectOk(fail(1n, 1n, scene.alice, { retryable: false }));
  expectOk(cancel(2n, scene.producer));
  mineUntilTime(deadline);
  expectOk(expire([3n], scene.stranger));
  expect(statusesOf(...ids)).toEqual([STATUS.FAILED, STATUS.CANCELLED, STATUS.EXPIRED]);
  return ids;
}

describe('the parents of a new task', () => {
  it('keep it waiting, and the first of them remembers that it is watched', () => {
    const scene = standardScene();
    enqueueAll(scene, many(2));

    const outcome = enqueue(scene.template, { parents: [1n, 2n] }, scene.producer);

    expect(outcome.prints.at(-1)).toEqual({ topic: 'task-enqueued', id: 3n, ...waiting });
    expect(stateOf(3n)).toEqual(waiting);
    expect(taskOf(3n)).toMatchObject({ parents: [1n, 2n], lax: false });
    expect([stateOf(1n).watched, stateOf(2n).watched]).toEqual([true, false]);
  });

  it('do not keep it waiting when all of them succeeded', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));

    enqueueAll(scene, [{ parents: [1n] }]);

    expect(stateOf(2n)).toEqual(queuedState({ seq: 2n }));
    expect(stateOf(1n).watched).toBe(false);
  });

  it('do not show before its hold is open', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { hold: true, parents: [1n] }]);
    expect(stateOf(2n)).toMatchObject({ status: STATUS.PENDING, gate: GATE.HOLD });
    expect(stateOf(1n).watched).toBe(false);
  });

  it('are eight at most', () => {
    const scene = standardScene();
    const ids = enqueueAll(scene, many(9));
    expectOk(enqueue(scene.template, { parents: ids.slice(0, 8) }, scene.producer));
    expect(() => enqueue(scene.template, { parents: ids }, scene.producer)).toThrow(/RuntimeCheck/);
  });

  it('must be there', () => {
    const { producer, template } = standardScene();
    for (const parents of [[1n], [0n], [2n ** 128n - 1n]]) {
      expectErr(enqueue(template, { parents }, producer), 'factory.ERR_PARENT');
    }
  });

  it('must belong to its owner', () => {
    const scene = standardScene();
    expectOk(registerCoordinator(scene.stranger, ROLE.producer));
    enqueueAll(scene, [{}]);
    expectErr(enqueue(scene.template, { parents: [1n] }, scene.stranger), 'factory.ERR_PARENT');
    expectErr(enqueue(scene.template, { parents: [1n], lax: true }, scene.stranger), 'factory.ERR_PARENT');
  });

  it('must not have ended without success, unless the task runs all the same', () => {
    const scene = standardScene();
    for (const id of endedBadly(scene)) {
      expectErr(enqueue(scene.template, { parents: [id] }, scene.producer), 'factory.ERR_PARENT');
      expectOk(enqueue(scene.template, { parents: [id], lax: true }, scene.producer));
    }
    expect(statusesOf(4n, 5n, 6n)).toEqual([STATUS.QUEUED, STATUS.QUEUED, STATUS.QUEUED]);
  });
});

describe('the earlier items of a call as parents', () => {
  it('are named by their places', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);

    const outcome = enqueueTasks(
      scene.template,
      [{}, { 'after-items': [0n] }, { parents: [1n], 'after-items': [1n, 0n] }],
      scene.producer,
    );

    expect(outcome.result).toEqual({ ok: [{ ok: 2n }, { ok: 3n }, { ok: 4n }] });
    expect([2n, 3n, 4n].map((id) => taskOf(id)?.parents)).toEqual([[], [2n], [1n, 3n, 2n]]);
    expect([3n, 4n].map(stateOf)).toEqual([waiting, waiting]);
    expect([1n, 2n, 3n].map((id) => stateOf(id).watched)).toEqual([true, true, false]);
  });

  it('must be earlier, and must have been made in this call', () => {
    const scene = standardScene();
    const key = `0x${'07'.repeat(32)}`;
    enqueueAll(scene, [{ key }]);

    const items = [
      { key }, // 0: made before
      { priority: 16n }, // 1: refused
      { 'after-items': [0n] },
      { 'after-items': [1n] },
      { 'after-items': [4n] },
      { 'after-items': [6n] },
      {},
      { 'after-items': [2n ** 127n] },
    ];

    expect(expectOk(enqueueTasks(scene.template, items, scene.producer))).toEqual([
      { ok: 1n },
      { err: 'factory.ERR_PRIORITY' },
      { err: 'factory.ERR_PARENT' },
      { err: 'factory.ERR_PARENT' },
      { err: 'factory.ERR_PARENT' },
      { err: 'factory.ERR_PARENT' },
      { ok: 2n },
      { err: 'factory.ERR_PARENT' },
    ]);
  });

  it('count with the parents, eight together', () => {
    const scene = standardScene();
    const parents = enqueueAll(scene, many(7));
    const items = [{}, { parents, 'after-items': [0n] }, { parents, 'after-items': [0n, 1n] }];
    expect(expectOk(enqueueTasks(scene.template, items, scene.producer))).toEqual([
      { ok: 8n },
      { ok: 9n },
      { err: 'factory.ERR_PARENT' },
    ]);
  });

  it('are forty in one call', () => {
    const scene = standardScene();
    const parents = enqueueAll(scene, many(8));
    const items = Array.from({ length: 5 }, () => ({ parents }));

    expectErr(
      enqueueTasks(scene.template, [...items, { 'after-items': [0n] }], scene.producer),
      'factory.ERR_PARENT',
    );
    expect(lastId()).toBe(8n);
    expectOk(enqueueTasks(scene.template, items, scene.producer));
  });
});
