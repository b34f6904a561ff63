import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const propose = (next: string, by = account('deployer')) => call('registry', 'propose-owner', [next], by);
const accept = (by: string) => call('registry', 'accept-owner', [], by);

describe('propose-owner', () => {
  it('names a successor and changes nothing yet', () => {
    const [deployer, next] = [account('deployer'), account('wallet_1')];

    expect(propose(next)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'owner-proposed', owner: deployer, next }],
      transfers: [],
    });

    expect(read('registry', 'get-owner')).toBe(deployer);
    expectErr(registerCoordinator(account('wallet_2'), ROLE.admin, next), 'registry.ERR_ROLE');
  });

  it('is for the owner, not for admins', () => {
    const admin = account('wallet_1');
    expectOk(registerCoordinator(admin, 63n));

    expectErr(propose(admin, admin), 'registry.ERR_NOT_OWNER');
  });
});

describe('accept-owner', () => {
  it('makes the successor the owner', () => {
    const [deployer, next] = [account('deployer'), account('wallet_1')];
    expectOk(propose(next));

    expect(accept(next)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'owner-accepted', owner: next }],
      transfers: [],
    });

    expect(read('registry', 'get-owner')).toBe(next);
    expectOk(registerCoordinator(account('wallet_2'), ROLE.admin, next));
    expectErr(registerCoordinator(account('wallet_3'), ROLE.worker, deployer), 'registry.ERR_ROLE');
    expectErr(propose(deployer, deployer), 'registry.ERR_NOT_OWNER');
  });

  it('works once', () => {
    const next = account('wallet_1');
    expectOk(propose(next));
    expectOk(accept(next));

    expectErr(accept(next), 'registry.ERR_NOT_OWNER');
  });

  it('refuses everybody but the one proposed last', () => {
    const [first, second] = [account('wallet_1'), account('wallet_2')];
    expectErr(accept(first), 'registry.ERR_NOT_OWNER');
    expectOk(propose(first));
    expectOk(propose(second));

    expectErr(accept(first), 'registry.ERR_NOT_OWNER');
    expectErr(accept(account('deployer')), 'registry.ERR_NOT_OWNER');
    expectOk(accept(second));
  });
});
