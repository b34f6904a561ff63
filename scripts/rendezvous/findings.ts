import type { Coverage } from './coverage.js';
import type { FuzzResult } from './fuzz.js';
import { successesOf } from './tally.js';

const PUBLIC_FUNCTION = /^\(define-public \(([a-z0-9-]+)/gm;

export const publicFunctionsIn = (source: string): readonly string[] =>
  [...source.matchAll(PUBLIC_FUNCTION)].map(([, name = '']) => name);

/** What is wrong with a run; empty when nothing is. */
export const findingsOf = (
  runs: number,
  functions: readonly string[],
  result: FuzzResult,
  rows: readonly Coverage[],
): readonly string[] => {
  const { report, exitCode, complaints } = result;
  const hasPassed = exitCode === 0 && report.passedRuns === runs;
  return [
    ...(hasPassed
      ? rows.filter(({ succeeded }) => succeeded === 0).map(({ name }) => `${name} never succeeded`)
      : [`${report.passedRuns ?? 0} of ${runs} runs passed, exit code ${exitCode}`, ...complaints]),
    ...rows
      .filter(({ trespasses }) => trespasses > 0)
      .map(({ name }) => `${name} is for the system only, and answered ok to an account`),
    ...miscountedIn(result).map((name) => `${name} was counted otherwise than Rendezvous reports`),
    ...driftOf(functions, rows),
  ];
};

/** Rendezvous ignores runtime errors in its counts, so that there may be more calls than it reports. */
const miscountedIn = ({ report, tally }: FuzzResult): readonly string[] =>
  [...report.successes]
    .filter(
      ([name, count]) =>
        count !== successesOf(tally, name) ||
        count + (report.refusals.get(name) ?? 0) > (tally.calls[name] ?? 0),
    )
    .map(([name]) => name);

/** Where public-functions.ts and the contract disagree. */
const driftOf = (functions: readonly string[], rows: readonly Coverage[]): readonly string[] => {
  const known = rows.map(({ name }) => name);
  return [
    ...functions
      .filter((name) => !known.includes(name))
      .map((name) => `${name} has no witness in public-functions.ts`),
    ...known.filter((name) => !functions.includes(name)).map((name) => `${name} is no public function`),
  ];
};
