import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { mergeRecords } from './contract-coverage/lcov.js';
import {
  type ContractCoverage,
  formatTable,
  isShort,
  judgeContract,
  LEAST,
} from './contract-coverage/report.js';
import { runTests } from './contract-coverage/run-tests.js';
import { onInterrupt } from './stack/on-interrupt.js';

const USAGE = `Runs the tests of the contracts and says what of the contracts they reach.
  npm run test:coverage                           all tests of the contracts; exit 1 below ${LEAST.functions} % of functions or ${LEAST.lines} % of lines
  npm run test:coverage -- tests/contracts/queue  only those whose path has this in it
`;
const CONTRACTS = 'contracts';
const TRAITS = 'traits'; // nothing runs there

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const main = async (signal: AbortSignal): Promise<number> => {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const dir = mkdtempSync(join(tmpdir(), 'fac-coverage-'));
  try {
    const traceFile = join(dir, 'lcov.info');
    if (!(await runTests(positionals, traceFile, signal))) {
      say(signal.aborted ? 'Interrupted.' : 'Some test failed: what is reached says nothing then.');
      return 1;
    }
    return report(await judgeContracts(process.cwd(), traceFile));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const judgeContracts = async (root: string, traceFile: string): Promise<readonly ContractCoverage[]> => {
  const sources = await mergeRecords(createInterface({ input: createReadStream(traceFile) }));
  return readdirSync(join(root, CONTRACTS), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.clar') && !path.startsWith(TRAITS))
    .sort()
    .map((path) => join(root, CONTRACTS, path))
    .map((path) => judgeContract(basename(path, '.clar'), readFileSync(path, 'utf8'), sources.get(path)));
};

const report = (contracts: readonly ContractCoverage[]): number => {
  const short = contracts.filter(isShort);
  const missed = contracts.flatMap((contract) => contract.missed);
  say(`\n${formatTable(contracts)}\n\nnot reached: ${missed.length}`);
  for (const line of missed) say(`  ${line}`);
  for (const { name } of short)
    say(
      `too little of ${name}: it takes ${LEAST.functions} % of its functions, ${LEAST.lines} % of its lines`,
    );
  return short.length === 0 ? 0 : 1;
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
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
