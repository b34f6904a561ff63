import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { makeFixture, makeTemporaryDir } from './fixture.js';

interface Run {
  readonly code: number | null;
  readonly lines: readonly string[];
  /** What is left in the directory for temporary files. */
  readonly leftovers: readonly string[];
}

/** Runs the built script on the fixture; `signal` is sent as soon as it says that the control is green. */
const testMutants = async (args: readonly string[], signal?: NodeJS.Signals): Promise<Run> => {
  const temporary = makeTemporaryDir();
  const child = spawn(process.execPath, [resolve('.build/scripts/test-mutants.js'), ...args], {
    cwd: makeFixture(),
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line.replace(/ \([\d.]+ s\)$/, ''));
      if (signal !== undefined && line.startsWith('Control: green')) child.kill(signal);
    });
  }
  const [code] = await ended;
  return { code, lines, leftovers: readdirSync(temporary) };
};

describe('npm run test:mutants', () => {
  it('is content when every mutant is killed', async () => {
    expect(await testMutants(['--only', 'killed'])).toEqual({
      code: 0,
      lines: [
        'Control: 1 test files with the contracts as they are …',
        'Control: green, 1 tests',
        '[1/1] killed: killed by "adds" of tests/contracts/sum.test.ts',
        '1 mutants, 1 killed, 0 survived',
      ],
      leftovers: [],
    });
  });

  it('fails when one survives, or does not fit', async () => {
    const { code, lines } = await testMutants(['--only', 'survives', '--only', 'stale']);
    expect(code).toBe(1);
    expect(lines.slice(2)).toEqual([
      '[1/2] stale: UNFIT, these lines stand 0 times in contracts/sum.clar, not once; make the patch anew:',
      '(* a b)',
      '[2/2] survives: SURVIVED tests/contracts/sum.test.ts. survives breaks it.',
      '2 mutants, 0 killed, 1 survived, 1 unfit',
    ]);
  });

  it('refuses a name that no patch has', async () => {
    expect(await testMutants(['--only', 'immortal'])).toMatchObject({
      code: 1,
      lines: ['no tests/mutants/immortal.patch'],
    });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    expect(await testMutants(['--only', 'slow'], 'SIGINT')).toMatchObject({ code: 130, leftovers: [] });
  });
});
