import type { Witness } from './public-functions.js';
import { countEffects, successesOf, type Tally } from './tally.js';

/** How often a public function succeeded, by itself or through a function of the tests, and was refused. */
export interface Coverage {
  readonly name: string;
  readonly succeeded: number;
  /** Calls of it, or of a function that shapes its arguments, that answered an error. */
  readonly refused: number;
  /** Calls by itself that answered `(ok …)` though only the system may call it. */
  readonly trespasses: number;
}

export const coverageOf = (name: string, witness: Witness, tally: Tally): Coverage => {
  const entries = [name, ...(witness.isSystemOnly ? [] : (witness.through ?? []))];
  const reachedFrom = witness.through === undefined ? undefined : [name, ...witness.through];
  return {
    name,
    succeeded: countEffects(tally, witness.topics, reachedFrom),
    refused: entries.reduce((sum, entry) => sum + (tally.calls[entry] ?? 0) - successesOf(tally, entry), 0),
    trespasses: witness.isSystemOnly ? successesOf(tally, name) : 0,
  };
};

/** Lines of a table, widest name first to set the column. */
export const formatCoverage = (rows: readonly Coverage[]): string => {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name: string, succeeded: string, refused: string): string =>
    `  ${name.padEnd(width)}  ${succeeded.padStart(9)}  ${refused.padStart(7)}`;
  return [
    line('function', 'succeeded', 'refused'),
    ...rows.map(({ name, succeeded, refused }) => line(name, String(succeeded), String(refused))),
  ].join('\n');
};
