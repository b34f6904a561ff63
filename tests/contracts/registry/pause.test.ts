import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const CLAIM = 2n;
const EXECUTE = 4n;
const TRIGGER = 8n;
const JOIN = 128n;
const ALL = 255n;

const pause = (activities: bigint, by = account('deployer')) => call('registry', 'pause', [activities], by);
const unpause = (activities: bigint, by = account('deployer')) =>
  call('registry', 'unpause', [activities], by);

describe('pause', () => {
  it('adds activities to those that are paused', () => {
    expect(read('registry', 'get-pauses')).toBe(0n);

    expect(pause(CLAIM + EXECUTE)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'activities-paused', activities: 6n, pauses: 6n }],
      transfers: [],
    });
    expect(pause(EXECUTE + TRIGGER).prints).toEqual([
      { topic: 'activities-paused', activities: 12n, pauses: 14n },
    ]);

    expect(read('registry', 'get-pauses')).toBe(14n);
  });

  it('takes the whole mask', () => {
    expectOk(pause(ALL));
    expect(read('registry', 'get-pauses')).toBe(ALL);
  });

  it.each([0n, ALL + 1n, 2n ** 128n - 1n])('refuses the mask %d', (activities) => {
    expectErr(pause(activities), 'registry.ERR_BAD_VALUE');
    expect(read('registry', 'get-pauses')).toBe(0n);
  });

  it('is for guardians, admins and the owner', () => {
    const [other, guardian, admin] = [account('wallet_1'), account('wallet_2'), account('wallet_3')];
    expectOk(registerCoordinator(other, 63n - ROLE.guardian - ROLE.admin));
    expectOk(registerCoordinator(guardian, ROLE.guardian));
    expectOk(registerCoordinator(admin, ROLE.admin));

    for (const by of [other, account('wallet_8')]) expectErr(pause(CLAIM, by), 'registry.ERR_ROLE');
    expectOk(pause(CLAIM, guardian));
    expectOk(pause(EXECUTE, admin));
    expectOk(pause(TRIGGER));
  });

  it('stops what pays a trigger, and workers who join', () => {
    expectOk(pause(TRIGGER + JOIN));

    expect(read('registry', 'get-trigger-share')).toEqual({ err: 'registry.ERR_PAUSED' });
    expectErr(call('registry', 'join-as-worker', [100_000_000n], account('wallet_5')), 'registry.ERR_PAUSED');
  });

  it('stops neither those who govern nor those who take their bond back', () => {
    const [deployer, worker] = [account('deployer'), account('wallet_5')];
    expectOk(call('registry', 'join-as-worker', [100_000_000n], worker));
    expectOk(pause(ALL));

    expectOk(registerCoordinator(account('wallet_1'), ROLE.worker));
    expectOk(call('registry', 'set-param', ['open-enqueue', 1n], deployer));
    const at = expectOk(call('registry', 'leave', [], worker)) as bigint;
    mineUntil(at);
    expectOk(call('registry', 'withdraw-bond', [], worker));
  });
});

describe('unpause', () => {
  it('takes activities from those that are paused', () => {
    expectOk(pause(CLAIM + EXECUTE + TRIGGER));

    expect(unpause(EXECUTE + JOIN)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'activities-resumed', activities: 132n, pauses: 10n }],
      transfers: [],
    });

    expect(read('registry', 'get-pauses')).toBe(10n);
    expectOk(unpause(ALL));
    expect(read('registry', 'get-pauses')).toBe(0n);
  });

  it.each([0n, ALL + 1n, 2n ** 128n - 1n])('refuses the mask %d', (activities) => {
    expectOk(pause(ALL));
    expectErr(unpause(activities), 'registry.ERR_BAD_VALUE');
    expect(read('registry', 'get-pauses')).toBe(ALL);
  });

  it('is for admins and the owner: a guardian stops things, it does not start them', () => {
    const [guardian, admin] = [account('wallet_1'), account('wallet_2')];
    expectOk(registerCoordinator(guardian, 63n - ROLE.admin));
    expectOk(registerCoordinator(admin, ROLE.admin));
    expectOk(pause(CLAIM + EXECUTE, guardian));

    for (const by of [guardian, account('wallet_8')]) expectErr(unpause(CLAIM, by), 'registry.ERR_ROLE');
    expectOk(unpause(CLAIM, admin));
    expectOk(unpause(EXECUTE));
  });
});

describe('get-trigger-share', () => {
  it('answers the parameter', () => {
    expect(read('registry', 'get-trigger-share')).toEqual({ ok: 0n });

    expectOk(call('registry', 'set-param', ['trigger-share-bps', 150n], account('deployer')));

    expect(read('registry', 'get-trigger-share')).toEqual({ ok: 150n });
  });
});
