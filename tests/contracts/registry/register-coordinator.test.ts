import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const ALL_BUT_ADMIN = 31n;

describe('register-coordinator', () => {
  it('keeps the coordinator under the next index with the default capacity', () => {
    const alice = account('wallet_1');

    const outcome = registerCoordinator(alice, ROLE.producer + ROLE.worker);

    const record = { role: 3n, capacity: 8n, active: true, index: 0n, class: 0n };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'coordinator-registered', coordinator: alice, ...record }],
      transfers: [],
    });
    expect(read('registry', 'get-coordinator-details', alice)).toEqual({
      ...record,
      mask: 0n,
      oldest: 0n,
      succeeded: 0n,
      failed: 0n,
      abandoned: 0n,
      earned: 0n,
      streak: 0n,
      'stood-until': 0n,
    });
    expect(read('registry', 'get-coordinator-at', 0n)).toBe(alice);
    expect(read('registry', 'get-coordinator-at', 1n)).toBeNull();
    expect(read('registry', 'get-coordinator-count')).toBe(1n);
  });

  it('gives the capacity that the parameter has by then', () => {
    const deployer = account('deployer');
    expectOk(call('registry', 'set-param', ['default-capacity', 120n], deployer));

    expectOk(registerCoordinator(account('wallet_1'), ROLE.worker));

    expect(read('registry', 'get-coordinator-details', account('wallet_1'))).toMatchObject({
      capacity: 120n,
    });
  });

  it('lets an admin grant every permission but admin', () => {
    const admin = account('wallet_1');
    expectOk(registerCoordinator(admin, ROLE.admin));

    expectOk(registerCoordinator(account('wallet_2'), ALL_BUT_ADMIN, admin));

    expectErr(registerCoordinator(account('wallet_3'), ROLE.admin, admin), 'registry.ERR_NOT_OWNER');
    expectErr(registerCoordinator(account('wallet_3'), 63n, admin), 'registry.ERR_NOT_OWNER');
  });

  it('lets the owner grant everything', () => {
    expectOk(registerCoordinator(account('wallet_1'), 63n));
  });

  it('refuses everybody else, whatever other permissions they have', () => {
    const other = account('wallet_1');
    expectErr(registerCoordinator(other, ROLE.worker, other), 'registry.ERR_ROLE');
    expectOk(registerCoordinator(other, ALL_BUT_ADMIN));

    expectErr(registerCoordinator(account('wallet_2'), ROLE.worker, other), 'registry.ERR_ROLE');
  });

  it.each([0n, 64n, 65n])('refuses the role %d', (role) => {
    expectErr(registerCoordinator(account('wallet_1'), role), 'registry.ERR_BAD_VALUE');
    expect(read('registry', 'get-coordinator-count')).toBe(0n);
  });

  it('refuses a coordinator that is registered', () => {
    expectOk(registerCoordinator(account('wallet_1'), ROLE.worker));

    expectErr(registerCoordinator(account('wallet_1'), ROLE.producer), 'registry.ERR_EXISTS');

    expect(read('registry', 'get-coordinator-details', account('wallet_1'))).toMatchObject({ role: 2n });
    expect(read('registry', 'get-coordinator-count')).toBe(1n);
  });
});
