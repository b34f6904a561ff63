import { parseArgs } from 'node:util';
import { findDeploymentError } from './mutants/deployment-error.js';
import { formatControl, formatTally, formatVerdict } from './mutants/format.js';
import type { Mutant } from './mutants/mutant.js';
import { pickMutants, readMutants } from './mutants/read-mutants.js';
import { runSuite } from './mutants/run-suite.js';
import { makeScratchCopy } from './mutants/scratch-copy.js';
import { type Laboratory, tryMutant, type Verdict } from './mutants/try-mutant.js';
import { onInterrupt } from './stack/on-interrupt.js';

const USAGE = `Puts one fault after the other into a copy of the contracts: the tests must find each.
  npm run test:mutants                     try each tests/mutants/*.patch with the test file that it names
  npm run test:mutants -- --only <name>    only this one; may be repeated
  npm run test:mutants -- --all            with all tests of the contracts
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const secondsSince = (startMs: number): string => `${((performance.now() - startMs) / 1000).toFixed(1)} s`;

const main = async (signal: AbortSignal): Promise<number> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const mutants = pickMutants(readMutants(process.cwd()), values.only);
  const copy = makeScratchCopy(process.cwd());
  try {
    return await tryAll(mutants, values.all, {
      dir: copy.dir,
      runSuite: (files) => runSuite(copy.dir, files, signal),
      findDeploymentError: () => findDeploymentError(copy.dir),
    });
  } finally {
    copy.remove();
  }
};

const tryAll = async (
  mutants: readonly Mutant[],
  isWhole: boolean,
  laboratory: Laboratory,
): Promise<number> => {
  const filesFor = (tried: readonly Mutant[]): readonly string[] =>
    isWhole ? [] : [...new Set(tried.map(({ killedBy }) => killedBy))];
  if (!(await isControlGreen(filesFor(mutants), laboratory))) return 1;
  const verdicts: Verdict[] = [];
  for (const mutant of mutants) {
    const start = performance.now();
    const verdict = await tryMutant(mutant, filesFor([mutant]), laboratory);
    verdicts.push(verdict);
    const place = `[${verdicts.length}/${mutants.length}]`;
    say(`${place} ${formatVerdict(mutant, verdict)} (${secondsSince(start)})`);
  }
  say(formatTally(verdicts));
  return verdicts.every(({ kind }) => kind === 'killed') ? 0 : 1;
};

/** Without a fault the same tests must pass, or their failing would prove nothing. */
const isControlGreen = async (files: readonly string[], laboratory: Laboratory): Promise<boolean> => {
  const start = performance.now();
  const which = files.length === 0 ? 'all test files' : `${files.length} test files`;
  say(`Control: ${which} with the contracts as they are …`);
  const result = await laboratory.runSuite(files);
  say(`Control: ${formatControl(result)} (${secondsSince(start)})`);
  return result.kind === 'green';
};

const interruption = new AbortController();
onInterrupt(async () => {
  interruption.abort();
  await finished.catch(() => undefined);
});
const finished = main(interruption.signal);
try {
  process.exitCode = await finished;
} catch (error) {
  if (!interruption.signal.aborted) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
