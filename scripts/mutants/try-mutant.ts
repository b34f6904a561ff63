import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits } from './apply-edits.js';
import type { Mutant } from './mutant.js';
import type { SuiteResult } from './suite-report.js';

/** "unfit": the patch itself is wrong, and says nothing about the tests. */
export type Verdict =
  | { readonly kind: 'killed'; readonly file: string; readonly test: string }
  | { readonly kind: 'survived' }
  | { readonly kind: 'unfit'; readonly reason: string };

/** A copy of the repository in which mutants are tried. */
export interface Laboratory {
  readonly dir: string;
  readonly runSuite: (files: readonly string[]) => Promise<SuiteResult>;
  readonly findDeploymentError: () => Promise<string | undefined>;
}

/** Puts a mutant's faults into the copy, runs the test files there, and takes them out again. */
export const tryMutant = async (
  mutant: Mutant,
  files: readonly string[],
  laboratory: Laboratory,
): Promise<Verdict> => {
  const readSource = (path: string): string => readFileSync(join(laboratory.dir, path), 'utf8');
  const write = (sources: ReadonlyMap<string, string>): void => {
    for (const [path, source] of sources) writeFileSync(join(laboratory.dir, path), source);
  };
  let faulty: ReadonlyMap<string, string>;
  try {
    faulty = applyEdits(mutant.edits, readSource);
  } catch (error) {
    return { kind: 'unfit', reason: error instanceof Error ? error.message : String(error) };
  }
  const sound = new Map([...faulty.keys()].map((path) => [path, readSource(path)]));
  write(faulty);
  try {
    return await judgeSuite(await laboratory.runSuite(files), laboratory);
  } finally {
    write(sound);
  }
};

const judgeSuite = async (result: SuiteResult, { findDeploymentError }: Laboratory): Promise<Verdict> => {
  switch (result.kind) {
    case 'red':
      return { kind: 'killed', file: result.file, test: result.test };
    case 'green':
      return { kind: 'survived' };
    case 'idle': {
      const error = await findDeploymentError();
      const reason = error === undefined ? 'no test ran' : `the contracts do not deploy: ${error}`;
      return { kind: 'unfit', reason };
    }
    default:
      return result satisfies never;
  }
};
