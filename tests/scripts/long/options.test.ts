import { describe, expect, it } from 'vitest';
import { longCommand } from '../../../scripts/long/options.js';

function parse(args: readonly string[]) {
  const said: string[] = [];
  const keep = (text: string) => said.push(text);
  const command = longCommand().exitOverride().configureOutput({ writeErr: keep, writeOut: keep });
  try {
    return { options: command.parse([...args], { from: 'user' }).opts(), says: said.join('') };
  } catch {
    return { options: undefined, says: said.join('') };
  }
}

describe('the options of test:long', () => {
  it('are half an hour, runs of 3,000 calls and any seed', () => {
    expect(parse([])).toEqual({ options: { minutes: 30, operations: 3_000 }, says: '' });
  });

  it('take what is inside the bounds', () => {
    const args = ['--minutes=0.5', '--seed=0', '--operations=100000'];
    expect(parse(args).options).toEqual({ minutes: 0.5, seed: 0, operations: 100_000 });
  });

  it.each([
    ['--minutes=-1', "option '--minutes <n>' argument '-1' is invalid. expected a number from 0 to 10000."],
    ['--minutes=', "option '--minutes <n>' argument '' is invalid. expected a number from 0 to 10000."],
    [
      '--seed=1.5',
      "option '--seed <n>' argument '1.5' is invalid. expected a whole number from 0 to 2147483647.",
    ],
    [
      '--operations=99',
      "option '--operations <n>' argument '99' is invalid. expected a whole number from 100 to",
    ],
    ['--operations=many', "option '--operations <n>' argument 'many' is invalid."],
    ['--hours=1', "unknown option '--hours=1'"],
    ['more', 'too many arguments'],
  ])('refuse %s', (arg, says) => {
    const outcome = parse([arg]);
    expect(outcome.options).toBeUndefined();
    expect(outcome.says).toContain(says);
  });

  it('are told by --help', () => {
    expect(parse(['--help']).says).toMatch(/--minutes <n>[\s\S]*--seed <n>[\s\S]*--operations <n>/);
  });
});
