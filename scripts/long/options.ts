import { Command, InvalidArgumentError } from 'commander';

export interface LongOptions {
  readonly minutes: number;
  /** Left out: any. */
  readonly seed?: number | undefined;
  readonly operations: number;
}

/** Seeds count up from the first one, so that the last is still a whole number of 32 bits. */
export const MAX_SEED = 2 ** 31 - 1;

const number =
  (min: number, max: number, isWhole: boolean) =>
  (text: string): number => {
    const value = Number(text);
    const isNumber = text.trim() !== '' && value >= min && value <= max;
    if (isNumber && (!isWhole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`expected a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}.`);
  };

/** The options of `npm run test:long`. */
export const longCommand = (): Command =>
  new Command('npm run test:long --')
    .description(
      'Makes random calls on the contracts and in a plain model and compares after each, one seed after the other.\n' +
        'Exits 0 when they always agreed, 1 at the first disagreement, with the command that repeats it.',
    )
    .option('--minutes <n>', 'no run begins after so long; 0 makes one run', number(0, 10_000, false), 30)
    .option('--seed <n>', 'seed of the first run; the others count up from it', number(0, MAX_SEED, true))
    .option('--operations <n>', 'calls of each run', number(100, 100_000, true), 3_000)
    .allowExcessArguments(false);
