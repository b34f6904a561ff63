import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuite } from './mutants/run-suite.js';
import { makeScratchCopy } from './mutants/scratch-copy.js';
import { onInterrupt } from './stack/on-interrupt.js';

const USAGE = `Runs all tests of the contracts with the contracts as another version of Clarity, in a copy of the repository.
  npm run test:clarity                  as Clarity 4, then 5; npm test runs them as 6
  npm run test:clarity -- --version 4   as this one; may be repeated
`;
const VERSIONS = ['4', '5', '6'];

/** Runs the suite in a copy whose manifest names this version; returns whether it is green. */
const isGreen = async (version: string, signal: AbortSignal): Promise<boolean> => {
  const start = performance.now();
  const copy = makeScratchCopy(process.cwd());
  try {
    const path = join(copy.dir, 'Clarinet.toml');
    const manifest = readFileSync(path, 'utf8');
    writeFileSync(path, manifest.replaceAll(/^clarity_version = \d+$/gm, `clarity_version = ${version}`));
    console.log(`Clarity ${version}: all tests of the contracts, for some minutes …`);
    const result = await runSuite(copy.dir, ['tests/contracts'], signal);
    const seconds = Math.round((performance.now() - start) / 1_000);
    const outcome = result.kind === 'red' ? `"${result.test}" of ${result.file} fails` : result.kind;
    console.log(`Clarity ${version}: ${outcome} (${seconds} s)`);
    return result.kind === 'green';
  } finally {
    copy.remove();
  }
};

const main = async (signal: AbortSignal): Promise<number> => {
  const { values } = parseArgs({
    options: {
      version: { type: 'string', multiple: true, default: ['4', '5'] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const unknown = values.version.find((version) => !VERSIONS.includes(version));
  if (unknown !== undefined) throw new Error(`--version ${unknown}: expected one of ${VERSIONS.join(', ')}`);
  let exitCode = 0;
  for (const version of values.version) if (!(await isGreen(version, signal))) exitCode = 1;
  return exitCode;
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
