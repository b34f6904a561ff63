import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, contractId, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { createLine, enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import {
  claim,
  complete,
  dequeueAs,
  dequeueFrom,
  fail,
  joinAsWorker,
  reclaim,
  release,
  STATUS,
  stateOf,
} from '../../helpers/tasks.js';

const BOND = 100_000_000n;

/** Tasks 1 and 2 wait in a queue that admits bonded workers; the stranger is one of them. */
function openScene(fields = {}): Scene & { queue: bigint } {
  const scene = standardScene();
  const { queue, template } = createLine(scene, 'open-to-all', { class: 1n }, fields);
  expectOk(joinAsWorker(scene.stranger, BOND));
  enqueueAll({ ...scene, template }, [{ reward: 9_000_000n }, {}]);
  return { ...scene, queue, template };
}

describe('a bonded worker', () => {
  it('takes tasks of a queue that admits it, and is paid like anyone', () => {
    const { queue, stranger } = openScene();

    expect(expectOk(dequeueFrom(queue, 1n, stranger))).toEqual([1n]);
    expect(stateOf(1n)).toMatchObject({ worker: stranger, bonded: true, access: 2n });
    expect(expectOk(claim([2n], stranger))).toEqual([2n]);
    expect(expectOk(complete(1n, 1n, stranger))).toBe(9_000_000n);
  });

  it('takes none of a queue that does not', () => {
    const scene = openScene();
    enqueueAll({ ...scene, template: 1n }, [{}]);

    expectErr(dequeueAs(scene.stranger), 'queue.ERR_KIND');
    expectErr(claim([3n], scene.stranger), 'queue.ERR_KIND');
    expectErr(claim([1n, 3n], scene.stranger), 'queue.ERR_KIND');

    expect(stateOf(3n)).toMatchObject({ status: STATUS.QUEUED, worker: null });
    expect(stateOf(1n)).toMatchObject({ status: STATUS.QUEUED, worker: null });
    expect(expectOk(dequeueAs(scene.alice))).toEqual([3n]);
  });

  it('holds as many leases as the registry gives it', () => {
    const scene = openScene();
    enqueueAll(scene, [{}]);
    expectErr(dequeueFrom(scene.queue, 3n, scene.stranger), 'registry.ERR_CAPACITY');
    expectOk(dequeueFrom(scene.queue, 2n, scene.stranger));
  });

  it('takes nothing while its bond is leaving', () => {
    const { queue, stranger } = openScene();
    expectOk(call('registry', 'leave', [], stranger));
    expectErr(dequeueFrom(queue, 1n, stranger), 'registry.ERR_UNBONDING');
  });

  it('does not end a task on its word alone while there are attempts left', () => {
    const { queue, stranger } = openScene({ 'max-attempts': 2n });
    expectOk(dequeueFrom(queue, 1n, stranger));
    const retry = nextHeight() + 4n;

    expect(expectOk(fail(1n, 1n, stranger, { retryable: false }))).toBe(retry);

    expect(stateOf(1n)).toMatchObject({ status: STATUS.RETRYING, bonded: true });
  });

  it('ends the task with the last attempt', () => {
    const { queue, stranger } = openScene({ 'max-attempts': 1n });
    expectOk(dequeueFrom(queue, 1n, stranger));
    expect(expectOk(fail(1n, 1n, stranger, { retryable: false }))).toBe(0n);
  });

  it('loses part of its bond with a lease, a share of that to whoever reclaims', () => {
    const { bob, queue, stranger } = openScene();
    expectOk(dequeueFrom(queue, 1n, stranger));
    const until = stateOf(1n).until as bigint;
    mineUntil(until);
    const registry = contractId('registry');
    const before = balanceOf(registry);

    const outcome = reclaim([1n], bob);

    const cut = 9_000_000n; // a tenth of the bond, but never more than the reward
    expect(outcome).toEqual({
      result: { ok: [{ ok: until + 4n }] },
      prints: [
        { topic: 'bond-cut', worker: stranger, cut, amount: BOND - cut, 'leaving-at': 0n },
        { topic: 'task-reclaimed', id: 1n, ...stateOf(1n) },
      ],
      transfers: [{ amount: cut / 10n, from: registry, to: bob }],
    });
    expect(read('registry', 'get-bond', stranger)).toMatchObject({ amount: BOND - cut });
    expect(balanceOf(registry)).toBe(before - cut / 10n);
  });

  it('loses no more than the attempt would have earned it', () => {
    const scene = openScene({ 'ramp-blocks': 1000n });
    enqueueAll(scene, [{ reward: 9_000_000n, 'reward-min': 1_000_000n, priority: 15n }]);
    expectOk(dequeueFrom(scene.queue, 1n, scene.stranger)); // 3
    const { price, until } = stateOf(3n) as { price: bigint; until: bigint };
    mineUntil(until);

    expectOk(reclaim([3n], scene.bob));

    expect(price).toBeLessThan(2_000_000n);
    expect(read('registry', 'get-bond', scene.stranger)).toMatchObject({ amount: BOND - price });
  });

  it('gives a lease back at no cost', () => {
    const { queue, stranger } = openScene();
    expectOk(dequeueFrom(queue, 1n, stranger));
    expectOk(release(1n, 1n, stranger));
    expect(read('registry', 'get-bond', stranger)).toMatchObject({ amount: BOND });
    expect(read('registry', 'get-worker', stranger)).toMatchObject({ mask: 0n, streak: 0n });
  });
});
