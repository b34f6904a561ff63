import { beforeEach, describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import { account, expectErr, expectOk } from '../../helpers/contracts.js';
import { type DrivenRegistry, deployDriven, grant, setParam } from './driven-registry.js';

const HUGE = 2n ** 128n - 1n;

describe('close-leases', () => {
  let registry: DrivenRegistry;
  const alice = account('wallet_3');
  beforeEach(() => {
    registry = deployDriven();
    grant(registry, alice);
  });

  it('frees the slots and counts what became of them', () => {
    expectOk(registry.open(alice, 4, { oldest: 90n }));

    expect(registry.close(alice, [0n, 2n], { good: 2n, earned: 500n })).toEqual({
      result: { ok: true },
      prints: [],
      transfers: [],
    });
    expectOk(registry.close(alice, [3n], { bad: 1n }));

    expect(registry.worker(alice)).toEqual({
      mask: 0b0010n,
      oldest: 90n,
      succeeded: 2n,
      failed: 1n,
      abandoned: 0n,
      earned: 500n,
      streak: 1n,
      'stood-until': 0n,
    });
  });

  it('counts work that held no slot', () => {
    expectOk(registry.close(alice, [], { good: 1n, earned: 7n }));
    expectOk(registry.close(account('wallet_8'), [], { good: 1n, earned: 7n }));

    for (const who of [alice, account('wallet_8')]) {
      expect(registry.worker(who)).toMatchObject({ mask: 0n, succeeded: 1n, earned: 7n });
    }
  });

  it('ends the streak with a success, also one among failures', () => {
    expectOk(registry.close(alice, [], { bad: 9n }));
    expectOk(registry.close(alice, [], { good: 1n }));
    expect(registry.worker(alice).streak).toBe(0n);

    expectOk(registry.close(alice, [], { bad: 9n }));
    expect(registry.close(alice, [], { good: 1n, bad: 9n }).prints).toEqual([]);

    expect(registry.worker(alice)).toMatchObject({ streak: 0n, 'stood-until': 0n, failed: 27n });
  });

  it('keeps the streak when nothing succeeded or failed', () => {
    expectOk(registry.open(alice, 1));
    expectOk(registry.close(alice, [], { bad: 4n }));
    setParam(registry, 'strike-limit', 3n);

    expect(registry.close(alice, [0n], {}).prints).toEqual([]);

    expect(registry.worker(alice)).toMatchObject({ mask: 0n, streak: 4n });
  });

  it('stands a worker down when its streak reaches the limit', () => {
    expect(registry.close(alice, [], { bad: 9n }).prints).toEqual([]);
    const until = nextHeight() + 1000n;

    expect(registry.close(alice, [], { bad: 1n })).toEqual({
      result: { ok: true },
      prints: [{ topic: 'worker-stood-down', worker: alice, 'stood-until': until }],
      transfers: [],
    });

    expect(registry.worker(alice)).toMatchObject({ streak: 0n, 'stood-until': until, failed: 10n });
  });

  it('stands a worker down once when a batch carries it past the limit, for the blocks of the parameter', () => {
    setParam(registry, 'strike-limit', 3n);
    setParam(registry, 'stand-down-blocks', 12n);
    const until = nextHeight() + 12n;

    expect(registry.close(alice, [], { bad: 20n }).prints).toEqual([
      { topic: 'worker-stood-down', worker: alice, 'stood-until': until },
    ]);
  });

  it('leaves what it holds to a worker that is stood down, and counts on', () => {
    setParam(registry, 'strike-limit', 2n);
    expectOk(registry.open(alice, 4));
    expectOk(registry.close(alice, [0n, 1n], { bad: 2n }));
    const until = registry.worker(alice)['stood-until'] as bigint;

    expectOk(registry.close(alice, [2n], { good: 1n }));
    expectOk(registry.close(alice, [3n], { bad: 1n }));

    expect(registry.worker(alice)).toMatchObject({ mask: 0n, streak: 1n, 'stood-until': until });
  });

  it('stands nobody down while the limit is 0', () => {
    setParam(registry, 'strike-limit', 0n);

    expect(registry.close(alice, [], { bad: 1000n }).prints).toEqual([]);

    expect(registry.worker(alice)).toMatchObject({ streak: 1000n, 'stood-until': 0n });
  });

  it('is for the queue alone, whatever the numbers', () => {
    expectOk(registry.open(alice, 1));
    expectOk(registry.close(alice, [], { bad: 1n }));
    for (const by of [alice, account('deployer')]) {
      for (const bad of [0n, HUGE]) {
        expectErr(registry.call('close-leases', [alice, [0n], 1n, bad, 9n], by), 'registry.ERR_SYSTEM_ONLY');
      }
    }
    expect(registry.worker(alice)).toMatchObject({ mask: 1n, succeeded: 0n, earned: 0n });
  });
});
