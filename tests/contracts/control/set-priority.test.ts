import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { expectErr, expectOk, read } from '../../helpers/contracts.js';
import { createLine, enqueueAll, queuedState, runningScene, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  createAndSchedule,
  dequeueAs,
  dequeueFrom,
  fail,
  GATE,
  releaseChildren,
  STATUS,
  schedule,
  setPriority,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

describe('set-priority', () => {
  it('puts a queued task into another lane', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);

    const outcome = setPriority(2n, 9n, scene.producer);

    const state = queuedState({ lane: 9n, list: 9n });
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-prioritized', id: 2n, ...state }],
      transfers: [],
    });
    expect(stateOf(2n)).toEqual(state);
    expect(expectOk(dequeueFrom(0n, 2n, scene.alice))).toEqual([2n, 1n]);
  });

  it('puts it at the end, also of the lane that it was in', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}, { priority: 9n }]);
    expectOk(setPriority(1n, 5n, scene.producer));
    expectOk(setPriority(2n, 9n, scene.producer));
    expect(expectOk(dequeueFrom(0n, 3n, scene.alice))).toEqual([3n, 2n, 1n]);
  });

  it('stays inside the queue of the task', () => {
    const scene = standardScene();
    const { queue, template } = createLine(scene, 'other');
    enqueueAll({ ...scene, template }, [{}]);
    expectOk(setPriority(1n, 15n, scene.producer));
    expect(stateOf(1n)).toMatchObject({ lane: queue * 16n + 15n, list: queue * 16n + 15n });
    expect(expectOk(dequeueFrom(queue, 1n, scene.alice))).toEqual([1n]);
  });

  it('changes a held task, which then enters that lane', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);

    expectOk(setPriority(1n, 9n, scene.producer));

    expect(stateOf(1n)).toEqual(
      queuedState({ status: STATUS.PENDING, gate: GATE.HOLD, lane: 9n, list: 0n, seq: 0n }),
    );
    const at = nextHeight() + 5n;
    expectOk(schedule(1n, CLOCK.stacks, at, scene.producer));
    mineUntil(at);
    expectOk(trigger(CLOCK.stacks));
    expect(stateOf(1n).list).toBe(9n);
  });

  it('changes a scheduled task, which keeps its instant', () => {
    const scene = standardScene();
    const at = nextHeight() + 50n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.time, 9_000_000_000n, scene.producer));
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    const before = stateOf(2n);

    expectOk(setPriority(1n, 9n, scene.producer));
    expectOk(setPriority(2n, 9n, scene.producer));

    expect(stateOf(2n)).toEqual({ ...before, lane: 9n });
    expect(stateOf(1n)).toMatchObject({ at: 9_000_000_000n, clock: CLOCK.time, lane: 9n });
    expect(read('index', 'get-next')).toMatchObject({ due: [at, null, 9_000_000_000n] });
    mineUntil(at);
    expectOk(trigger(CLOCK.stacks));
    expect(stateOf(2n)).toMatchObject({ status: STATUS.QUEUED, list: 9n });
  });

  it('changes a task that waits for its next attempt', () => {
    const scene = runningScene();
    const retry = expectOk(fail(1n, 1n, scene.alice)) as bigint;
    const before = stateOf(1n);

    expectOk(setPriority(1n, 0n, scene.producer));

    expect(stateOf(1n)).toEqual({ ...before, lane: 0n });
    mineUntil(retry);
    expectOk(trigger(CLOCK.stacks));
    expect(stateOf(1n)).toMatchObject({ status: STATUS.QUEUED, list: 0n, seq: 1n });
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
  });

  it('changes a child, which enters that lane when its parent has ended', () => {
    const scene = runningScene();
    enqueueAll(scene, [{ parents: [1n] }]);
    expectOk(setPriority(2n, 9n, scene.producer));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(releaseChildren(1n));
    expect(stateOf(2n)).toMatchObject({ status: STATUS.QUEUED, list: 9n });
  });

  it('takes up to the most urgent priority the template allows', () => {
    const scene = standardScene({ 'max-priority': 6n });
    enqueueAll(scene, [{}]);
    expectErr(setPriority(1n, 7n, scene.producer), 'control.ERR_PRIORITY');
    expectErr(setPriority(1n, 2n ** 127n, scene.producer), 'control.ERR_PRIORITY');
    expectOk(setPriority(1n, 6n, scene.producer));
    expectOk(setPriority(1n, 0n, scene.producer));
  });

  it('refuses a task that runs or has ended', () => {
    const scene = runningScene();
    enqueueAll(scene, [{}]);
    expectOk(cancel(2n, scene.producer));
    for (const id of [1n, 2n]) expectErr(setPriority(id, 9n, scene.producer), 'control.ERR_STATE');
  });

  it('refuses an id that is no task', () => {
    const { producer } = standardScene();
    expectErr(setPriority(1n, 5n, producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('is for the owner of the task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    for (const by of [scene.alice, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(setPriority(1n, 9n, by), 'control.ERR_NOT_OWNER');
    }
  });
});
