import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { call, contractId, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { createLine, enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import {
  dequeueFrom,
  fail,
  joinAsWorker,
  reclaim,
  STATUS,
  stateOf,
  statusesOf,
} from '../../helpers/tasks.js';
import { changesSince, worths } from './worth.js';

// There are no controls here: the naive dispatcher of the other attacks knows neither leases nor bonds.

const BOND = 200_000_000n; // enough for more than one cut
const REWARD = 9_000_000n; // uSTX; less than a tenth of the bond, so that it bounds the cut

interface BondedScene extends Scene {
  readonly queue: bigint;
  readonly worker: string; // nobody appointed it
}

/** Tasks of the producer wait in a queue that admits a bonded worker. */
function bondedScene(tasks: number, fields = {}): BondedScene {
  const scene = standardScene();
  const { queue, template } = createLine(scene, 'open-to-all', { class: 1n }, fields);
  expectOk(joinAsWorker(scene.stranger, BOND));
  enqueueAll({ ...scene, template }, Array(tasks).fill({ reward: REWARD }));
  return { ...scene, queue, template, worker: scene.stranger };
}

/** The worker takes a task and does nothing, until somebody reclaims it. */
function idleUntilReclaimed({ queue, worker }: BondedScene, by: string): void {
  const [id] = expectOk(dequeueFrom(queue, 1n, worker)) as [bigint];
  mineUntil(stateOf(id).until as bigint);
  expectOk(reclaim([id], by));
}

describe('a bonded worker that claims and does nothing', () => {
  it('pays for it with its bond, even where its accomplice reclaims', () => {
    const scene = bondedScene(1);
    const before = worths();

    idleUntilReclaimed(scene, scene.bob);

    const lost = {
      [scene.worker]: -REWARD,
      [scene.bob]: REWARD / 10n,
      [scene.deployer]: (REWARD / 10n) * 9n,
    };
    expect(changesSince(before)).toEqual(lost);
    expect(read('registry', 'get-sink-credit')).toBe((REWARD / 10n) * 9n);
    expect(call('registry', 'withdraw-sink', [], scene.bob).transfers).toEqual([
      { amount: (REWARD / 10n) * 9n, from: contractId('registry'), to: scene.deployer },
    ]);
    expect(changesSince(before)).toEqual(lost);
    expect(read('registry', 'get-sink-credit')).toBe(0n);
  });

  it('gives an owner who reclaims no more than that share: tasks that nobody can do earn no bonds', () => {
    const scene = bondedScene(1, { 'max-attempts': 1n });
    const before = worths();

    idleUntilReclaimed(scene, scene.producer);

    expect(statusesOf(1n)).toEqual([STATUS.FAILED]);
    const share = REWARD / 10n; // what whoever reclaims gets
    expect(changesSince(before)).toEqual({
      [scene.worker]: -REWARD,
      [scene.producer]: share,
      [scene.deployer]: REWARD - share,
    });
  });

  it('is stood down when it did so too often in a row, and nobody else is', () => {
    const scene = bondedScene(3);
    expectOk(call('registry', 'set-param', ['strike-limit', 2n], scene.deployer));
    idleUntilReclaimed(scene, scene.bob);
    const [id] = expectOk(dequeueFrom(scene.queue, 1n, scene.worker)) as [bigint];
    const before = worths();

    const { prints } = fail(id, 1n, scene.worker);

    const stood = prints.find(({ topic }) => topic === 'worker-stood-down');
    expect(stood).toMatchObject({ worker: scene.worker });
    expectErr(dequeueFrom(scene.queue, 1n, scene.worker), 'registry.ERR_STOOD_DOWN');
    expect(expectOk(dequeueFrom(scene.queue, 1n, scene.alice))).toEqual([3n]);
    expect(changesSince(before)).toEqual({});
    mineUntil(stood?.['stood-until'] as bigint);
    expectOk(call('scheduler', 'trigger-due-tasks', [0n, 20n], scene.bob));
    expectOk(dequeueFrom(scene.queue, 1n, scene.worker));
  });
});
