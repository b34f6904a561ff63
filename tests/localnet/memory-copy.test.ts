import { expect, it } from 'vitest';
import { createMemoryCopy } from '../../localnet/src/worker/memory-copy.js';
import { openSimnet } from '../../localnet/src/worker/simnet.js';
import { DEPLOYER } from './harness.js';

// Simnet asks JavaScript for the words of an interface once, and then keeps handles of them.
it('brings back the words of interfaces, also those that another branch put elsewhere', async () => {
  const simnet = await openSimnet(Date.UTC(2026, 0), [{ address: DEPLOYER, balanceUstx: 1_000_000n }]);
  const empty = createMemoryCopy(simnet.memory);
  const full = createMemoryCopy(simnet.memory);
  const deploy = (name: string, source: string) => {
    simnet.deploy(name, source, 4, DEPLOYER);
    return simnet.contractInterface(`${DEPLOYER}.${name}`);
  };
  empty.take();
  const before = deploy('counter', '(define-map seen uint bool) (define-private (f (n uint)) (ok n))');
  full.take();
  empty.putBack();
  deploy('other', '(define-read-only (f) "other") (define-data-var v (list 2 (optional principal)) (list))');

  full.putBack();

  expect(simnet.contractInterface(`${DEPLOYER}.counter`)).toBe(before);
});
