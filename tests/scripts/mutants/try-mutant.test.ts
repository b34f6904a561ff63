import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mutant } from '../../../scripts/mutants/mutant.js';
import type { SuiteResult } from '../../../scripts/mutants/suite-report.js';
import { type Laboratory, tryMutant } from '../../../scripts/mutants/try-mutant.js';
import { makeFixture } from './fixture.js';

const RED: SuiteResult = { kind: 'red', file: 'a.test.ts', test: 'adds' };
const PATH = 'contracts/sum.clar';
const mutant: Mutant = {
  name: 'minus',
  breaks: 'It subtracts.',
  killedBy: 'tests/contracts/sum.test.ts',
  edits: [{ path: PATH, before: '(+ a b)', after: '(- a b)' }],
};

/** A laboratory whose tests end as given; it notes what the contract was while they ran. */
const makeLaboratory = (end: () => SuiteResult, deploymentError?: string) => {
  const dir = makeFixture();
  const seen: string[] = [];
  const readContract = (): string => readFileSync(join(dir, PATH), 'utf8');
  const laboratory: Laboratory = {
    dir,
    runSuite: async (files) => {
      seen.push(files.join(), readContract());
      return end();
    },
    findDeploymentError: async () => deploymentError,
  };
  return { laboratory, seen, readContract };
};

describe('tryMutant', () => {
  it.each<[SuiteResult, string | undefined, unknown]>([
    [RED, undefined, { kind: 'killed', file: 'a.test.ts', test: 'adds' }],
    [{ kind: 'green', passed: 3 }, undefined, { kind: 'survived' }],
    [{ kind: 'idle' }, 'no (', { kind: 'unfit', reason: 'the contracts do not deploy: no (' }],
    [{ kind: 'idle' }, undefined, { kind: 'unfit', reason: 'no test ran' }],
  ])('judges %j, deployment error %j', async (result, deploymentError, verdict) => {
    const { laboratory } = makeLaboratory(() => result, deploymentError);
    expect(await tryMutant(mutant, ['a.test.ts'], laboratory)).toEqual(verdict);
  });

  it('has the fault in the contract while the tests run, and no longer', async () => {
    const { laboratory, seen, readContract } = makeLaboratory(() => RED);
    await tryMutant(mutant, ['a.test.ts', 'b.test.ts'], laboratory);
    expect(seen).toEqual(['a.test.ts,b.test.ts', '(- a b)\n;; why\n']);
    expect(readContract()).toBe('(+ a b)\n;; why\n');
  });

  it('takes the fault out also when the run is broken off', async () => {
    const { laboratory, readContract } = makeLaboratory(() => {
      throw new Error('interrupted');
    });
    await expect(tryMutant(mutant, [], laboratory)).rejects.toThrow('interrupted');
    expect(readContract()).toBe('(+ a b)\n;; why\n');
  });

  it('runs nothing for a patch that does not fit', async () => {
    const { laboratory, seen } = makeLaboratory(() => ({ kind: 'idle' }));
    const stale = { ...mutant, edits: [{ path: PATH, before: '(* a b)', after: '(- a b)' }] };
    expect(await tryMutant(stale, [], laboratory)).toEqual({
      kind: 'unfit',
      reason: expect.stringMatching(/stand 0 times/),
    });
    expect(seen).toEqual([]);
  });
});
