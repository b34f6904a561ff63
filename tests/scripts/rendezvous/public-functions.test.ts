import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publicFunctionsIn } from '../../../scripts/rendezvous/findings.js';
import { WITNESSES } from '../../../scripts/rendezvous/public-functions.js';
import { FUZZED } from '../../../scripts/rendezvous/scratch-copy.js';

describe.each(FUZZED)('the witnesses of %s', (contract) => {
  const witnesses = WITNESSES[contract];
  const tests = readFileSync(`tests/rendezvous/${contract}.tests.clar`, 'utf8');
  const source = readFileSync(`contracts/${contract}.clar`, 'utf8');

  it('are of all its public functions', () => {
    expect(Object.keys(witnesses).sort()).toEqual([...publicFunctionsIn(source)].sort());
  });

  it('name functions of the tests, or of the contract, through which they are reached', () => {
    const known = [...publicFunctionsIn(tests), ...publicFunctionsIn(source)];
    const unknown = Object.values(witnesses).flatMap(({ through = [] }) =>
      through.filter((name) => !known.includes(name)),
    );
    expect(unknown).toEqual([]);
  });
});
