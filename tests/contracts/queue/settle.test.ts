import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  dequeueAs,
  fail,
  heartbeat,
  reclaim,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

/** Task 1 runs under a lease of alice. */
function runningScene(fields = {}): Scene {
  const scene = standardScene(fields);
  enqueueAll(scene, [{}]);
  expectOk(dequeueAs(scene.alice));
  return scene;
}

const settleCalls = [
  ['heartbeat-task', (id: bigint, attempt: bigint, by: string) => heartbeat(id, attempt, 20n, by)],
  ['complete-task', (id: bigint, attempt: bigint, by: string) => complete(id, attempt, by)],
  ['fail-task', (id: bigint, attempt: bigint, by: string) => fail(id, attempt, by)],
] as const;

describe.each(settleCalls)('%s', (_, settle) => {
  it('refuses an id that is no task', () => {
    const { alice } = standardScene();
    expectErr(settle(1n, 1n, alice), 'queue.ERR_UNKNOWN_TASK');
  });

  it('refuses a task that does not run', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { hold: true }, {}]);
    expectErr(settle(1n, 0n, scene.alice), 'queue.ERR_STATE');
    expectErr(settle(2n, 0n, scene.alice), 'queue.ERR_STATE');

    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectErr(settle(1n, 1n, scene.alice), 'queue.ERR_STATE');

    expectOk(dequeueAs(scene.alice));
    expectOk(fail(3n, 1n, scene.alice));
    expectErr(settle(3n, 1n, scene.alice), 'queue.ERR_STATE');
  });

  it('is for the worker that holds the lease', () => {
    const scene = runningScene();
    for (const by of [scene.bob, scene.producer, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(settle(1n, 1n, by), 'queue.ERR_NOT_HOLDER');
    }
  });

  it('refuses another attempt than the running one, also one that the caller held itself', () => {
    const scene = runningScene();
    expectErr(settle(1n, 0n, scene.alice), 'queue.ERR_STALE_ATTEMPT');
    expectErr(settle(1n, 2n, scene.alice), 'queue.ERR_STALE_ATTEMPT');
    mineUntil(stateOf(1n).until as bigint);
    expectOk(reclaim([1n], scene.stranger));
    mineUntil(stateOf(1n).at as bigint);
    expectOk(trigger(0n));
    expectOk(dequeueAs(scene.alice));

    expectErr(settle(1n, 1n, scene.alice), 'queue.ERR_STALE_ATTEMPT');
    expectOk(settle(1n, 2n, scene.alice));
  });

  it('works past the end of the lease until somebody reclaims it', () => {
    const scene = runningScene();
    mineUntil((stateOf(1n).until as bigint) + 10n);
    expectOk(settle(1n, 1n, scene.alice));
  });
});

describe('complete-task', () => {
  it('keeps the result and pays the worker', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const balance = balanceOf(scene.alice);
    const ended = nextHeight();

    const outcome = complete(1n, 1n, scene.alice, '0xcafe');

    const state = { ...before, status: STATUS.SUCCEEDED, result: '0xcafe', ended };
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
    mineUntil(stateOf(1n).at as bigint);
    expectOk(trigger(0n));
    expectOk(dequeueAs(scene.bob));

    expectOk(complete(1n, 2n, scene.bob));

    expect(stateOf(1n)).toMatchObject({ code: 0n, attempts: 2n, worker: scene.bob });
  });
});

describe('heartbeat-task', () => {
  it('extends the lease to so many blocks from now', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const until = nextHeight() + 30n;

    expect(heartbeat(1n, 1n, 30n, scene.alice)).toEqual({
      result: { ok: until },
      prints: [{ topic: 'task-heartbeat', id: 1n, ...before, until, progress: '0x01' }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual({ ...before, until });
  });

  it('never shortens a lease', () => {
    const scene = runningScene();
    const { until } = stateOf(1n);
    expect(expectOk(heartbeat(1n, 1n, 1n, scene.alice))).toBe(until);
    expect(stateOf(1n).until).toBe(until);
  });

  it('extends an attempt to the longest lease of its template and no further', () => {
    const scene = runningScene({ 'max-lease': 40n });
    const bound = (stateOf(1n).claimed as bigint) + 40n;

    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(bound);
    mineUntil(bound + 5n);
    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(bound);
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ ok: nextHeight() - 1n + 4n }]);
  });

  it('takes from 1 to 4,000 blocks', () => {
    const scene = runningScene({ 'max-lease': 40000n });
    expectErr(heartbeat(1n, 1n, 0n, scene.alice), 'queue.ERR_TIME');
    expectErr(heartbeat(1n, 1n, 4001n, scene.alice), 'queue.ERR_TIME');
    const until = nextHeight() + 4000n;
    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(until);
  });
});
