import { Command, InvalidArgumentError } from 'commander';
import { createDisplay } from './stack/display.js';
import { onInterrupt } from './stack/on-interrupt.js';
import { runSamples } from './stack/run-samples.js';
import { startStack } from './stack/stack.js';
import { emptyStateDir, removeJournals } from './stack/state-dir.js';

interface StartOptions {
  readonly port: number;
  readonly blockTime: number;
  readonly burnEvery: number;
  readonly stateDir: string;
  readonly fresh: boolean;
}

const integer =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`);
  };

const { port, blockTime, burnEvery, stateDir, fresh } = new Command('npm start --')
  .description(
    'Runs all of FAC on this machine: a local node with the contracts, a keeper and a sample dApp.',
  )
  .option('--port <port>', 'port of the node; the next free one if it is taken', integer(0, 65_535), 20_443)
  .option('--block-time <ms>', 'milliseconds between Stacks blocks', integer(200, 60_000), 1_000)
  .option('--burn-every <n>', 'every n-th block is a Bitcoin block', integer(2, 1_000), 10)
  .option('--state-dir <dir>', 'holds journals, keys and logs', '.fac')
  .option('--fresh', 'empty the state directory first', false)
  .parse()
  .opts<StartOptions>();

const display = createDisplay(process.stdout);
if (fresh) emptyStateDir(stateDir);
// The node keeps its chain in memory, so this is a new chain.
else removeJournals(stateDir);

display.say('Starting a local Stacks node and deploying the contracts …');
const stack = await startStack({ stateDir, nodePort: port, blockTimeMs: blockTime, burnEvery });
onInterrupt(async (isHurried) => {
  display.say(
    isHurried ? 'Killing what is left …' : 'Stopping keeper and node; once more Ctrl-C kills them …',
  );
  await stack.stop(isHurried ? 0 : undefined);
  display.say('Stopped.');
});
try {
  const { isRight } = await runSamples(stack, display, stateDir);
  display.say(
    isRight ? 'Every task ended as it should.' : `Some task did not end as it should; see ${stateDir}/logs.`,
  );
  display.say('Node and keeper go on running. Ctrl-C ends them.');
} catch (error) {
  display.say(error instanceof Error ? error.message : String(error));
  await stack.stop();
  process.exit(1);
}
