import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../scripts/mutants/apply-edits.js';
import { pickMutants, readMutants } from '../../../scripts/mutants/read-mutants.js';
import { CONTRACTS } from '../../helpers/contract-errors.js';

const mutants = readMutants('.');

describe('tests/mutants', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s fits the contracts', (_, mutant) => {
    const changed = applyEdits(mutant.edits, (path) => readFileSync(path, 'utf8'));
    for (const [path, source] of changed) expect(source).not.toBe(readFileSync(path, 'utf8'));
    expect(existsSync(mutant.killedBy)).toBe(true);
  });

  it('has some of every contract', () => {
    const touched = new Set(mutants.flatMap(({ edits }) => edits.map(({ path }) => path)));
    expect([...touched].sort()).toEqual(
      Object.values(CONTRACTS)
        .map((name) => `contracts/${name}.clar`)
        .sort(),
    );
  });
});

describe('pickMutants', () => {
  it('takes those that are named, all when none is', () => {
    const [first, second] = mutants;
    expect(pickMutants(mutants, [second?.name ?? '', first?.name ?? ''])).toEqual([first, second]);
    expect(pickMutants(mutants, [])).toEqual(mutants);
  });

  it('refuses a name that no patch has', () => {
    expect(() => pickMutants(mutants, ['immortal'])).toThrow('no tests/mutants/immortal.patch');
  });
});
