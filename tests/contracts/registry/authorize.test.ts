import { describe, expect, it } from 'vitest';
import { account, call, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const NONE = 0n;
const EXECUTE = 4n;
const ACTIVITIES = [1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n];

const authorize = (who: string, role: bigint, activity = NONE) =>
  read('registry', 'authorize', who, role, activity);
const setParam = (name: string, value: bigint) =>
  expectOk(call('registry', 'set-param', [name, value], account('deployer')));

describe('authorize', () => {
  it('answers the class of a coordinator that has at least one of the permissions', () => {
    const who = account('wallet_1');
    expectOk(registerCoordinator(who, ROLE.worker + ROLE.publisher));

    for (const role of [ROLE.worker, ROLE.publisher, ROLE.worker + ROLE.admin, 63n]) {
      expect(authorize(who, role)).toEqual({ ok: 0n });
    }
    for (const role of [ROLE.producer, ROLE.manager, ROLE.guardian, ROLE.admin, 64n]) {
      expect(authorize(who, role)).toEqual({ err: 'registry.ERR_ROLE' });
    }
  });

  it('answers 1 for a worker that joined for a bond', () => {
    const who = account('wallet_1');
    expectOk(call('registry', 'join-as-worker', [100_000_000n], who));

    expect(authorize(who, ROLE.worker)).toEqual({ ok: 1n });
    expect(authorize(who, ROLE.producer)).toEqual({ err: 'registry.ERR_ROLE' });
  });

  it('asks nobody for a permission when the role is 0', () => {
    expect(authorize(account('wallet_8'), 0n)).toEqual({ ok: 0n });
  });

  it('takes the owner for an admin and for nothing else', () => {
    const owner = account('deployer');

    expect(authorize(owner, ROLE.admin)).toEqual({ ok: 0n });
    expect(authorize(owner, ROLE.guardian + ROLE.admin)).toEqual({ ok: 0n });
    for (const role of [ROLE.producer, ROLE.worker, ROLE.manager, ROLE.publisher, ROLE.guardian]) {
      expect(authorize(owner, role)).toEqual({ err: 'registry.ERR_ROLE' });
    }
  });

  it('takes everybody for a producer while enqueue is open', () => {
    const anybody = account('wallet_8');
    expect(authorize(anybody, ROLE.producer)).toEqual({ err: 'registry.ERR_ROLE' });

    setParam('open-enqueue', 1n);

    expect(authorize(anybody, ROLE.producer)).toEqual({ ok: 0n });
    expect(authorize(anybody, ROLE.worker)).toEqual({ err: 'registry.ERR_ROLE' });
  });

  it('takes everybody for a worker while execution is open, to execute and for nothing else', () => {
    const anybody = account('wallet_8');
    expect(authorize(anybody, ROLE.worker, EXECUTE)).toEqual({ err: 'registry.ERR_ROLE' });

    setParam('open-execute', 1n);

    expect(authorize(anybody, ROLE.worker, EXECUTE)).toEqual({ ok: 0n });
    expect(authorize(anybody, ROLE.producer, EXECUTE)).toEqual({ err: 'registry.ERR_ROLE' });
    for (const activity of [NONE, ...ACTIVITIES.filter((other) => other !== EXECUTE)]) {
      expect(authorize(anybody, ROLE.worker, activity)).toEqual({ err: 'registry.ERR_ROLE' });
    }
  });

  it('refuses a suspended coordinator until it is reinstated', () => {
    const [who, deployer] = [account('wallet_1'), account('deployer')];
    expectOk(registerCoordinator(who, 63n));
    expectOk(call('registry', 'suspend-coordinator', [who], deployer));
    expect(authorize(who, 63n)).toEqual({ err: 'registry.ERR_ROLE' });
    expect(authorize(who, ROLE.admin)).toEqual({ err: 'registry.ERR_ROLE' });

    expectOk(call('registry', 'reinstate-coordinator', [who], deployer));

    expect(authorize(who, ROLE.admin)).toEqual({ ok: 0n });
  });

  it.each(ACTIVITIES)('refuses everybody the activity %d while it is paused, and no other', (paused) => {
    const [who, deployer] = [account('wallet_1'), account('deployer')];
    expectOk(registerCoordinator(who, 63n));
    expectOk(call('registry', 'pause', [paused], deployer));

    for (const activity of ACTIVITIES) {
      const answer = activity === paused ? { err: 'registry.ERR_PAUSED' } : { ok: 0n };
      expect(authorize(who, 63n, activity)).toEqual(answer);
      expect(authorize(deployer, ROLE.admin, activity)).toEqual(answer);
      expect(authorize(account('wallet_8'), 0n, activity)).toEqual(answer);
    }
    expect(authorize(who, 63n)).toEqual({ ok: 0n });
  });
});
