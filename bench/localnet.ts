import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CALLS_SECTION } from './localnet/calls-section.js';
import { ENQUEUE_SECTION } from './localnet/enqueue-section.js';
import { READS_SECTION } from './localnet/reads-section.js';
import { formatReport, isWithin, makeReport } from './localnet/report.js';
import { ROLLBACK_SECTION } from './localnet/rollback-section.js';
import type { Figure } from './localnet/section.js';
import { START_SECTION } from './localnet/start-section.js';

const SECTIONS = [START_SECTION, READS_SECTION, ROLLBACK_SECTION, CALLS_SECTION, ENQUEUE_SECTION];
const RESULTS = resolve(process.cwd(), 'bench/localnet.json');

const command = new Command('npm run bench:localnet --')
  .description(
    'Measures the local node as a user meets it: a process of its own, asked over HTTP. Runs alone on the machine.\n' +
      'Exits 1 when a median is above its target.',
  )
  .option('--runs <n>', 'runs of each section', parseRuns, 5)
  .option('--only <section>', `one of ${SECTIONS.map(({ name }) => name).join(', ')}`)
  .option('--write', 'keep the runs in bench/localnet.json', false)
  .allowExcessArguments(false);
const { runs, only, write } = command.parse().opts<{ runs: number; only?: string; write: boolean }>();
const sections = SECTIONS.filter(({ name }) => only === undefined || name === only);
if (sections.length === 0) command.error(`there is no section "${only}"`);

const figures: (readonly Figure[])[] = [];
for (const section of sections) {
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`${section.name}: run ${run} of ${runs}\n`);
    figures.push(await section.run());
  }
}
const report = makeReport(figures);
console.log(formatReport(report));
if (write) await writeFile(RESULTS, `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = report.figures.every(isWithin) ? 0 : 1;

function parseRuns(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 50) return count;
  throw new InvalidArgumentError('expected a whole number from 1 to 50.');
}
