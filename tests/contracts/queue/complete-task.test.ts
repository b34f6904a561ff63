import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, runningScene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  completeTasks,
  dequeueAs,
  dequeueFrom,
  fail,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

describe('complete-task', () => {
  it('keeps the result and pays the worker', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const balance = balanceOf(scene.alice);
    const ended = nextHeight();

    const outcome = complete(1n, 1n, scene.alice, '0xcafe');

    const state = { ...before, status: STATUS.SUCCEEDED, escrow: 0n, result: '0xcafe', ended };
    expect(outcome).toEqual({
      result: { ok: 1000n },
      prints: [{ topic: 'task-completed', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.alice }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(balanceOf(scene.alice)).toBe(balance + 1000n);
    expect(read('registry', 'get-worker', scene.alice)).toEqual({
      mask: 0n,
      oldest: before.until,
      succeeded: 1n,
      failed: 0n,
      abandoned: 0n,
      earned: 1000n,
      streak: 0n,
      'stood-until': 0n,
    });
  });

  it('pays nothing for a reward of 0', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ reward: 0n }]);
    expectOk(dequeueAs(scene.alice));
    expect(complete(1n, 1n, scene.alice)).toMatchObject({ result: { ok: 0n }, transfers: [] });
  });

  it('takes an empty result, one of 512 bytes, and none of 513', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    expectOk(dequeueAs(scene.alice));
    expectOk(dequeueAs(scene.alice));
    const long = `0x${'ee'.repeat(512)}`;

    expectOk(complete(1n, 1n, scene.alice, '0x'));
    expect(() => complete(2n, 1n, scene.alice, `${long}ee`)).toThrow(/TypeValueError/);
    expectOk(complete(2n, 1n, scene.alice, long));

    expect(stateOf(1n).result).toBe('0x');
    expect(stateOf(2n).result).toBe(long);
  });

  it('clears the code of the attempts before', () => {
    const scene = runningScene();
    expectOk(fail(1n, 1n, scene.alice, { code: 42n }));
    expect(stateOf(1n).code).toBe(42n);
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(0n));
    expectOk(dequeueAs(scene.bob));

    expectOk(complete(1n, 2n, scene.bob));

    expect(stateOf(1n)).toMatchObject({ code: 0n, attempts: 2n, worker: scene.bob });
  });
});

describe('complete-tasks', () => {
  it('keeps the results and pays the worker in one transfer', () => {
    const scene = runningScene({}, [{ reward: 10n }, { reward: 200n }, { reward: 3000n }]);

    const outcome = completeTasks([1n, 2n, 3n], scene.alice);

    expect(outcome).toEqual({
      result: { ok: [{ ok: 10n }, { ok: 200n }, { ok: 3000n }] },
      prints: [1n, 2n, 3n].map((id) => ({ topic: 'task-completed', id, ...stateOf(id) })),
      transfers: [{ amount: 3210n, from: scene.vault, to: scene.alice }],
    });
    expect(stateOf(2n)).toMatchObject({ status: STATUS.SUCCEEDED, escrow: 0n, result: '0x02' });
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({
      mask: 0n,
      succeeded: 3n,
      earned: 3210n,
    });
  });

  it('judges each item by itself', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, {}, {}, {}]);
    expectOk(dequeueFrom(0n, 3n, scene.alice)); // 1 to 3
    expectOk(dequeueAs(scene.bob)); // 4
    expectOk(fail(2n, 1n, scene.alice));

    const outcome = completeTasks([9n, 1n, 2n, 1n, 4n, 5n, 3n], scene.alice);

    expect(outcome.result).toEqual({
      ok: [
        { err: 'queue.ERR_UNKNOWN_TASK' },
        { ok: 1000n },
        { err: 'queue.ERR_STATE' },
        { err: 'queue.ERR_STATE' },
        { err: 'queue.ERR_NOT_HOLDER' },
        { err: 'queue.ERR_STATE' },
        { ok: 1000n },
      ],
    });
    expect(outcome.transfers).toEqual([{ amount: 2000n, from: scene.vault, to: scene.alice }]);
    expect(outcome.prints.map(({ id }) => id)).toEqual([1n, 3n]);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0n, succeeded: 2n });
    expect(read('registry', 'get-worker', scene.bob)).toMatchObject({ mask: 1n, succeeded: 0n });
  });

  it('changes nothing when every item is refused', () => {
    const scene = runningScene();
    const before = read('registry', 'get-worker', scene.bob);

    expect(completeTasks([1n, 2n], scene.bob)).toEqual({
      result: { ok: [{ err: 'queue.ERR_NOT_HOLDER' }, { err: 'queue.ERR_UNKNOWN_TASK' }] },
      prints: [],
      transfers: [],
    });

    expect(read('registry', 'get-worker', scene.bob)).toEqual(before);
    expect(stateOf(1n).status).toBe(STATUS.RUNNING);
  });

  it('takes from 1 to 20 items', () => {
    const { alice } = standardScene();
    expectErr(completeTasks([], alice), 'queue.ERR_TOO_MANY');
    const twenty = Array.from({ length: 20 }, (_, i) => BigInt(i + 1));
    expect(expectOk(completeTasks(twenty, alice))).toEqual(
      twenty.map(() => ({ err: 'queue.ERR_UNKNOWN_TASK' })),
    );
    expect(() => completeTasks([...twenty, 21n], alice)).toThrow(/TypeValueError/);
  });
});
