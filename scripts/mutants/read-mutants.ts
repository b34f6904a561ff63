import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Mutant, parseMutant } from './mutant.js';

export const MUTANTS_DIR = 'tests/mutants';

/** All mutants of a repository, by name; a patch that cannot be read throws. */
export const readMutants = (root: string): readonly Mutant[] =>
  readdirSync(join(root, MUTANTS_DIR))
    .filter((file) => file.endsWith('.patch'))
    .sort()
    .map((file) =>
      parseMutant(basename(file, '.patch'), readFileSync(join(root, MUTANTS_DIR, file), 'utf8')),
    );

/** Those with these names, all for none; a name that is no mutant's throws. */
export const pickMutants = (mutants: readonly Mutant[], names: readonly string[]): readonly Mutant[] => {
  const unknown = names.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0) throw new Error(`no ${MUTANTS_DIR}/${unknown[0]}.patch`);
  return names.length === 0 ? mutants : mutants.filter(({ name }) => names.includes(name));
};
