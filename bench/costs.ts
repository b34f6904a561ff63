import { resolve } from 'node:path';
import { CONTROL_CASES } from './costs/control-cases.js';
import { ENQUEUE_CASES } from './costs/enqueue-cases.js';
import { EXECUTE_CASES } from './costs/execute-cases.js';
import { brokenLimits, growth } from './costs/limits.js';
import { MANAGE_CASES } from './costs/manage-cases.js';
import { SERIES_CASES } from './costs/series-cases.js';
import { differences, readSnapshot, writeSnapshot } from './costs/snapshot.js';
import { measureCases } from './costs/store.js';
import { formatSummary } from './costs/summary.js';
import { SWEEP_CASES } from './costs/sweep-cases.js';
import { formatTable } from './costs/table.js';
import { TIME_CASES } from './costs/time-cases.js';
import { TOPIC_CASES } from './costs/topic-cases.js';
import { VIEW_CASES } from './costs/view-cases.js';
import { WORK_CASES } from './costs/work-cases.js';

const USAGE = `Usage: npm run bench:costs [-- --check | --write]
  Measures what each call costs with 1 and with 10,000 tasks stored, and compares with bench/costs.json.
  --check  measures with 1 task stored only (quick), prints what differs
  --write  renews bench/costs.json`;
const SMALL_STORE = 1;
const LARGE_STORE = 10_000;
const MANIFEST = resolve(process.cwd(), 'Clarinet.toml');
const SNAPSHOT = resolve(process.cwd(), 'bench/costs.json');
const CASES = [
  ...ENQUEUE_CASES,
  ...WORK_CASES,
  ...CONTROL_CASES,
  ...SWEEP_CASES,
  ...TIME_CASES,
  ...SERIES_CASES,
  ...EXECUTE_CASES,
  ...TOPIC_CASES,
  ...MANAGE_CASES,
  ...VIEW_CASES,
];

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
  const stores = large ? `${SMALL_STORE} task stored | ${LARGE_STORE.toLocaleString('en')} tasks stored` : '';
  console.log(`${stores}\n${formatTable(small, large)}\n\n${formatSummary(small)}`);
}

/** Prints what is wrong, if anything; returns whether all is well. */
function report(title: string, findings: readonly string[]): boolean {
  if (findings.length > 0) console.error(`${title}\n${findings.map((finding) => `  ${finding}`).join('\n')}`);
  return findings.length === 0;
}
