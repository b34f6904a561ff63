import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import {
  account,
  balanceOf,
  call,
  callDeployed,
  contractId,
  deploy,
  expectErr,
  expectOk,
  read,
} from '../../helpers/contracts.js';
import { callByProxy, deployProxy } from '../../helpers/proxy.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';
import { BOND } from './driven-registry.js';

const join = (amount: bigint, by = account('wallet_5')) => call('registry', 'join-as-worker', [amount], by);
const setParam = (name: string, value: bigint) =>
  expectOk(call('registry', 'set-param', [name, value], account('deployer')));

describe('join-as-worker', () => {
  it('takes the bond and makes the caller a worker of the bonded class', () => {
    const joiner = account('wallet_5');

    const record = { role: 2n, capacity: 2n, active: true, index: 0n, class: 1n };
    expect(join(BOND)).toEqual({
      result: { ok: BOND },
      prints: [
        { topic: 'coordinator-registered', coordinator: joiner, ...record },
        { topic: 'bond-added', worker: joiner, amount: BOND, 'leaving-at': 0n },
      ],
      transfers: [{ amount: BOND, from: joiner, to: contractId('registry') }],
    });

    expect(read('registry', 'get-coordinator-details', joiner)).toMatchObject(record);
    expect(read('registry', 'get-coordinator-at', 0n)).toBe(joiner);
    expect(read('registry', 'get-bond', joiner)).toEqual({ amount: BOND, 'leaving-at': 0n });
    expect(balanceOf(contractId('registry'))).toBe(BOND);
  });

  it('adds to the bond of one that has joined', () => {
    const joiner = account('wallet_5');
    expectOk(join(BOND));

    expect(join(1n)).toEqual({
      result: { ok: BOND + 1n },
      prints: [{ topic: 'bond-added', worker: joiner, amount: BOND + 1n, 'leaving-at': 0n }],
      transfers: [{ amount: 1n, from: joiner, to: contractId('registry') }],
    });

    expect(read('registry', 'get-coordinator-count')).toBe(1n);
  });

  it('asks for the least bond in all', () => {
    expectErr(join(BOND - 1n), 'registry.ERR_BOND');
    setParam('bond-min', 1_000_000n);
    expectOk(join(1_000_000n));

    setParam('bond-min', 3_000_000n);
    expectErr(join(1_999_999n), 'registry.ERR_BOND');
    expect(expectOk(join(2_000_000n))).toBe(3_000_000n);
  });

  it('gives the capacity that the parameter has by then', () => {
    setParam('bonded-capacity', 7n);
    expectOk(join(BOND));
    expect(read('registry', 'get-coordinator-details', account('wallet_5'))).toMatchObject({ capacity: 7n });
  });

  it('refuses a coordinator that an admin registered', () => {
    expectOk(registerCoordinator(account('wallet_5'), ROLE.producer));
    expectErr(join(BOND), 'registry.ERR_EXISTS');
    expect(balanceOf(contractId('registry'))).toBe(0n);
  });

  it('refuses one that is leaving, registered or not', () => {
    const joiner = account('wallet_5');
    expectOk(join(BOND));
    expectOk(call('registry', 'leave', [], joiner));
    expectErr(join(BOND), 'registry.ERR_UNBONDING');

    expectOk(call('registry', 'remove-coordinator', [joiner], account('deployer')));

    expectErr(join(BOND), 'registry.ERR_UNBONDING');
  });

  it('does not lift a suspension', () => {
    const joiner = account('wallet_5');
    expectOk(join(BOND));
    expectOk(call('registry', 'suspend-coordinator', [joiner], account('deployer')));

    expectOk(join(BOND));

    expect(read('registry', 'get-coordinator-details', joiner)).toMatchObject({ active: false });
  });

  it.each([
    ['nothing', () => 0n],
    ['more than the caller has', () => balanceOf(account('wallet_5')) + 1n],
    ['the largest number', () => 2n ** 128n - 1n],
  ])('refuses %s, also as an addition', (_, amount) => {
    expectErr(join(amount()), 'registry.ERR_TRANSFER');
    expectOk(join(BOND));
    expectErr(join(amount()), 'registry.ERR_TRANSFER');
  });

  it('takes nothing from a person whose contract calls', () => {
    deployProxy('registry');
    const person = account('wallet_5');
    expectErr(callByProxy('registry', 'join-as-worker', [BOND], person), 'registry.ERR_TRANSFER');
  });

  it('takes the bond of a contract from the contract', () => {
    const worker = deploy(
      'worker-contract',
      `(define-public (join (amount uint)) (as-contract? ((with-stx amount))
        (try! (contract-call? .coordinator-registry join-as-worker amount))))`,
    );
    simnet.transferSTX(Number(BOND), worker, account('wallet_6'));

    expect(expectOk(callDeployed('worker-contract', 'join', [Cl.uint(BOND)], account('wallet_5')))).toBe(
      BOND,
    );

    expect(read('registry', 'get-bond', worker)).toEqual({ amount: BOND, 'leaving-at': 0n });
    expect(balanceOf(worker)).toBe(0n);
  });
});

describe('a bond that is leaving', () => {
  it('keeps an admin from registering its worker until it has withdrawn', () => {
    const [joiner, deployer] = [account('wallet_5'), account('deployer')];
    expectOk(join(BOND));
    expectErr(registerCoordinator(joiner, ROLE.worker), 'registry.ERR_EXISTS');
    expectOk(call('registry', 'remove-coordinator', [joiner], deployer));
    expectErr(registerCoordinator(joiner, ROLE.worker), 'registry.ERR_UNBONDING');

    simnet.mineEmptyStacksBlocks(44_000);
    expectOk(call('registry', 'withdraw-bond', [], joiner));

    expectOk(registerCoordinator(joiner, ROLE.worker));
  });
});
