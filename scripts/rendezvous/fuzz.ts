import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { parseReport, type Report } from './report.js';
import type { Fuzzed } from './scratch-copy.js';
import { TALLY_FILE, type Tally } from './tally.js';

export interface FuzzOptions {
  readonly contract: Fuzzed;
  /** A scratch copy that no other run uses. */
  readonly dir: string;
  readonly runs: number;
  readonly seed: number;
  readonly onRun: (runs: number) => void;
  /** Kills Rendezvous. */
  readonly signal: AbortSignal;
}

export interface FuzzResult {
  readonly report: Report;
  readonly tally: Tally;
  readonly exitCode: number;
  /** The invariant that failed, and the last lines on the standard error of Rendezvous. */
  readonly complaints: readonly string[];
}

const MAX_LINE = 1_000;
const MAX_COMPLAINTS = 40;
const RENDEZVOUS = join(
  dirname(createRequire(import.meta.url).resolve('@stacks/rendezvous/package.json')),
  'dist/app.js',
);
const DIAL = fileURLToPath(new URL('count-calls.js', import.meta.url));

const NO_TALLY: Tally = { calls: {}, effects: [] };

/** Has Rendezvous call the public functions of a contract at random, and check an invariant after each run. */
export const fuzz = async (options: FuzzOptions): Promise<FuzzResult> => {
  const tallyFile = join(options.dir, 'tally.json');
  const child = startRendezvous(options, tallyFile);
  const said: string[] = [];
  const failed: string[] = [];
  const complaints: string[] = [];
  let passed = 0;
  createInterface({ input: child.stdout }).on('line', (coloured) => {
    const line = stripVTControlCharacters(coloured);
    if (line.includes(' [PASS] ')) options.onRun(++passed);
    else if (line.includes(' [FAIL] ')) failed.push(line.slice(0, MAX_LINE));
    else if (!line.startsWith('₿')) said.push(line);
  });
  createInterface({ input: child.stderr }).on('line', (coloured) => {
    complaints.push(stripVTControlCharacters(coloured).slice(0, MAX_LINE));
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  return {
    report: parseReport(said),
    tally: existsSync(tallyFile) ? (JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally) : NO_TALLY,
    exitCode,
    complaints: [...failed, ...complaints.slice(-MAX_COMPLAINTS)],
  };
};

const startRendezvous = ({ contract, dir, runs, seed, signal }: FuzzOptions, tallyFile: string) => {
  // The state outlives a failure, so that a smaller counterexample would prove nothing: --bail.
  const flags = [`--runs=${runs}`, `--seed=${seed}`, '--bail', `--dial=${DIAL}`];
  return spawn(process.execPath, [RENDEZVOUS, dir, contract, 'invariant', ...flags], {
    cwd: dir,
    env: { ...process.env, [TALLY_FILE]: tallyFile },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
    // In a process group of its own an interrupt from the terminal reaches only us.
    detached: true,
  });
};
