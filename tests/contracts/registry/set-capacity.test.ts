import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import { complete, dequeueAs, dequeueFrom, ROLE, registerCoordinator, stateOf } from '../../helpers/tasks.js';

const setCapacity = (coordinator: string, capacity: bigint, by = account('deployer')) =>
  call('registry', 'set-capacity', [coordinator, capacity], by);

const many = (n: number) => Array.from({ length: n }, () => ({}));

describe('set-capacity', () => {
  it('keeps the new capacity', () => {
    const { alice } = standardScene();

    const outcome = setCapacity(alice, 120n);

    const record = { role: 2n, capacity: 120n, active: true, index: 2n, class: 0n };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'capacity-set', coordinator: alice, ...record }],
      transfers: [],
    });
    expect(read('registry', 'get-coordinator-details', alice)).toMatchObject(record);
  });

  it('bounds how many leases a worker holds at once', () => {
    const scene = standardScene();
    enqueueAll(scene, many(4));
    expectOk(setCapacity(scene.alice, 2n));

    expectErr(dequeueFrom(0n, 3n, scene.alice), 'registry.ERR_CAPACITY');
    expect(expectOk(dequeueFrom(0n, 2n, scene.alice))).toEqual([1n, 2n]);
    expectErr(dequeueAs(scene.alice), 'registry.ERR_CAPACITY');

    expectOk(complete(1n, 1n, scene.alice));
    expect(expectOk(dequeueAs(scene.alice))).toEqual([3n]);
  });

  it('of zero keeps a worker from everything new', () => {
    const scene = standardScene();
    enqueueAll(scene, many(2));
    expectOk(dequeueAs(scene.alice));
    expectOk(setCapacity(scene.alice, 0n));

    expectErr(dequeueAs(scene.alice), 'registry.ERR_CAPACITY');
    expectErr(dequeueAs(scene.alice), 'registry.ERR_CAPACITY');
    expectOk(complete(1n, 1n, scene.alice));
  });

  it('below what a worker holds lets it end its leases, and gives low slots again once they are free', () => {
    const scene = standardScene();
    enqueueAll(scene, many(5));
    expectOk(dequeueFrom(0n, 3n, scene.alice));
    expectOk(setCapacity(scene.alice, 2n));

    expectOk(complete(1n, 1n, scene.alice));
    expectErr(dequeueAs(scene.alice), 'registry.ERR_CAPACITY');
    expectOk(complete(3n, 1n, scene.alice));
    expect(expectOk(dequeueAs(scene.alice))).toEqual([4n]);
    expect(stateOf(4n).slot).toBe(0n);
  });

  it('of 120 is used to the last slot', () => {
    const scene = standardScene();
    expectOk(setCapacity(scene.alice, 120n));
    for (let round = 0; round < 6; round++) {
      enqueueAll(scene, many(20));
      expectOk(dequeueFrom(0n, 20n, scene.alice));
    }
    enqueueAll(scene, many(1));

    expect(stateOf(120n).slot).toBe(119n);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 2n ** 120n - 1n });
    expectErr(dequeueAs(scene.alice), 'registry.ERR_CAPACITY');
  });

  it('refuses more than 120', () => {
    const { alice } = standardScene();
    expectErr(setCapacity(alice, 121n), 'registry.ERR_BAD_VALUE');
  });

  it('refuses a coordinator that is not registered', () => {
    expectErr(setCapacity(account('wallet_1'), 1n), 'registry.ERR_UNKNOWN');
  });

  it('is for the owner and admins', () => {
    const { alice, manager, stranger } = standardScene();
    for (const by of [alice, manager, stranger]) {
      expectErr(setCapacity(alice, 1n, by), 'registry.ERR_ROLE');
    }
    expectOk(registerCoordinator(stranger, ROLE.admin));
    expectOk(setCapacity(alice, 1n, stranger));
  });
});
