import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, runningScene, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  completeTasks,
  createAndSchedule,
  creditsOf,
  dequeueAs,
  fail,
  GATE,
  reclaim,
  releaseChildren,
  STATUS,
  schedule,
  stateOf,
  statusesOf,
  trigger,
} from '../../helpers/tasks.js';

const { CANCELLED, FAILED, PENDING, QUEUED, SUCCEEDED } = STATUS;

const PARENT_FAILED = 1209n;

const many = (n: number, fields: object) => Array.from({ length: n }, () => ({ ...fields }) as never);

const looseOf = () => (read('overview', 'get-next', 0n) as { loose: bigint }).loose;

describe('release-children', () => {
  it('puts the children of a task that was completed into their lanes, whoever calls', () => {
    const scene = runningScene();
    enqueueAll(scene, [{ parents: [1n] }, { parents: [1n], priority: 9n }]);
    expect(looseOf()).toBe(0n);
    expectOk(complete(1n, 1n, scene.alice));
    expect([looseOf(), stateOf(2n).status, stateOf(3n).status]).toEqual([2n, PENDING, PENDING]);
    const at = nextHeight();

    const outcome = releaseChildren(8n, scene.stranger);

    const states = [queuedState({ seq: 2n, at }), queuedState({ lane: 9n, list: 9n, at })];
    expect(outcome).toEqual({
      result: { ok: 2n },
      prints: [
        { topic: 'task-unblocked', id: 2n, ...states[0] },
        { topic: 'task-unblocked', id: 3n, ...states[1] },
      ],
      transfers: [],
    });
    expect([2n, 3n].map(stateOf)).toEqual(states);
    expect(looseOf()).toBe(0n);
  });

  it('takes as many as it is asked for, the others stay loose', () => {
    const scene = runningScene();
    enqueueAll(scene, many(5, { parents: [1n] }));
    expectOk(complete(1n, 1n, scene.alice));

    expect(expectOk(releaseChildren(3n))).toBe(3n);
    expect(statusesOf(2n, 3n, 4n, 5n, 6n)).toEqual([QUEUED, QUEUED, QUEUED, PENDING, PENDING]);
    expect(looseOf()).toBe(5n);
    expect(expectOk(releaseChildren(8n))).toBe(2n);
    expect(expectOk(releaseChildren(8n))).toBe(0n);
  });

  it('takes from 1 to 8', () => {
    const { stranger } = standardScene();
    expectErr(releaseChildren(0n, stranger), 'control.ERR_TOO_MANY');
    expectErr(releaseChildren(9n, stranger), 'control.ERR_TOO_MANY');
    expect(releaseChildren(8n, stranger)).toEqual({ result: { ok: 0n }, prints: [], transfers: [] });
  });

  it('lets a child wait for its next parent', () => {
    const scene = runningScene({}, [{}, {}, {}]);
    enqueueAll(scene, [{ parents: [1n, 2n, 3n] }]);
    expectOk(completeTasks([1n, 2n], scene.alice));

    expectOk(releaseChildren(8n));
    expect(stateOf(4n)).toMatchObject({ status: PENDING, gate: GATE.PARENTS });
    expect([stateOf(3n).watched, looseOf()]).toEqual([true, 0n]);
    expectOk(complete(3n, 1n, scene.alice));
    expectOk(releaseChildren(8n));

    expect(stateOf(4n).status).toBe(QUEUED);
  });

  it('cancels a child one of whose parents did not succeed, and credits its reward', () => {
    const scene = runningScene({}, [{}, {}]);
    enqueueAll(scene, [{ parents: [1n, 2n] }]);
    expectOk(fail(2n, 1n, scene.alice, { retryable: false })); // the child waits for the first still
    expectOk(complete(1n, 1n, scene.alice));
    const before = stateOf(3n);
    const ended = nextHeight();

    const outcome = releaseChildren(8n, scene.stranger);

    const state = { ...before, status: CANCELLED, gate: 0n, escrow: 0n, code: PARENT_FAILED, ended };
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [{ topic: 'task-cancelled', id: 3n, ...state }],
      transfers: [],
    });
    expect(stateOf(3n)).toEqual(state);
    expect(creditsOf(scene.producer)).toBe(1000n);
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('passes over a child that was cancelled while it waited', () => {
    const scene = runningScene();
    enqueueAll(scene, many(2, { parents: [1n] }));
    expectOk(cancel(2n, scene.producer));
    expectOk(complete(1n, 1n, scene.alice));

    const outcome = releaseChildren(8n);

    expect(outcome.result).toEqual({ ok: 2n });
    expect(outcome.prints.map(({ id }) => id)).toEqual([3n]);
    expect(stateOf(2n).status).toBe(CANCELLED);
  });

  it('lets a child that has a time wait for it', () => {
    const scene = runningScene();
    const at = nextHeight() + 50n;
    enqueueAll(scene, [{ parents: [1n] }]);
    expectOk(schedule(2n, CLOCK.stacks, at, scene.producer));
    expect(stateOf(2n)).toMatchObject({ status: PENDING, gate: GATE.PARENTS, at });
    expectOk(complete(1n, 1n, scene.alice));

    expectOk(releaseChildren(8n));

    expect(stateOf(2n)).toMatchObject({ status: PENDING, gate: GATE.TIME, at, list: 2n ** 64n + at });
    mineUntil(at);
    expectOk(trigger(CLOCK.stacks));
    expect(stateOf(2n).status).toBe(QUEUED);
  });

  it('reaches the children that came after one that was given a time meanwhile', () => {
    const scene = runningScene();
    enqueueAll(scene, many(3, { parents: [1n] }));
    expectOk(schedule(2n, CLOCK.stacks, nextHeight() + 50n, scene.producer));
    expectOk(complete(1n, 1n, scene.alice));

    expect(expectOk(releaseChildren(8n))).toBe(3n);

    expect(statusesOf(2n, 3n, 4n)).toEqual([PENDING, QUEUED, QUEUED]);
  });
});

describe('the end of a parent', () => {
  it('sets a child free at once whose time has come meanwhile', () => {
    const scene = runningScene();
    const at = nextHeight() + 5n;
    expectOk(createAndSchedule(scene.template, { parents: [1n, 1n] }, CLOCK.stacks, at, scene.producer));
    expect(stateOf(2n)).toMatchObject({ status: PENDING, gate: GATE.PARENTS, list: 0n, at });
    mineUntil(at + 5n);
    expectOk(complete(1n, 1n, scene.alice));

    expectOk(releaseChildren(8n));

    expect(stateOf(2n)).toMatchObject({ status: QUEUED, gate: 0n, list: 5n, at });
  });

  it('by a failure sees to eight children at once; one that is lax runs all the same', () => {
    const scene = runningScene();
    enqueueAll(scene, [...many(7, { parents: [1n] }), ...many(2, { parents: [1n], lax: true })]);
    const retry = expectOk(fail(1n, 1n, scene.alice)) as bigint;
    expect([looseOf(), stateOf(2n).status]).toEqual([0n, PENDING]);
    mineUntil(retry);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.alice));

    const outcome = fail(1n, 2n, scene.alice, { retryable: false });

    expect(outcome.prints.map(({ topic, id }) => [topic, id])).toEqual([
      ['task-failed', 1n],
      ...[2n, 3n, 4n, 5n, 6n, 7n, 8n].map((id) => ['task-cancelled', id]),
      ['task-unblocked', 9n],
    ]);
    expect(stateOf(2n)).toMatchObject({ status: CANCELLED, code: PARENT_FAILED });
    expect(stateOf(9n)).toMatchObject({ status: QUEUED, code: 0n });
    expect([stateOf(10n).status, looseOf()]).toEqual([PENDING, 10n]);
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: scene.vault, to: scene.producer }]);
    expect(creditsOf(scene.producer)).toBe(7000n);
  });

  it('by being cancelled does so too, and the children of the children follow', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    enqueueAll(scene, [{ parents: [1n] }]);
    enqueueAll(scene, [{ parents: [2n] }]);
    enqueueAll(scene, [{ parents: [3n], lax: true }]);

    expectOk(cancel(1n, scene.producer));
    expect([statusesOf(2n, 3n, 4n), looseOf()]).toEqual([[CANCELLED, PENDING, PENDING], 3n]);
    expectOk(releaseChildren(8n));
    expect([statusesOf(3n, 4n), looseOf()]).toEqual([[CANCELLED, PENDING], 4n]);
    expectOk(releaseChildren(8n));
    expect([stateOf(4n).status, looseOf()]).toEqual([QUEUED, 0n]);
  });

  it('by the loss of its last lease leaves them loose', () => {
    const scene = runningScene({ 'max-attempts': 1n });
    enqueueAll(scene, [{ parents: [1n] }]);
    mineUntil(stateOf(1n).until as bigint);
    expectOk(reclaim([1n], scene.bob));
    expect([stateOf(1n).status, stateOf(2n).status, looseOf()]).toEqual([FAILED, PENDING, 2n]);

    expectOk(releaseChildren(8n));

    expect(stateOf(2n).status).toBe(CANCELLED);
  });

  it('in one call with another keeps both families', () => {
    const scene = runningScene({}, [{}, {}]);
    enqueueAll(scene, [{ parents: [1n] }, { parents: [2n] }, { parents: [1n] }]);
    expectOk(completeTasks([1n, 2n], scene.alice));
    expect(expectOk(releaseChildren(8n))).toBe(3n);
    expect(statusesOf(1n, 2n, 3n, 4n, 5n)).toEqual([SUCCEEDED, SUCCEEDED, QUEUED, QUEUED, QUEUED]);
  });

  it('reaches a child that comes to wait for it in the same call', () => {
    const scene = runningScene();
    enqueueAll(scene, [{ parents: [1n] }]); // 2 ends with 1
    enqueueAll(scene, [{ parents: [1n, 2n], lax: true }]); // 3 waits for 2 next

    expectOk(fail(1n, 1n, scene.alice, { retryable: false }));
    expectOk(releaseChildren(8n));

    expect(statusesOf(1n, 2n, 3n)).toEqual([FAILED, CANCELLED, QUEUED]);
  });
});
