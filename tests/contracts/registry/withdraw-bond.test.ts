import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { account, call, contractId, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';
import { BOND, bond, deployDriven } from './driven-registry.js';

const joiner = account('wallet_5');
const record = { role: 2n, capacity: 2n, active: true, index: 0n, class: 1n };
const join = () => expectOk(call('registry', 'join-as-worker', [BOND], joiner));
const leave = (by = joiner) => call('registry', 'leave', [], by);
const withdraw = (by = joiner) => call('registry', 'withdraw-bond', [], by);

describe('leave', () => {
  it('names the height from which the bond may be withdrawn', () => {
    join();
    const leavingAt = nextHeight() + 44_000n;

    expect(leave()).toEqual({
      result: { ok: leavingAt },
      prints: [{ topic: 'bond-leaving', worker: joiner, amount: BOND, 'leaving-at': leavingAt }],
      transfers: [],
    });

    expect(read('registry', 'get-bond', joiner)).toEqual({ amount: BOND, 'leaving-at': leavingAt });
    expect(read('registry', 'get-coordinator-details', joiner)).toMatchObject(record);
  });

  it('waits for the blocks that the parameter has by then', () => {
    join();
    expectOk(call('registry', 'set-param', ['unbonding-blocks', 40_000n], account('deployer')));
    const leavingAt = nextHeight() + 40_000n;
    expect(expectOk(leave())).toBe(leavingAt);

    expectOk(call('registry', 'set-param', ['unbonding-blocks', 50_000n], account('deployer')));

    expect(read('registry', 'get-bond', joiner)).toMatchObject({ 'leaving-at': leavingAt });
  });

  it('works once', () => {
    join();
    expectOk(leave());
    expectErr(leave(), 'registry.ERR_UNBONDING');
  });

  it('is open to a suspended worker', () => {
    join();
    expectOk(call('registry', 'suspend-coordinator', [joiner], account('deployer')));
    expectOk(leave());
  });

  it('refuses whoever has no bond', () => {
    expectErr(leave(), 'registry.ERR_BOND');
    expectOk(registerCoordinator(joiner, ROLE.worker));
    expectErr(leave(), 'registry.ERR_BOND');
  });
});

describe('withdraw-bond', () => {
  it('pays the bond and forgets the worker, from the height that leave named', () => {
    join();
    const leavingAt = expectOk(leave()) as bigint;
    mineUntil(leavingAt - 1n);
    expectErr(withdraw(), 'registry.ERR_UNBONDING');

    expect(withdraw()).toEqual({
      result: { ok: BOND },
      prints: [
        { topic: 'coordinator-removed', coordinator: joiner, ...record },
        { topic: 'bond-withdrawn', worker: joiner, amount: BOND },
      ],
      transfers: [{ amount: BOND, from: contractId('registry'), to: joiner }],
    });

    expect(read('registry', 'get-bond', joiner)).toBeNull();
    expect(read('registry', 'get-coordinator-details', joiner)).toBeNull();
    expect(read('registry', 'get-coordinator-count')).toBe(0n);
  });

  it('lets another take the place in the enumeration', () => {
    join();
    const other = account('wallet_6');
    expectOk(call('registry', 'join-as-worker', [BOND], other));
    mineUntil(expectOk(leave()) as bigint);

    expect(withdraw().prints).toEqual([
      { topic: 'coordinator-removed', coordinator: joiner, ...record },
      { topic: 'coordinator-moved', coordinator: other, ...record },
      { topic: 'bond-withdrawn', worker: joiner, amount: BOND },
    ]);

    expect(read('registry', 'get-coordinator-at', 0n)).toBe(other);
  });

  it('pays one that was removed', () => {
    join();
    expectOk(call('registry', 'remove-coordinator', [joiner], account('deployer')));
    expectErr(withdraw(), 'registry.ERR_UNBONDING');
    simnet.mineEmptyStacksBlocks(44_000);

    expect(withdraw().prints).toEqual([{ topic: 'bond-withdrawn', worker: joiner, amount: BOND }]);
  });

  it('works once, and the worker may join again', () => {
    join();
    mineUntil(expectOk(leave()) as bigint);
    expectOk(withdraw());

    expectErr(withdraw(), 'registry.ERR_BOND');
    join();
  });

  it('refuses one that does not leave, or has no bond', () => {
    expectErr(withdraw(), 'registry.ERR_BOND');
    join();
    simnet.mineEmptyStacksBlocks(100_000);
    expectErr(withdraw(), 'registry.ERR_UNBONDING');
    expectErr(withdraw(account('deployer')), 'registry.ERR_BOND');
  });

  it('waits until the worker holds no lease', () => {
    const registry = deployDriven();
    bond(registry, joiner);
    expectOk(registry.open(joiner, 1));
    mineUntil(expectOk(registry.call('leave', [], joiner)) as bigint);
    expectErr(registry.call('withdraw-bond', [], joiner), 'registry.ERR_BUSY');

    expectOk(registry.lose([{ worker: joiner }], account('wallet_1')));

    const left = BOND - BOND / 10n;
    expect(expectOk(registry.call('withdraw-bond', [], joiner))).toBe(left);
  });
});
