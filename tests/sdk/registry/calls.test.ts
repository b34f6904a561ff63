import type { Fac } from '@fac/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, BOB, BOB_KEY } from '../helpers/keys.js';
import { connectAs, type Live, START_MS, startLive } from '../helpers/live.js';

const BOND = 100_000_000n;

let live: Live;
let bob: Fac;

beforeAll(async () => {
  live = await startLive();
  bob = connectAs(live.node, BOB_KEY);
}, START_MS);

afterAll(() => live.node.stop());

/** The registry's newest events, oldest first. */
const lastEvents = async (count: number) =>
  (await live.admin.fetchEvents({ contract: 'coordinator-registry' })).events.slice(-count);

describe('suspendCoordinator', () => {
  it('takes permissions away, and removeCoordinator the record', async () => {
    const { registry } = live.admin;
    const roles = ['worker'] as const;
    await registry.suspendCoordinator({ coordinator: ALICE });
    const error = await refusalOf(() => registry.read.authorize({ who: ALICE, roles }));
    expect(error.contractError).toMatchObject({ name: 'ERR_ROLE' });
    await registry.reinstateCoordinator({ coordinator: ALICE });
    expect(await registry.read.authorize({ who: ALICE, roles, activities: ['claim'] })).toBe('granted');
    await registry.removeCoordinator({ coordinator: ALICE });
    expect(await registry.read.getCoordinatorDetails({ coordinator: ALICE })).toBeNull();
    expect(await lastEvents(3)).toMatchObject([
      { topic: 'coordinator-suspended', coordinator: ALICE, roles, active: false },
      { topic: 'coordinator-reinstated', coordinator: ALICE, active: true },
      { topic: 'coordinator-removed', coordinator: ALICE },
    ]);
  });
});

describe('pause', () => {
  it('stops activities until they are unpaused', async () => {
    const { registry } = live.admin;
    await registry.pause({ activities: ['enqueue', 'claim'] });
    expect(await registry.read.getPauses()).toEqual(['enqueue', 'claim']);
    const activities = ['enqueue'] as const;
    const error = await refusalOf(() => registry.read.authorize({ who: BOB, roles: [], activities }));
    expect(error.contractError).toMatchObject({ name: 'ERR_PAUSED' });
    await registry.unpause({ activities: ['enqueue', 'claim'] });
    expect(await registry.read.getPauses()).toEqual([]);
    expect(await lastEvents(2)).toMatchObject([
      { topic: 'activities-paused', activities: ['enqueue', 'claim'], pauses: ['enqueue', 'claim'] },
      { topic: 'activities-resumed', activities: ['enqueue', 'claim'], pauses: [] },
    ]);
  });
});

describe('joinAsWorker', () => {
  it('makes a bonded worker, whose bond leaves when it does', async () => {
    expect((await bob.registry.joinAsWorker({ amountUstx: BOND })).value).toBe(BOND);
    expect(await bob.registry.read.getBond({ worker: BOB })).toEqual({ amountUstx: BOND, leavingAt: null });
    expect(await bob.registry.read.getCoordinatorDetails({ coordinator: BOB })).toMatchObject({
      class: 'bonded',
      roles: ['worker'],
      stoodUntil: null,
    });
    const { value: leavingAt } = await bob.registry.leave();
    expect(await bob.registry.read.getBond({ worker: BOB })).toEqual({ amountUstx: BOND, leavingAt });
    const error = await refusalOf(() => bob.registry.withdrawBond());
    expect(error.contractError).toMatchObject({ name: 'ERR_UNBONDING' });
    expect(await lastEvents(3)).toMatchObject([
      { topic: 'coordinator-registered', coordinator: BOB },
      { topic: 'bond-added', worker: BOB, amountUstx: BOND, leavingAt: null },
      { topic: 'bond-leaving', worker: BOB, leavingAt },
    ]);
  });
});

describe('getTriggerShare', () => {
  it('reads the parameter', async () => {
    await live.admin.registry.setParam({ name: 'trigger-share-bps', value: 250n });
    expect(await live.admin.registry.read.getTriggerShare()).toBe(250n);
    expect(await live.admin.registry.read.getSinkCredit()).toBe(0n);
  });
});
