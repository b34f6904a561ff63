import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, runningScene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  dequeueAs,
  dequeueFrom,
  fail,
  heartbeat,
  reclaim,
  STATUS,
  stateOf,
  statusesOf,
  trigger,
} from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

describe('reclaim-leases', () => {
  it('puts a task whose lease has ended to its next time', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    mineUntil(before.until as bigint);
    const retry = nextHeight() + 4n;

    const outcome = reclaim([1n], scene.stranger);

    const state = {
      ...before,
      status: STATUS.RETRYING,
      list: 2n ** 64n + retry,
      seq: 1n,
      retry,
    };
    expect(outcome).toEqual({
      result: { ok: [{ ok: retry }] },
      prints: [{ topic: 'task-reclaimed', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({
      mask: 0n,
      abandoned: 1n,
      streak: 1n,
    });
  });

  it('ends a task whose attempts are used up and refunds its owner', () => {
    const scene = runningScene({ 'max-attempts': 1n });
    const before = stateOf(1n);
    mineUntil(before.until as bigint);
    const [owner, worker] = [balanceOf(scene.producer), balanceOf(scene.alice)];
    const ended = nextHeight();

    const outcome = reclaim([1n], scene.stranger);

    const state = { ...before, status: STATUS.FAILED, escrow: 0n, list: 4096n, seq: 1n, ended };
    expect(outcome).toEqual({
      result: { ok: [{ ok: 0n }] },
      prints: [{ topic: 'task-reclaimed', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(balanceOf(scene.producer)).toBe(owner + 1000n);
    expect(balanceOf(scene.alice)).toBe(worker);
  });

  it('works from the height `until` on, not before', () => {
    const scene = runningScene();
    const until = stateOf(1n).until as bigint;
    mineUntil(until - 1n);

    expect(reclaim([1n], scene.bob)).toEqual({
      result: { ok: [{ err: 'control.ERR_LEASE_LIVE' }] },
      prints: [],
      transfers: [],
    });
    expect(nextHeight()).toBe(until);
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ ok: until + 4n }]);
  });

  it('counts from the last heartbeat', () => {
    const scene = runningScene();
    const first = stateOf(1n).until as bigint;
    const until = expectOk(heartbeat(1n, 1n, 30n, scene.alice)) as bigint;
    mineUntil(first);
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ err: 'control.ERR_LEASE_LIVE' }]);
    mineUntil(until);
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ ok: until + 4n }]);
  });

  it('ends what the holder may do', () => {
    const scene = runningScene();
    mineUntil(stateOf(1n).until as bigint);
    expectOk(reclaim([1n], scene.bob));

    expectErr(complete(1n, 1n, scene.alice), 'queue.ERR_STATE');
    expectErr(heartbeat(1n, 1n, 20n, scene.alice), 'control.ERR_STATE');
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.bob));
    expectErr(complete(1n, 1n, scene.alice), 'queue.ERR_NOT_HOLDER');
    expect(expectOk(complete(1n, 2n, scene.bob))).toBe(1000n);
  });

  it('judges each item by itself', () => {
    const scene = runningScene({ 'max-attempts': 2n, 'max-lease': 50n }, many(4));
    enqueueAll(scene, [{}, { hold: true }]);
    const until = stateOf(1n).until as bigint;
    expectOk(complete(2n, 1n, scene.alice));
    expectOk(heartbeat(3n, 1n, 50n, scene.alice));
    mineUntil(until);
    const now = nextHeight();

    const outcome = reclaim([9n, 1n, 2n, 3n, 5n, 6n, 4n, 0n], scene.bob);

    expect(outcome.result).toEqual({
      ok: [
        { err: 'control.ERR_UNKNOWN_TASK' },
        { ok: now + 4n },
        { err: 'control.ERR_STATE' },
        { err: 'control.ERR_LEASE_LIVE' },
        { err: 'control.ERR_STATE' },
        { err: 'control.ERR_STATE' },
        { ok: now + 4n },
        { err: 'control.ERR_UNKNOWN_TASK' },
      ],
    });
    expect(outcome.prints).toEqual([1n, 4n].map((id) => ({ topic: 'task-reclaimed', id, ...stateOf(id) })));
    expect([1n, 4n].map((id) => stateOf(id).seq)).toEqual([1n, 2n]);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0b0100n, abandoned: 2n });
  });

  it('refuses a task that is named twice', () => {
    const scene = runningScene({}, many(2));
    mineUntil(stateOf(1n).until as bigint);

    expectErr(reclaim([1n, 2n, 1n], scene.bob), 'control.ERR_TWICE');
    expect(statusesOf(1n, 2n)).toEqual([STATUS.RUNNING, STATUS.RUNNING]);
  });

  it('takes twelve leases of several workers, some to their end, and then triggers them in order', () => {
    const scene = standardScene({ 'max-attempts': 2n });
    enqueueAll(scene, many(12));
    expectOk(dequeueFrom(0n, 1n, scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(CLOCK.stacks)); // task 1 is now the last of its lane, with one attempt left
    expectOk(dequeueFrom(0n, 6n, scene.alice));
    expectOk(dequeueFrom(0n, 6n, scene.bob));
    mineUntil(stateOf(1n).until as bigint);
    const ids = Array.from({ length: 12 }, (_, i) => BigInt(i + 1));
    const now = nextHeight();

    const outcome = reclaim(ids, scene.stranger);

    expect(outcome.result).toEqual({ ok: ids.map((id) => ({ ok: id === 1n ? 0n : now + 4n })) });
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: scene.vault, to: scene.producer }]);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({
      mask: 0n,
      abandoned: 6n,
      streak: 7n,
    });
    expect(read('registry', 'get-worker', scene.bob)).toMatchObject({ mask: 0n, abandoned: 6n, streak: 6n });
    mineUntil(now + 4n);
    expectOk(trigger(CLOCK.stacks));
    expect(expectOk(dequeueFrom(0n, 6n, scene.bob))).toEqual(ids.slice(1, 7));
  });

  it('takes from 1 to 12 items', () => {
    const { bob } = standardScene();
    expectErr(reclaim([], bob), 'control.ERR_TOO_MANY');
    const twelve = Array.from({ length: 12 }, (_, i) => BigInt(i + 1));
    expect(expectOk(reclaim(twelve, bob))).toEqual(twelve.map(() => ({ err: 'control.ERR_UNKNOWN_TASK' })));
    expect(() => reclaim([...twelve, 13n], bob)).toThrow(/TypeValueError/);
  });
});
