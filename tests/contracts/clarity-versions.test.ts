import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../helpers/clarity.js';
import { nextHeight } from '../helpers/clocks.js';
import { CONTRACTS, type Contract, sourceOf } from '../helpers/contract-errors.js';
import {
  account,
  argsOf,
  balanceOf,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Outcome,
} from '../helpers/contracts.js';
import { config, taskData } from '../helpers/tasks.js';

const IN_ORDER_OF_CALLS: readonly Contract[] = [
  'registry',
  'factory',
  'index',
  'graph',
  'queue',
  'control',
  'overview',
  'scheduler',
  'topics',
];

/** Deploys a copy of all contracts under other names and another Clarity version; returns how to call them. */
function deployCopy(version: 4 | 5 | 6) {
  const copyOf = (contract: Contract) => `${CONTRACTS[contract]}-${version}`;
  const renamed = (source: string) =>
    IN_ORDER_OF_CALLS.reduce(
      (text, contract) =>
        text.replaceAll(new RegExp(`\\.${CONTRACTS[contract]}\\b`, 'g'), `.${copyOf(contract)}`),
      source,
    );
  for (const contract of IN_ORDER_OF_CALLS) deploy(copyOf(contract), renamed(sourceOf(contract)), version);
  return {
    versions: IN_ORDER_OF_CALLS.map(
      (contract) => simnet.getContractsInterfaces().get(contractId(copyOf(contract)))?.clarity_version,
    ),
    vault: contractId(copyOf('queue')),
    call: (contract: Contract, name: string, args: readonly Plain[], by: string): Outcome =>
      callDeployed(copyOf(contract), name, argsOf(contract, name, args), by),
  };
}

describe.each([4, 5, 6] as const)('the contracts as Clarity %d', (version) => {
  it('live through a schedule, a failed attempt, a success and a refund', () => {
    const { call, vault, versions } = deployCopy(version);
    expect(new Set(versions)).toEqual(new Set([`Clarity${version}`]));
    const [deployer, worker] = [account('deployer'), account('wallet_1')];
    const start = { deployer: balanceOf(deployer), worker: balanceOf(worker) };
    expectOk(call('registry', 'register-coordinator', [deployer, 63n], deployer));
    expectOk(call('registry', 'register-coordinator', [worker, 2n], deployer));
    expectOk(call('factory', 'create-task-type', ['echo', ''], deployer));
    expectOk(call('factory', 'create-task-template', [1n, config({ 'retry-delay': 1n })], deployer));
    const at = nextHeight() + 3n;

    expect(expectOk(call('scheduler', 'create-and-schedule', [1n, taskData(), 0n, at], deployer))).toBe(1n);
    expect(expectOk(call('queue', 'enqueue-task', [1n, taskData({ reward: 7n })], deployer))).toBe(2n);
    expect(balanceOf(vault)).toBe(1007n);
    expectOk(call('control', 'cancel-task', [2n], deployer));
    expect(expectOk(call('scheduler', 'trigger-due-tasks', [0n, 20n], worker))).toMatchObject({ due: 1n });
    expect(expectOk(call('queue', 'dequeue-task', [], worker))).toEqual([1n]);
    expectOk(call('control', 'fail-task', [1n, 1n, 0n, true], worker));
    expect(expectOk(call('scheduler', 'trigger-due-tasks', [0n, 20n], worker))).toMatchObject({ due: 1n });
    expect(expectOk(call('queue', 'dequeue-from', [0n, 1n], worker))).toEqual([1n]);
    expectOk(call('control', 'heartbeat-task', [1n, 2n, 20n, '0x'], worker));
    expect(expectOk(call('control', 'reclaim-leases', [[1n]], worker))).toEqual([
      { err: 'control.ERR_LEASE_LIVE' },
    ]);
    expect(expectOk(call('queue', 'complete-task', [1n, 2n, '0x'], worker))).toBe(1000n);

    expect(balanceOf(vault)).toBe(0n);
    expect([balanceOf(deployer), balanceOf(worker)]).toEqual([start.deployer - 1000n, start.worker + 1000n]);
  });
});

describe('the contracts of the manifest', () => {
  // `npm run test:clarity` runs all tests of the contracts with another version in it.
  it('are of the version that it names', () => {
    const [, version] = /^clarity_version = (\d)$/m.exec(readFileSync('Clarinet.toml', 'utf8')) ?? [];
    const deployed = IN_ORDER_OF_CALLS.map(
      (contract) => simnet.getContractsInterfaces().get(contractId(CONTRACTS[contract]))?.clarity_version,
    );
    expect(new Set(deployed)).toEqual(new Set([`Clarity${version}`]));
  });
});
