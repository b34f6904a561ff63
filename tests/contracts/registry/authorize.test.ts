import { describe, expect, it } from 'vitest';
import { account, call, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

describe('authorize', () => {
  it('answers the class of a coordinator that has at least one of the permissions', () => {
    const who = account('wallet_1');
    expectOk(registerCoordinator(who, ROLE.worker + ROLE.publisher));

    for (const role of [ROLE.worker, ROLE.publisher, ROLE.worker + ROLE.admin, 63n]) {
      expect(read('registry', 'authorize', who, role)).toEqual({ ok: 0n });
    }
    for (const role of [0n, ROLE.producer, ROLE.manager, ROLE.guardian, ROLE.admin, 64n]) {
      expect(read('registry', 'authorize', who, role)).toEqual({ err: 'registry.ERR_ROLE' });
    }
  });

  it('takes the owner for an admin and for nothing else', () => {
    const owner = account('deployer');

    expect(read('registry', 'authorize', owner, ROLE.admin)).toEqual({ ok: 0n });
    expect(read('registry', 'authorize', owner, ROLE.producer)).toEqual({ err: 'registry.ERR_ROLE' });
    expect(read('registry', 'authorize', owner, ROLE.worker)).toEqual({ err: 'registry.ERR_ROLE' });
  });

  it('takes everybody for a producer while enqueue is open', () => {
    const anybody = account('wallet_8');
    expect(read('registry', 'authorize', anybody, ROLE.producer)).toEqual({ err: 'registry.ERR_ROLE' });

    expectOk(call('registry', 'set-param', ['open-enqueue', 1n], account('deployer')));

    expect(read('registry', 'authorize', anybody, ROLE.producer)).toEqual({ ok: 0n });
    expect(read('registry', 'authorize', anybody, ROLE.worker)).toEqual({ err: 'registry.ERR_ROLE' });
  });
});
