import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { runningScene, type Scene } from '../../helpers/scene.js';
import { cancel, complete, dequeueAs, release, STATUS, stateOf, trigger } from '../../helpers/tasks.js';

/** Gives the running attempt back and takes the next one, `times` over. */
function releaseRepeatedly(scene: Scene, times: number): void {
  for (let i = 0; i < times; i++) {
    expectOk(release(1n, stateOf(1n).attempts as bigint, scene.alice));
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(CLOCK.stacks));
    expectOk(dequeueAs(scene.alice));
  }
}

/** A scene after which the next release is the fourth. */
function thriceReleased(fields: Fields): Scene {
  const scene = runningScene(fields);
  releaseRepeatedly(scene, 3);
  return scene;
}

describe('release-task', () => {
  it('gives the lease back, which is neither a success nor a failure, and costs no attempt', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const worker = read('registry', 'get-worker', scene.alice) as Fields;
    const retry = nextHeight() + 4n;

    const outcome = release(1n, 1n, scene.alice);

    const state = {
      ...before,
      status: STATUS.RETRYING,
      'max-attempts': 4n,
      releases: 1n,
      list: 2n ** 64n + retry,
      seq: 1n,
      retry,
    };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-released', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(read('registry', 'get-worker', scene.alice)).toEqual({ ...worker, mask: 0n });
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('is free three times, and the number of an attempt is never used twice', () => {
    const scene = thriceReleased({ 'max-attempts': 1n });

    expect(stateOf(1n)).toMatchObject({ attempts: 4n, 'max-attempts': 4n, releases: 3n });
    expect(expectOk(complete(1n, 4n, scene.alice))).toBe(1000n);
  });

  it('costs an attempt from the fourth time on', () => {
    const scene = thriceReleased({ 'max-attempts': 2n });

    releaseRepeatedly(scene, 1);

    expect(stateOf(1n)).toMatchObject({ attempts: 5n, 'max-attempts': 5n, releases: 4n });
    expectOk(release(1n, 5n, scene.alice));
    expect(stateOf(1n)).toMatchObject({ status: STATUS.FAILED, attempts: 5n, releases: 5n });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('ends a task whose last attempt it cost, with a refund', () => {
    const scene = thriceReleased({ 'max-attempts': 1n });
    const before = stateOf(1n);
    const ended = nextHeight();

    const outcome = release(1n, 4n, scene.alice);

    const state = {
      ...before,
      status: STATUS.FAILED,
      escrow: 0n,
      releases: 4n,
      list: 4096n,
      seq: 1n,
      ended,
    };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-released', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
  });

  it('makes a stop the end, with a refund', () => {
    const scene = runningScene();
    expectOk(cancel(1n, scene.producer));

    expect(release(1n, 1n, scene.alice)).toMatchObject({
      result: { ok: true },
      prints: [{ topic: 'task-released', status: STATUS.CANCELLED }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
  });
});
