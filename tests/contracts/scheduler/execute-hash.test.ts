import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { CONTRACTS, type Contract, sourceOf } from '../../helpers/contract-errors.js';
import {
  account,
  argsOf,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Outcome,
} from '../../helpers/contracts.js';
import { config, STATUS, taskData } from '../../helpers/tasks.js';
import { ask, deployWitness, pinned } from './handlers.js';

const CODE_HASH = 1300n;
const COPIED: readonly Contract[] = [
  'registry',
  'factory',
  'index',
  'graph',
  'queue',
  'control',
  'scheduler',
];
const TOPICS: Contract = 'topics';

/** Deploys copies of the contracts of which the factory hands out another hash than the one it was given. */
function deployMistaken() {
  const copyOf = (contract: Contract) => `${CONTRACTS[contract]}-x`;
  for (const contract of COPIED) {
    const source = [...COPIED, TOPICS].reduce(
      (text, name) => text.replaceAll(new RegExp(`\\.${CONTRACTS[name]}\\b(?!-)`, 'g'), `.${copyOf(name)}`),
      sourceOf(contract),
    );
    deploy(copyOf(contract), contract === 'factory' ? mistaken(source) : source);
  }
  return {
    state: (id: bigint) => ask(copyOf('queue'), 'get-state', Cl.uint(id)),
    vault: contractId(copyOf('queue')),
    call: (contract: Contract, name: string, args: readonly Plain[], by: string): Outcome =>
      callDeployed(copyOf(contract), name, argsOf(contract, name, args), by),
  };
}

function mistaken(source: string): string {
  const right = 'config (get handler config)';
  expect(source).toContain(right);
  return source.replace(
    right,
    'config (match (get handler config) named (some (merge named {hash: (sha256 u0)})) none)',
  );
}

describe('execute-task, with a handler of other code than the template names', () => {
  it('fails the task for good without running it, and refunds its owner', () => {
    const { call, state, vault } = deployMistaken();
    const handler = deployWitness();
    const deployer = account('deployer');
    expectOk(call('registry', 'register-coordinator', [deployer, 63n], deployer));
    expectOk(call('factory', 'create-task-type', ['echo', ''], deployer));
    expectOk(call('factory', 'create-queue', ['chain', 1n, 0n, false, 0n], deployer));
    const template = config({ queue: 1n, handler: pinned(handler), 'max-attempts': 5n });
    expectOk(call('factory', 'create-task-template', [1n, template], deployer));
    expectOk(call('queue', 'enqueue-task', [1n, taskData()], deployer));

    const outcome = call('scheduler', 'execute-task', [1n, handler], deployer);

    expect(outcome.result).toEqual({ ok: 0n });
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: vault, to: deployer }]);
    expect(state(1n)).toMatchObject({ status: STATUS.FAILED, code: CODE_HASH, attempts: 1n });
    expect(ask('witness', 'get-seen')).toBeNull();
  });
});
