import { beforeEach, describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { account, expectErr, expectOk, type Fields } from '../../helpers/contracts.js';
import { BOND, bond, type DrivenRegistry, deployDriven, setParam } from './driven-registry.js';

describe('the money of the registry', () => {
  let registry: DrivenRegistry;
  const [ann, ben, reclaimer] = ['wallet_5', 'wallet_6', 'wallet_1'].map(account) as [string, string, string];
  beforeEach(() => {
    registry = deployDriven();
  });

  /** What the registry owes: bonds and sink credit. */
  function owed(): bigint {
    const bonds = [ann, ben].map((who) => registry.read('get-bond', who) as Fields | null);
    const total = bonds.reduce((sum, entry) => sum + ((entry?.amount as bigint | undefined) ?? 0n), 0n);
    return total + (registry.read('get-sink-credit') as bigint);
  }

  it('is what it owes after every join, cut, withdrawal and removal', () => {
    const check = () => expect(registry.balance()).toBe(owed());
    const steps: (() => void)[] = [
      () => bond(registry, ann, BOND + 7n),
      () => bond(registry, ben, 3n * BOND),
      () => expectErr(registry.call('join-as-worker', [1n], account('wallet_7')), 'registry.ERR_BOND'),
      () => expectOk(registry.open(ann, 3)),
      () => expectOk(registry.open(ben, 2)),
      () => expectOk(registry.lose([{ worker: ann }, { worker: ben, reward: 123_457n }], reclaimer)),
      () => expectOk(registry.call('withdraw-sink', [], reclaimer)),
      () => expectOk(registry.call('leave', [], ann)),
      () => expectOk(registry.lose([{ worker: ann, slot: 1n }, null, { worker: ann, slot: 2n }], reclaimer)),
      () => expectOk(registry.call('join-as-worker', [11n], ben)),
      () => mineUntil((registry.read('get-bond', ann) as Fields)['leaving-at'] as bigint),
      () => expectOk(registry.call('withdraw-bond', [], ann)),
      () => expectErr(registry.call('withdraw-bond', [], ann), 'registry.ERR_BOND'),
      () => expectOk(registry.lose([{ worker: ben, slot: 1n, reward: 1n }], ben)),
      () => expectOk(registry.call('remove-coordinator', [ben])),
      () => mineUntil((registry.read('get-bond', ben) as Fields)['leaving-at'] as bigint),
      () => expectOk(registry.call('withdraw-bond', [], ben)),
      () => expectOk(registry.call('withdraw-sink', [], ann)),
    ];
    for (const step of steps) {
      step();
      check();
    }
    expect(registry.balance()).toBe(0n);
  });

  it('is more than it owes once somebody gives it something', () => {
    simnet.transferSTX(5, registry.id, reclaimer);
    bond(registry, ann);
    mineUntil(expectOk(registry.call('leave', [], ann)) as bigint);
    expect(registry.balance()).toBe(owed() + 5n);

    expect(expectOk(registry.call('withdraw-bond', [], ann))).toBe(BOND);

    expect(registry.balance()).toBe(5n);
    expectErr(registry.call('withdraw-sink', [], reclaimer), 'registry.ERR_TRANSFER');
  });

  it('cuts a bond down to little, never below nothing', () => {
    setParam(registry, 'bond-cut-bps', 5000n);
    bond(registry, ann);

    for (let round = 0; round < 30; round++) expectOk(registry.lose([{ worker: ann }], reclaimer));

    expect(registry.read('get-bond', ann)).toEqual({ amount: 1n, 'leaving-at': 0n });
    expect(registry.balance()).toBe(owed());
  });
});

describe('withdraw-sink', () => {
  it('pays the deployer what bonds have lost, whoever asks', () => {
    const registry = deployDriven();
    const [deployer, anybody] = [account('deployer'), account('wallet_8')];
    bond(registry, anybody);
    expectOk(registry.lose([{ worker: anybody, reward: 1000n }], account('wallet_1')));

    expect(registry.call('withdraw-sink', [], anybody)).toEqual({
      result: { ok: 900n },
      prints: [{ topic: 'sink-withdrawn', sink: deployer, amount: 900n }],
      transfers: [{ amount: 900n, from: registry.id, to: deployer }],
    });

    expect(registry.read('get-sink-credit')).toBe(0n);
    expectErr(registry.call('withdraw-sink', [], anybody), 'registry.ERR_TRANSFER');
  });

  it('pays the deployer also after another owns the registry', () => {
    const registry = deployDriven();
    const [deployer, owner, joiner] = ['deployer', 'wallet_1', 'wallet_5'].map(account) as [
      string,
      string,
      string,
    ];
    expectOk(registry.call('propose-owner', [owner]));
    expectOk(registry.call('accept-owner', [], owner));
    expectOk(registry.call('join-as-worker', [BOND], joiner));
    expectOk(registry.lose([{ worker: joiner, reward: 10n }], owner));

    expect(registry.call('withdraw-sink', [], owner).transfers).toEqual([
      { amount: 9n, from: registry.id, to: deployer },
    ]);
  });
});
