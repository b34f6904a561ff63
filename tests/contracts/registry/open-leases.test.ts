import { beforeEach, describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { account, expectErr, expectOk } from '../../helpers/contracts.js';
import { BOND, bond, type DrivenRegistry, deployDriven, grant, setParam } from './driven-registry.js';

const CLAIM = 2n;

describe('open-leases', () => {
  let registry: DrivenRegistry;
  const alice = account('wallet_3');
  const joiner = account('wallet_5');
  beforeEach(() => {
    registry = deployDriven();
  });

  it('takes the lowest free slots in the order of the tasks', () => {
    grant(registry, alice);

    expect(registry.open(alice, 3, { oldest: 70n })).toEqual({
      result: { ok: { slots: [0n, 1n, 2n], bonded: false } },
      prints: [],
      transfers: [],
    });

    expect(registry.worker(alice)).toEqual({
      mask: 0b111n,
      oldest: 70n,
      succeeded: 0n,
      failed: 0n,
      abandoned: 0n,
      earned: 0n,
      streak: 0n,
      'stood-until': 0n,
    });
    expect(registry.read('get-leases', alice, [0n, 1n, 2n, 3n])).toEqual([1n, 2n, 3n, null]);
    expectOk(registry.close(alice, [1n], { good: 1n }));
    expect(expectOk(registry.open(alice, 2))).toEqual({ slots: [1n, 3n], bonded: false });
    expect(registry.read('get-leases', alice, [0n, 1n, 2n, 3n])).toEqual([1n, 1n, 3n, 2n]);
  });

  it('keeps the least height before which no lease ends, anew when the worker holds none', () => {
    grant(registry, alice);
    expectOk(registry.open(alice, 1, { oldest: 90n }));
    expectOk(registry.open(alice, 1, { oldest: 95n }));
    expect(registry.worker(alice).oldest).toBe(90n);
    expectOk(registry.open(alice, 1, { oldest: 80n }));
    expect(registry.worker(alice).oldest).toBe(80n);
    expectOk(registry.close(alice, [0n, 1n, 2n], { good: 3n }));

    expectOk(registry.open(alice, 1, { oldest: 97n }));

    expect(registry.worker(alice).oldest).toBe(97n);
  });

  it('says of a bonded worker that it is one', () => {
    bond(registry, joiner);
    expect(expectOk(registry.open(joiner, 1))).toEqual({ slots: [0n], bonded: true });
  });

  it('refuses whoever is no worker, or is suspended', () => {
    expectErr(registry.open(alice, 1), 'registry.ERR_ROLE');
    expectOk(registry.call('register-coordinator', [alice, 63n - 2n]));
    expectErr(registry.open(alice, 1), 'registry.ERR_ROLE');
    expectOk(registry.call('update-coordinator-permissions', [alice, 2n]));
    expectOk(registry.open(alice, 1));

    expectOk(registry.call('suspend-coordinator', [alice]));

    expectErr(registry.open(alice, 1), 'registry.ERR_ROLE');
  });

  it('refuses all while claims are paused', () => {
    grant(registry, alice);
    expectOk(registry.call('pause', [CLAIM]));
    expectErr(registry.open(alice, 1), 'registry.ERR_PAUSED');

    expectOk(registry.call('unpause', [CLAIM]));
    expectOk(registry.call('pause', [255n - CLAIM]));

    expectOk(registry.open(alice, 1));
  });

  it('refuses more leases than the capacity, and takes none of them', () => {
    grant(registry, alice, 3n);

    expectErr(registry.open(alice, 4), 'registry.ERR_CAPACITY');
    expect(registry.worker(alice).mask).toBe(0n);
    expectOk(registry.open(alice, 3));
    expectErr(registry.open(alice, 1), 'registry.ERR_CAPACITY');

    expect(registry.worker(alice).mask).toBe(0b111n);
  });

  it('fills all 120 slots and refuses twenty more without a panic', () => {
    grant(registry, alice, 120n);
    for (let round = 0; round < 6; round++) expectOk(registry.open(alice, 20));

    expect(registry.worker(alice).mask).toBe(2n ** 120n - 1n);
    expectErr(registry.open(alice, 1), 'registry.ERR_CAPACITY');
    expectErr(registry.open(alice, 20), 'registry.ERR_CAPACITY');
  });

  it('refuses a worker that is stood down until its height has come', () => {
    grant(registry, alice);
    setParam(registry, 'strike-limit', 1n);
    expectOk(registry.close(alice, [], { bad: 1n }));
    const until = registry.worker(alice)['stood-until'] as bigint;

    expectErr(registry.open(alice, 1, { now: until - 1n }), 'registry.ERR_STOOD_DOWN');
    expectOk(registry.open(alice, 1, { now: until }));
  });

  it('refuses a bonded worker that is leaving', () => {
    bond(registry, joiner);
    expectOk(registry.call('leave', [], joiner));
    expectErr(registry.open(joiner, 1), 'registry.ERR_UNBONDING');
  });

  it('refuses a bonded worker whose bond is below the least, until it adds to it', () => {
    bond(registry, joiner);
    setParam(registry, 'bond-min', BOND + 1n);
    expectErr(registry.open(joiner, 1), 'registry.ERR_BOND');

    expectOk(registry.call('join-as-worker', [1n], joiner));

    expectOk(registry.open(joiner, 1));
  });

  it('asks a granted worker for no bond', () => {
    grant(registry, alice);
    setParam(registry, 'bond-min', 10n ** 15n);
    expectOk(registry.open(alice, 1));
  });

  it('is for the queue alone', () => {
    grant(registry, alice);
    for (const by of [alice, account('deployer'), joiner]) {
      const args = [alice, [1n], 90n, nextHeight()];
      expectErr(registry.call('open-leases', args, by), 'registry.ERR_SYSTEM_ONLY');
    }
    expect(registry.worker(alice).mask).toBe(0n);
  });
});
