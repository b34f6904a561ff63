import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../helpers/clarity.js';
import { account, call, contractId, expectErr, outcomeOf, read } from '../../helpers/contracts.js';

const NOTHING = { due: [null, null, null], words: Array.from({ length: 16 }, () => 0n) };

describe('what the index does for the queue', () => {
  it.each<[string, Plain[]]>([
    ['relocate', [[]]],
    ['pop-lanes', [0n, 1n]],
    ['set-guards', [[{ queue: 0n, every: 2n }]]],
    ['promote', [0n, 900n, 1n]],
  ])('%s refuses everybody else', (name, args) => {
    for (const by of ['deployer', 'wallet_1', 'wallet_8'])
      expectErr(call('index', name, args, account(by)), 'index.ERR_QUEUE_ONLY');
    expect(read('index', 'get-next')).toEqual(NOTHING);
  });

  it('is refused to a contract of the same name by another deployer', () => {
    const thief = account('wallet_8');
    const source = `
      (define-public (set-guard (queue uint) (every uint))
        (contract-call? '${contractId('index')} set-guards (list {queue: queue, every: every})))`;
    simnet.deployContract('async-queue', source, { clarityVersion: 6 as 4 }, thief);

    const outcome = outcomeOf(
      simnet.callPublicFn(`${thief}.async-queue`, 'set-guard', [Cl.uint(0), Cl.uint(2)], account('deployer')),
    );

    expectErr(outcome, 'index.ERR_QUEUE_ONLY');
  });
});
