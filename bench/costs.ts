import { resolve } from 'node:path';
import { LIFE_CASES } from './costs/life-cases.js';
import { brokenLimits, growth, lifeCost } from './costs/limits.js';
import { OTHER_CASES } from './costs/other-cases.js';
import { differences, readSnapshot, writeSnapshot } from './costs/snapshot.js';
import { measureCases } from './costs/store.js';
import { formatTable } from './costs/table.js';
import { TIME_CASES } from './costs/time-cases.js';

const USAGE = `Usage: npm run bench:costs [-- --check | --write]
  Measures what each call costs with 1 and with 2,000 tasks stored, and compares with bench/costs.json.
  --check  measures with 1 task stored only (quick), prints what differs
  --write  renews bench/costs.json`;
const SMALL_STORE = 1;
const LARGE_STORE = 2_000;
const MANIFEST = resolve(process.cwd(), 'Clarinet.toml');
const SNAPSHOT = resolve(process.cwd(), 'bench/costs.json');
const CASES = [...LIFE_CASES, ...TIME_CASES, ...OTHER_CASES];

type Mode = 'full' | 'check' | 'write';

process.exitCode = await main(process.argv.slice(2));

async function main(flags: readonly string[]): Promise<number> {
  const mode = parseMode(flags);
  if (!mode) {
    console.error(USAGE);
    return 1;
  }
  const small = await measureCases(CASES, MANIFEST, SMALL_STORE);
  const large = mode === 'full' ? await measureCases(CASES, MANIFEST, LARGE_STORE) : undefined;
  if (mode !== 'check') printTable(small, large);
  if (mode === 'write') {
    writeSnapshot(SNAPSHOT, small);
    console.log('bench/costs.json is renewed');
  }
  const snapshot = readSnapshot(SNAPSHOT);
  const isFine = [
    report('Over budget:', brokenLimits(CASES, small)),
    report('Costs grow with what is stored:', large ? growth(small, large) : []),
    report(
      'Costs differ from bench/costs.json; if that is meant, `npm run bench:costs -- --write` renews it, and the commit says why:',
      snapshot ? differences(snapshot, small) : ['bench/costs.json is missing'],
    ),
  ].every(Boolean);
  if (isFine) console.log(`costs: ${small.size} cases as committed, within budget`);
  return isFine ? 0 : 1;
}

function parseMode(flags: readonly string[]): Mode | undefined {
  if (flags.length === 0) return 'full';
  if (flags.length > 1) return undefined;
  return flags[0] === '--check' ? 'check' : flags[0] === '--write' ? 'write' : undefined;
}

function printTable(
  small: Parameters<typeof formatTable>[0],
  large: Parameters<typeof formatTable>[1],
): void {
  const { reads, writes } = lifeCost(small);
  const stores = large ? `${SMALL_STORE} task stored | ${LARGE_STORE.toLocaleString('en')} tasks stored` : '';
  console.log(
    `${stores}\n${formatTable(small, large)}\n\nA whole life, worst case: ${reads} reads, ${writes} writes`,
  );
}

/** Prints what is wrong, if anything; returns whether all is well. */
function report(title: string, findings: readonly string[]): boolean {
  if (findings.length > 0) console.error(`${title}\n${findings.map((finding) => `  ${finding}`).join('\n')}`);
  return findings.length === 0;
}
