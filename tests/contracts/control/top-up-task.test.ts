import { describe, expect, it } from 'vitest';
import { CLOCK, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk } from '../../helpers/contracts.js';
import {
  createLine,
  enqueueAll,
  pinnedHandler,
  queuedState,
  runningScene,
  standardScene,
} from '../../helpers/scene.js';
import {
  cancel,
  complete,
  createAndSchedule,
  dequeueAs,
  dequeueFrom,
  fail,
  stateOf,
  topUp,
} from '../../helpers/tasks.js';

describe('top-up-task', () => {
  it('adds to the reward of a task that waits, and keeps its place', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);

    const outcome = topUp(1n, 500n, scene.producer);

    const state = queuedState({ reward: 1500n, floor: 1500n, escrow: 1500n });
    expect(outcome).toEqual({
      result: { ok: 1500n },
      prints: [{ topic: 'task-topped-up', id: 1n, ...state }],
      transfers: [{ amount: 500n, from: scene.producer, to: scene.vault }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);
    expect(expectOk(complete(1n, 1n, scene.alice))).toBe(1500n);
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('leaves a least reward of its own as it is', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ 'reward-min': 300n }]);
    expectOk(topUp(1n, 500n, scene.producer));
    expect(stateOf(1n)).toMatchObject({ reward: 1500n, floor: 300n, escrow: 1500n });
  });

  it('pays for each step that is left', () => {
    const scene = standardScene();
    const fields = { handler: pinnedHandler(), 'max-steps': 4n };
    const { template } = createLine(scene, 'chain', { kind: 1n }, fields);
    enqueueAll({ ...scene, template }, [{}]);
    expect(stateOf(1n)).toMatchObject({ steps: 4n, escrow: 4000n });

    expect(topUp(1n, 10n, scene.producer)).toMatchObject({
      result: { ok: 1010n },
      transfers: [{ amount: 40n, from: scene.producer, to: scene.vault }],
    });
    expect(stateOf(1n)).toMatchObject({ reward: 1010n, escrow: 4040n });
  });

  it('takes a task that is held, scheduled, or waits for its next attempt', () => {
    const scene = runningScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, nextHeight() + 50n, scene.producer));
    expectOk(fail(1n, 1n, scene.alice));
    for (const id of [1n, 2n, 3n]) {
      const before = stateOf(id);
      expectOk(topUp(id, 1n, scene.producer));
      expect(stateOf(id)).toEqual({ ...before, reward: 1001n, floor: 1001n, escrow: 1001n });
    }
  });

  it('is refunded with the rest', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    expectOk(topUp(1n, 500n, scene.producer));
    expect(cancel(1n, scene.producer).transfers).toEqual([
      { amount: 1500n, from: scene.vault, to: scene.producer },
    ]);
  });

  it('takes from 1 uSTX to what the owner has', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    const all = balanceOf(scene.producer);
    expectErr(topUp(1n, 0n, scene.producer), 'control.ERR_AMOUNT');
    expectErr(topUp(1n, 10n ** 16n, scene.producer), 'control.ERR_AMOUNT');
    expectErr(topUp(1n, 2n ** 128n - 1n, scene.producer), 'control.ERR_AMOUNT');
    expectErr(topUp(1n, all + 1n, scene.producer), 'queue.ERR_INSUFFICIENT');
    expect(expectOk(topUp(1n, all, scene.producer))).toBe(all + 1000n);
  });

  it('refuses a task that runs or has ended', () => {
    const scene = runningScene();
    enqueueAll(scene, [{}]);
    expectOk(cancel(2n, scene.producer));
    for (const id of [1n, 2n]) expectErr(topUp(id, 1n, scene.producer), 'control.ERR_STATE');
  });

  it('refuses an id that is no task', () => {
    const { producer } = standardScene();
    expectErr(topUp(1n, 5n, producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('is for the owner of the task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    for (const by of [scene.alice, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(topUp(1n, 5n, by), 'control.ERR_NOT_OWNER');
    }
    expect(expectOk(dequeueFrom(0n, 1n, scene.alice))).toEqual([1n]);
  });
});
