import { beforeEach, describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { account, expectErr, expectOk } from '../../helpers/contracts.js';
import { BOND, bond, type DrivenRegistry, deployDriven, grant, setParam } from './driven-registry.js';

const CLAIM = 2n;
const CUT = BOND / 10n;
const SHARE = CUT / 10n;

describe('lose-leases', () => {
  let registry: DrivenRegistry;
  const reclaimer = account('wallet_1');
  const alice = account('wallet_3');
  const joiner = account('wallet_5');
  const bondOf = (who: string) => registry.read('get-bond', who);
  beforeEach(() => {
    registry = deployDriven();
    grant(registry, alice);
    bond(registry, joiner);
  });

  it('frees the slot of a granted worker and counts the loss', () => {
    expectOk(registry.open(alice, 2, { oldest: 90n }));

    expect(registry.lose([{ worker: alice, slot: 1n }], reclaimer)).toEqual({
      result: { ok: 0n },
      prints: [],
      transfers: [],
    });

    expect(registry.worker(alice)).toEqual({
      mask: 0b01n,
      oldest: 90n,
      succeeded: 0n,
      failed: 0n,
      abandoned: 1n,
      earned: 0n,
      streak: 1n,
      'stood-until': 0n,
    });
  });

  it('cuts the bond of a bonded worker: a tenth of the cut to the reclaimer, the rest to the sink', () => {
    expectOk(registry.open(joiner, 1));

    expect(registry.lose([{ worker: joiner }], reclaimer)).toEqual({
      result: { ok: SHARE },
      prints: [{ topic: 'bond-cut', worker: joiner, cut: CUT, amount: BOND - CUT, 'leaving-at': 0n }],
      transfers: [{ amount: SHARE, from: registry.id, to: reclaimer }],
    });

    expect(bondOf(joiner)).toEqual({ amount: BOND - CUT, 'leaving-at': 0n });
    expect(registry.read('get-sink-credit')).toBe(CUT - SHARE);
    expect(registry.worker(joiner)).toMatchObject({ mask: 0n, abandoned: 1n, streak: 1n });
  });

  it('never cuts more than the task was worth', () => {
    expect(expectOk(registry.lose([{ worker: joiner, reward: CUT - 1n }], reclaimer))).toBe(SHARE - 1n);
    expect(bondOf(joiner)).toEqual({ amount: BOND - CUT + 1n, 'leaving-at': 0n });
  });

  it('cuts nothing for a task without a reward', () => {
    expect(registry.lose([{ worker: joiner, reward: 0n }], reclaimer)).toEqual({
      result: { ok: 0n },
      prints: [],
      transfers: [],
    });
    expect(bondOf(joiner)).toEqual({ amount: BOND, 'leaving-at': 0n });
  });

  it('pays the reclaimer once, each share rounded down', () => {
    const lost = { worker: joiner, reward: 19n };

    const outcome = registry.lose([lost, lost, null, lost], reclaimer);

    expect(outcome.transfers).toEqual([{ amount: 3n, from: registry.id, to: reclaimer }]);
    expect(outcome.prints.map(({ amount }) => amount)).toEqual([BOND - 19n, BOND - 38n, BOND - 57n]);
    expect(registry.read('get-sink-credit')).toBe(54n);
  });

  it('takes each cut of one worker from what the last one left', () => {
    expectOk(registry.lose([{ worker: joiner }, { worker: joiner }], reclaimer));
    expect(bondOf(joiner)).toEqual({ amount: 81_000_000n, 'leaving-at': 0n });
  });

  it('skips a none and serves several workers in one call', () => {
    expectOk(registry.open(alice, 1));
    expectOk(registry.open(joiner, 1));

    expect(expectOk(registry.lose([null, { worker: alice }, null, { worker: joiner }], reclaimer))).toBe(
      SHARE,
    );

    for (const who of [alice, joiner])
      expect(registry.worker(who)).toMatchObject({ mask: 0n, abandoned: 1n });
    expect(registry.lose([null], reclaimer)).toEqual({ result: { ok: 0n }, prints: [], transfers: [] });
    expect(registry.lose([], reclaimer)).toEqual({ result: { ok: 0n }, prints: [], transfers: [] });
  });

  it('takes twenty losses in a call', () => {
    expectOk(registry.open(joiner, 20));

    const lost = Array.from({ length: 20 }, (_, i) => ({ worker: joiner, slot: BigInt(i), reward: 100n }));
    expect(expectOk(registry.lose(lost, reclaimer))).toBe(200n);

    expect(registry.worker(joiner)).toMatchObject({ mask: 0n, abandoned: 20n });
    expect(bondOf(joiner)).toEqual({ amount: BOND - 2000n, 'leaving-at': 0n });
  });

  it('cuts nothing while claims are paused', () => {
    expectOk(registry.call('pause', [CLAIM]));

    expect(expectOk(registry.lose([{ worker: joiner }], reclaimer))).toBe(0n);

    expect(bondOf(joiner)).toEqual({ amount: BOND, 'leaving-at': 0n });
    expect(registry.worker(joiner)).toMatchObject({ abandoned: 1n });
  });

  it('cuts nothing for a lease claimed before claims were resumed', () => {
    expectOk(registry.call('pause', [CLAIM]));
    const resumed = nextHeight();
    expectOk(registry.call('unpause', [CLAIM]));

    expect(expectOk(registry.lose([{ worker: joiner, claimed: resumed - 1n }], reclaimer))).toBe(0n);
    expect(expectOk(registry.lose([{ worker: joiner, claimed: resumed }], reclaimer))).toBe(SHARE);
  });

  it('forgives nothing when claims were not paused', () => {
    const claimed = nextHeight();
    expectOk(registry.call('pause', [1n]));
    expectOk(registry.call('unpause', [255n]));

    expect(expectOk(registry.lose([{ worker: joiner, claimed }], reclaimer))).toBe(SHARE);
  });

  it('cuts the share and pays the part that the parameters say', () => {
    setParam(registry, 'reclaimer-bps', 0n);
    setParam(registry, 'bond-cut-bps', 5000n);
    expect(registry.lose([{ worker: joiner }], reclaimer)).toMatchObject({
      result: { ok: 0n },
      transfers: [],
    });
    expect(bondOf(joiner)).toEqual({ amount: BOND / 2n, 'leaving-at': 0n });
    expect(registry.read('get-sink-credit')).toBe(BOND / 2n);

    setParam(registry, 'bond-cut-bps', 0n);
    expect(registry.lose([{ worker: joiner }], reclaimer).prints).toEqual([]);
    expect(bondOf(joiner)).toEqual({ amount: BOND / 2n, 'leaving-at': 0n });
  });

  it('also cuts a bond that is leaving', () => {
    const leavingAt = expectOk(registry.call('leave', [], joiner)) as bigint;

    expectOk(registry.lose([{ worker: joiner }], reclaimer));

    expect(bondOf(joiner)).toEqual({ amount: BOND - CUT, 'leaving-at': leavingAt });
  });

  it('stands a worker down when its streak reaches the limit', () => {
    setParam(registry, 'strike-limit', 3n);
    expectOk(registry.close(alice, [], { bad: 1n }));
    const until = nextHeight() + 1000n;

    expect(
      registry.lose([{ worker: alice }, { worker: alice }, { worker: alice }], reclaimer).prints,
    ).toEqual([{ topic: 'worker-stood-down', worker: alice, 'stood-until': until }]);

    expect(registry.worker(alice)).toMatchObject({ abandoned: 3n, streak: 1n, 'stood-until': until });
  });

  it('is for the queue alone', () => {
    const lost = { worker: joiner, slot: 0n, claimed: nextHeight(), reward: 10n ** 12n };
    for (const by of [reclaimer, joiner, account('deployer')]) {
      expectErr(registry.call('lose-leases', [[lost], by], by), 'registry.ERR_SYSTEM_ONLY');
    }
    expect(bondOf(joiner)).toEqual({ amount: BOND, 'leaving-at': 0n });
  });
});
