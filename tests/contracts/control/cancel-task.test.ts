import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, runningScene, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  createAndSchedule,
  dequeueAs,
  fail,
  heartbeat,
  reclaim,
  STATUS,
  setPriority,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

describe('cancel-task', () => {
  it('ends a queued task and refunds its owner', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    const owner = balanceOf(scene.producer);
    const ended = nextHeight();

    const outcome = cancel(1n, scene.producer);

    const state = queuedState({ status: STATUS.CANCELLED, escrow: 0n, list: 0n, seq: 0n, ended });
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-cancelled', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.producer)).toBe(owner + 1000n);
    expect(balanceOf(scene.vault)).toBe(0n);
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
  });

  it('ends a held task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);

    expect(cancel(1n, scene.producer)).toMatchObject({
      result: { ok: true },
      transfers: [{ amount: 1000n }],
    });

    expect(stateOf(1n).status).toBe(STATUS.CANCELLED);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('ends a scheduled task, which then never becomes due', () => {
    const { producer, template, vault } = standardScene();
    const at = nextHeight() + 5n;
    expectOk(createAndSchedule(template, {}, CLOCK.stacks, at, producer));

    expectOk(cancel(1n, producer));

    mineUntil(at);
    expect(expectOk(trigger(CLOCK.stacks))).toEqual({ due: 0n, created: 0n, paid: 0n });
    expect(stateOf(1n)).toMatchObject({ status: STATUS.CANCELLED, list: 0n, seq: 0n });
    expect(balanceOf(vault)).toBe(0n);
  });

  it('ends a task that waits for its next attempt', () => {
    const scene = runningScene();
    expectOk(fail(1n, 1n, scene.alice));
    const { retry } = stateOf(1n);

    expectOk(cancel(1n, scene.producer));

    mineUntil(retry as bigint);
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: 0n });
    expect(stateOf(1n)).toMatchObject({ status: STATUS.CANCELLED, code: 7n });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('refuses a task that has ended', () => {
    const scene = standardScene({ 'max-attempts': 1n });
    enqueueAll(scene, [{}, {}, {}]);
    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(2n, 1n, scene.alice));
    expectOk(cancel(3n, scene.producer));

    for (const id of [1n, 2n, 3n]) expectErr(cancel(id, scene.producer), 'control.ERR_STATE');
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('refuses the held occurrence of a series, which ends with its series', () => {
    const { producer, template } = standardScene();
    const series = [template, CLOCK.stacks, nextHeight() + 9n, 50n, 3n, 10n, 0n, false, '0x00'];
    expectOk(call('scheduler', 'create-series', series, producer));

    expectErr(cancel(1n, producer), 'control.ERR_SERIES_OWNED');

    expect(stateOf(1n)).toMatchObject({ status: STATUS.PENDING, series: 1n, escrow: 10n });
    expectErr(setPriority(1n, 9n, producer), 'control.ERR_SERIES_OWNED');
    expectOk(call('scheduler', 'cancel-series', [1n], producer));
    expect(stateOf(1n)).toMatchObject({ status: STATUS.CANCELLED, escrow: 0n });
  });

  it('refuses an id that is no task', () => {
    const { producer } = standardScene();
    expectErr(cancel(1n, producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('is for the owner of the task', () => {
    const scene = runningScene();
    enqueueAll(scene, [{}]);
    for (const by of [scene.alice, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(cancel(1n, by), 'control.ERR_NOT_OWNER');
      expectErr(cancel(2n, by), 'control.ERR_NOT_OWNER');
    }
  });
});

describe('cancel-task of a running task', () => {
  it('asks that this attempt be the last, and refunds nothing yet', () => {
    const scene = runningScene();
    const state = { ...stateOf(1n), stop: true };

    expect(cancel(1n, scene.producer)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-stop-asked', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('can be asked once', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));
    expectErr(cancel(1n, scene.producer), 'control.ERR_STATE');
  });

  it('shows in the heartbeat, which still extends the lease', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));
    const until = nextHeight() + 30n;
    expect(heartbeat(1n, 1n, 30n, scene.alice)).toMatchObject({
      result: { ok: until },
      prints: [{ topic: 'task-heartbeat', stop: true }, { topic: 'task-progressed' }],
    });
  });

  it('does not keep the worker from its reward', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));

    expect(complete(1n, 1n, scene.alice)).toMatchObject({
      result: { ok: 1000n },
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.alice }],
    });
    expect(stateOf(1n).status).toBe(STATUS.SUCCEEDED);
  });

  it('makes a failure the end, with a refund', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));
    const before = stateOf(1n);
    const ended = nextHeight();

    const outcome = fail(1n, 1n, scene.alice);

    const state = { ...before, status: STATUS.CANCELLED, code: 7n, escrow: 0n, ended };
    expect(outcome).toEqual({
      result: { ok: 0n },
      prints: [{ topic: 'task-failed', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('makes a reclaim the end, with a refund', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));
    mineUntil(stateOf(1n).until as bigint);

    expect(reclaim([1n], scene.bob)).toMatchObject({
      result: { ok: [{ ok: 0n }] },
      prints: [{ topic: 'task-reclaimed', status: STATUS.CANCELLED }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 0n, abandoned: 1n });
  });
});
