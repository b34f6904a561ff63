import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const CHANGES = [
  ['suspend-coordinator', 'coordinator-suspended', false],
  ['reinstate-coordinator', 'coordinator-reinstated', true],
] as const;

describe.each(CHANGES)('%s', (name, topic, active) => {
  const change = (coordinator: string, by = account('deployer')) => call('registry', name, [coordinator], by);

  it('changes whether the coordinator is active and leaves the rest of its record', () => {
    const who = account('wallet_1');
    expectOk(registerCoordinator(who, ROLE.worker + ROLE.producer));

    const record = { role: 3n, capacity: 8n, active, index: 0n, class: 0n };
    for (let twice = 0; twice < 2; twice++) {
      expect(change(who)).toEqual({
        result: { ok: true },
        prints: [{ topic, coordinator: who, ...record }],
        transfers: [],
      });
    }

    expect(read('registry', 'get-coordinator-details', who)).toMatchObject(record);
  });

  it('refuses a coordinator that is not registered', () => {
    expectErr(change(account('wallet_1')), 'registry.ERR_UNKNOWN');
  });

  it('is for the owner and admins', () => {
    const [who, other, admin] = [account('wallet_1'), account('wallet_2'), account('wallet_3')];
    expectOk(registerCoordinator(who, ROLE.worker));
    expectOk(registerCoordinator(other, 63n - ROLE.admin));
    expectOk(registerCoordinator(admin, ROLE.admin));

    for (const by of [who, other, account('wallet_8')]) expectErr(change(who, by), 'registry.ERR_ROLE');
    expectOk(change(who, admin));
  });

  it('of an admin is for the owner alone', () => {
    const [first, second] = [account('wallet_1'), account('wallet_2')];
    expectOk(registerCoordinator(first, 63n));
    expectOk(registerCoordinator(second, ROLE.admin));

    for (const by of [first, second]) expectErr(change(second, by), 'registry.ERR_NOT_OWNER');
    expectOk(change(second));
  });
});
