import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import {
  account,
  call,
  contractId,
  expectErr,
  expectOk,
  type Fields,
  read,
} from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import {
  complete,
  createTemplate,
  dequeueAs,
  dequeueFrom,
  enqueue,
  fail,
  ROLE,
  reclaim,
  registerCoordinator,
  stateOf,
} from '../../helpers/tasks.js';

const workerOf = (who: string) => read('registry', 'get-worker', who) as Fields;
const leasesOf = (who: string, ...slots: bigint[]) => read('registry', 'get-leases', who, slots);
const many = (n: number) => Array.from({ length: n }, () => ({}));

describe('open-leases, close-leases and lose-leases', () => {
  it('refuse everybody but the queue, the owner and the worker itself included', () => {
    const { alice, deployer, manager } = standardScene();
    const lost = { worker: alice, slot: 0n, claimed: 1n, reward: 9n };
    for (const by of [deployer, manager, alice]) {
      expectErr(call('registry', 'open-leases', [alice, [1n], 20n, 1n], by), 'registry.ERR_SYSTEM_ONLY');
      expectErr(call('registry', 'close-leases', [alice, [0n], 1n, 0n, 9n], by), 'registry.ERR_SYSTEM_ONLY');
      expectErr(call('registry', 'lose-leases', [[lost], by], by), 'registry.ERR_SYSTEM_ONLY');
    }
    expect(workerOf(alice)).toMatchObject({ mask: 0n, succeeded: 0n, abandoned: 0n, earned: 0n });
  });
});

describe('the slots of a worker', () => {
  it('go to tasks in order, and the lowest free one is used first', () => {
    const scene = standardScene();
    enqueueAll(scene, many(6));
    expectOk(dequeueFrom(0n, 4n, scene.alice));
    expect([1n, 2n, 3n, 4n].map((id) => stateOf(id).slot)).toEqual([0n, 1n, 2n, 3n]);

    expectOk(complete(2n, 1n, scene.alice));
    expectOk(complete(4n, 1n, scene.alice));
    expect(workerOf(scene.alice).mask).toBe(0b0101n);

    expectOk(dequeueFrom(0n, 2n, scene.alice));
    expect([5n, 6n].map((id) => stateOf(id).slot)).toEqual([1n, 3n]);
    expect(workerOf(scene.alice).mask).toBe(0b1111n);
  });

  it('belong to each worker by itself', () => {
    const scene = standardScene();
    enqueueAll(scene, many(3));
    expectOk(dequeueAs(scene.alice));
    expectOk(dequeueFrom(0n, 2n, scene.bob));

    expectOk(complete(2n, 1n, scene.bob));

    expect(workerOf(scene.alice).mask).toBe(0b01n);
    expect(workerOf(scene.bob).mask).toBe(0b10n);
  });
});

describe('oldest', () => {
  const SHORTEST_LEASE = 12n;
  const soonest = (id: bigint) => (stateOf(id).claimed as bigint) + SHORTEST_LEASE;

  it('is a height before which no lease of the worker ends, renewed when it holds none', () => {
    const scene = standardScene();
    const long = createTemplate(1n, { lease: 90n }, scene.manager);
    for (const template of [scene.template, long, long]) expectOk(enqueue(template, {}, scene.producer));

    expectOk(dequeueAs(scene.alice));
    expect(workerOf(scene.alice).oldest).toBe(soonest(1n));
    expect(stateOf(1n).until).toBe(soonest(1n));
    expectOk(dequeueAs(scene.alice));
    expect(workerOf(scene.alice).oldest).toBe(soonest(1n));

    for (const id of [1n, 2n]) expectOk(complete(id, 1n, scene.alice));
    expectOk(dequeueAs(scene.alice));
    expect(workerOf(scene.alice)).toMatchObject({ mask: 1n, oldest: soonest(3n) });
    expect(stateOf(3n).until).toBeGreaterThan(soonest(3n));
  });

  it('is one height for a batch', () => {
    const scene = standardScene();
    const long = createTemplate(1n, { lease: 90n }, scene.manager);
    for (const template of [long, scene.template, long]) expectOk(enqueue(template, {}, scene.producer));

    expectOk(dequeueFrom(0n, 3n, scene.alice));

    expect(workerOf(scene.alice).oldest).toBe(soonest(2n));
    expect(stateOf(2n).until).toBe(soonest(2n));
  });
});

describe('get-worker', () => {
  it('counts what a worker did: a success ends the streak of failures and losses', () => {
    const scene = standardScene({ 'max-attempts': 1n });
    enqueueAll(scene, many(4));
    expectOk(dequeueFrom(0n, 3n, scene.alice));
    mineUntil(stateOf(1n).until as bigint);

    expectOk(fail(1n, 1n, scene.alice));
    expectOk(reclaim([2n], scene.bob));
    const { oldest } = workerOf(scene.alice);
    const soFar = {
      mask: 0b100n,
      oldest,
      succeeded: 0n,
      failed: 1n,
      abandoned: 1n,
      earned: 0n,
      streak: 2n,
      'stood-until': 0n,
    };
    expect(workerOf(scene.alice)).toEqual(soFar);

    expectOk(complete(3n, 1n, scene.alice));
    expect(workerOf(scene.alice)).toEqual({ ...soFar, mask: 0n, succeeded: 1n, earned: 1000n, streak: 0n });

    expectOk(dequeueAs(scene.alice));
    expectOk(fail(4n, 1n, scene.alice, { retryable: false }));
    expect(workerOf(scene.alice)).toMatchObject({ mask: 0n, failed: 2n, streak: 1n });
  });

  it('answers zeros for somebody who never worked', () => {
    expect(workerOf(account('wallet_8'))).toEqual({
      mask: 0n,
      oldest: 0n,
      succeeded: 0n,
      failed: 0n,
      abandoned: 0n,
      earned: 0n,
      streak: 0n,
      'stood-until': 0n,
    });
  });
});

describe('get-leases', () => {
  it('answers the task of each slot asked for, in that order, none where it is free', () => {
    const scene = standardScene();
    enqueueAll(scene, many(3));
    expectOk(dequeueFrom(0n, 3n, scene.alice));
    expectOk(complete(2n, 1n, scene.alice));

    expect(leasesOf(scene.alice, 0n, 1n, 2n, 3n)).toEqual([1n, null, 3n, null]);
    expect(leasesOf(scene.alice, 2n, 0n, 2n)).toEqual([3n, 1n, 3n]);
    expect(leasesOf(scene.alice)).toEqual([]);
    expect(leasesOf(scene.bob, 0n, 1n)).toEqual([null, null]);
  });

  it('answers none beyond the last slot', () => {
    const scene = standardScene();
    enqueueAll(scene, many(1));
    expectOk(dequeueAs(scene.alice));

    expect(leasesOf(scene.alice, 0n, 119n, 120n, 128n, 2n ** 128n - 1n)).toEqual([
      1n,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('get-busy', () => {
  it('answers the workers that hold a lease, by index', () => {
    const scene = standardScene();
    enqueueAll(scene, many(3));
    expect(read('registry', 'get-busy', 0n)).toEqual({ busy: [], next: null });

    expectOk(dequeueAs(scene.bob));
    expectOk(dequeueFrom(0n, 2n, scene.alice));

    expect(read('registry', 'get-busy', 0n)).toEqual({
      busy: [
        { worker: scene.alice, mask: 0b11n, oldest: stateOf(2n).until },
        { worker: scene.bob, mask: 0b1n, oldest: stateOf(1n).until },
      ],
      next: null,
    });
  });

  it('pages through twenty coordinators at a time', () => {
    const scene = standardScene(); // indexes 0 to 3; alice has 2
    const last = account('wallet_8');
    for (let i = 4; i < 40; i++) expectOk(registerCoordinator(contractId(`stand-in-${i}`), ROLE.worker));
    expect(read('registry', 'get-busy', 20n)).toEqual({ busy: [], next: null });
    expectOk(registerCoordinator(last, ROLE.worker));
    enqueueAll(scene, many(2));
    expectOk(dequeueAs(scene.alice));
    expectOk(dequeueAs(last));

    const entryOf = (worker: string) => ({ worker, mask: 1n, oldest: workerOf(worker).oldest });
    expect(read('registry', 'get-busy', 0n)).toEqual({ busy: [entryOf(scene.alice)], next: 20n });
    expect(read('registry', 'get-busy', 20n)).toEqual({ busy: [], next: 40n });
    expect(read('registry', 'get-busy', 40n)).toEqual({ busy: [entryOf(last)], next: null });
    expect(read('registry', 'get-busy', 3n)).toEqual({ busy: [], next: 23n });
    expect(read('registry', 'get-busy', 41n)).toEqual({ busy: [], next: null });
    expect(read('registry', 'get-busy', 2n ** 128n - 1n)).toEqual({ busy: [], next: null });
  });
});
