import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { coverageOf, formatCoverage } from './rendezvous/coverage.js';
import { findingsOf, publicFunctionsIn } from './rendezvous/findings.js';
import { fuzz } from './rendezvous/fuzz.js';
import { WITNESSES } from './rendezvous/public-functions.js';
import { FUZZED, type Fuzzed, layScratchCopy } from './rendezvous/scratch-copy.js';
import { onInterrupt } from './stack/on-interrupt.js';

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly contract?: Fuzzed | undefined;
}

const MAX_SEED = 2 ** 31;
const PROGRESS_EVERY = 100;

const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`);
  };

const { runs, seed, contract } = new Command('npm run test:rendezvous --')
  .description(
    'Has Rendezvous call the public functions of two contracts at random and check an invariant after each run. Fails ' +
      'when one does not hold, or when a public function never succeeded.',
  )
  .option('--runs <n>', 'runs for each contract, each of several calls', integer(1, 100_000), 1_000)
  .option('--seed <n>', 'repeats a run; a new one each time if it is left out', integer(0, MAX_SEED - 1))
  .addOption(new Option('--contract <name>', 'only this one').choices(FUZZED))
  .parse()
  .opts<Partial<Options> & Pick<Options, 'runs'>>();

const dir = mkdtempSync(join(tmpdir(), 'fac-rendezvous-'));
const abort = new AbortController();
const removeCopies = (): void => rmSync(dir, { recursive: true, force: true });
onInterrupt(async () => {
  abort.abort();
  removeCopies();
});
process.exitCode = await main({ runs, seed: seed ?? randomInt(MAX_SEED), contract });

async function main(options: Options): Promise<number> {
  const contracts = options.contract === undefined ? FUZZED : [options.contract];
  console.log(`${options.runs} runs for ${contracts.join(' and for ')}, seed ${options.seed}`);
  try {
    const verdicts = await Promise.all(contracts.map((name) => fuzzOne(name, options)));
    return verdicts.every(Boolean) ? 0 : 1;
  } catch (error) {
    if (!abort.signal.aborted) console.error(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    abort.abort();
    removeCopies();
  }
}

/** Prints what came of a contract; returns whether all is well. */
async function fuzzOne(name: Fuzzed, { runs, seed }: Options): Promise<boolean> {
  const copy = join(dir, name);
  layScratchCopy(process.cwd(), copy);
  const startedAt = Date.now();
  const onRun = (count: number): void => {
    if (count % PROGRESS_EVERY === 0 && count < runs) console.log(`${name}: ${count} runs`);
  };
  const result = await fuzz({ contract: name, dir: copy, runs, seed, onRun, signal: abort.signal });
  const rows = Object.entries(WITNESSES[name]).map(([fn, witness]) => coverageOf(fn, witness, result.tally));
  const functions = publicFunctionsIn(readFileSync(join('contracts', `${name}.clar`), 'utf8'));
  const findings = findingsOf(runs, functions, result, rows);
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  console.log(
    `${name}: ${result.report.passedRuns ?? 0} of ${runs} runs passed in ${seconds} s\n${formatCoverage(rows)}`,
  );
  if (findings.length === 0) return true;
  const again = `npm run test:rendezvous -- --contract=${name} --runs=${runs} --seed=${seed}`;
  console.error(`${name} FAILED\n${findings.map((finding) => `  ${finding}`).join('\n')}\nAgain: ${again}`);
  return false;
}
