import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { account, call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';
import { BOND, bond, deployDriven, grant } from './driven-registry.js';

const remove = (coordinator: string, by = account('deployer')) =>
  call('registry', 'remove-coordinator', [coordinator], by);

const [first, second, third] = ['wallet_1', 'wallet_2', 'wallet_3'].map(account) as [string, string, string];
const record = (index: bigint) => ({ role: 2n, capacity: 8n, active: true, index, class: 0n });

function registerThree(): void {
  for (const who of [first, second, third]) expectOk(registerCoordinator(who, ROLE.worker));
}

const enumerated = () => [0n, 1n, 2n].map((index) => read('registry', 'get-coordinator-at', index));

describe('remove-coordinator', () => {
  it('forgets a coordinator, and the last one takes its place', () => {
    registerThree();

    expect(remove(first)).toEqual({
      result: { ok: true },
      prints: [
        { topic: 'coordinator-removed', coordinator: first, ...record(0n) },
        { topic: 'coordinator-moved', coordinator: third, ...record(0n) },
      ],
      transfers: [],
    });

    expect(read('registry', 'get-coordinator-details', first)).toBeNull();
    expect(read('registry', 'authorize', first, ROLE.worker, 0n)).toEqual({ err: 'registry.ERR_ROLE' });
    expect(read('registry', 'get-coordinator-details', third)).toMatchObject(record(0n));
    expect(read('registry', 'get-coordinator-count')).toBe(2n);
    expect(enumerated()).toEqual([third, second, null]);
  });

  it('moves nobody when the last one goes', () => {
    registerThree();

    expect(remove(third).prints).toEqual([
      { topic: 'coordinator-removed', coordinator: third, ...record(2n) },
    ]);

    expect(enumerated()).toEqual([first, second, null]);
  });

  it('empties the registry, which then fills again from index 0', () => {
    registerThree();
    for (const who of [second, first, third]) expectOk(remove(who));
    expect(read('registry', 'get-coordinator-count')).toBe(0n);
    expect(enumerated()).toEqual([null, null, null]);

    expectOk(registerCoordinator(second, ROLE.worker));

    expect(enumerated()).toEqual([second, null, null]);
  });

  it('refuses one that is not registered, also a second time', () => {
    expectErr(remove(first), 'registry.ERR_UNKNOWN');
    expectOk(registerCoordinator(first, ROLE.worker));
    expectOk(remove(first));
    expectErr(remove(first), 'registry.ERR_UNKNOWN');
  });

  it('is for the owner and admins, and of an admin for the owner alone', () => {
    registerThree();
    const admin = account('wallet_4');
    expectOk(registerCoordinator(admin, ROLE.admin));
    for (const by of [first, second, account('wallet_8')]) expectErr(remove(first, by), 'registry.ERR_ROLE');
    expectErr(remove(admin, admin), 'registry.ERR_NOT_OWNER');

    expectOk(remove(first, admin));
    expectOk(remove(admin));
  });

  it('waits until the worker holds no lease, and keeps what it counted', () => {
    const registry = deployDriven();
    grant(registry, first);
    expectOk(registry.open(first, 1));
    expectErr(registry.call('remove-coordinator', [first]), 'registry.ERR_BUSY');

    expectOk(registry.close(first, [0n], { good: 1n, earned: 5n }));
    expectOk(registry.call('remove-coordinator', [first]));

    expect(registry.worker(first)).toMatchObject({ mask: 0n, succeeded: 1n, earned: 5n });
    grant(registry, first);
    expect(registry.read('get-coordinator-details', first)).toMatchObject({ succeeded: 1n, index: 0n });
  });

  it('starts the withdrawal of a bond', () => {
    expectOk(call('registry', 'join-as-worker', [BOND], first));
    const leaving = { amount: BOND, 'leaving-at': nextHeight() + 44_000n };

    expect(remove(first).prints).toEqual([
      { topic: 'bond-leaving', worker: first, ...leaving },
      { topic: 'coordinator-removed', coordinator: first, ...record(0n), capacity: 2n, class: 1n },
    ]);

    expect(read('registry', 'get-bond', first)).toEqual(leaving);
  });

  it('leaves a bond that is leaving its height', () => {
    expectOk(call('registry', 'join-as-worker', [BOND], first));
    expectOk(call('registry', 'leave', [], first));
    const before = read('registry', 'get-bond', first) as Fields;

    expect(remove(first).prints).toHaveLength(1);

    expect(read('registry', 'get-bond', first)).toEqual(before);
  });

  it('leaves a busy bonded worker its bond as it was', () => {
    const registry = deployDriven();
    bond(registry, first);
    expectOk(registry.open(first, 1));

    expectErr(registry.call('remove-coordinator', [first]), 'registry.ERR_BUSY');

    expect(registry.read('get-bond', first)).toEqual({ amount: BOND, 'leaving-at': 0n });
  });
});
