import { DisagreementError } from '../tests/properties/run.js';
import { type LongOptions, longCommand, MAX_SEED } from './long/options.js';
import { createProgress } from './long/progress.js';
import { runSeeds } from './long/run-seeds.js';
import { formatSummary } from './long/summary.js';

const INTERRUPTED = 130;

const options = longCommand().parse().opts<LongOptions>();
const { minutes, operations } = options;
const first = options.seed ?? Math.trunc(Math.random() * MAX_SEED);

const abort = new AbortController();
process.on('SIGINT', () => {
  if (abort.signal.aborted) process.exit(INTERRUPTED);
  abort.abort();
});

try {
  const progress = createProgress(process.stdout, minutes);
  const outcome = await runSeeds({ first, minutes, operations, signal: abort.signal, progress });
  console.log(formatSummary(outcome));
  console.log(`${abort.signal.aborted ? 'Interrupted; so far' : 'Done:'} all calls agreed with the model.`);
  if (abort.signal.aborted) process.exitCode = INTERRUPTED;
} catch (error) {
  if (!(error instanceof DisagreementError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
