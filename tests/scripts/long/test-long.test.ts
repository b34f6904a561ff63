import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCRIPT = join(ROOT, '.build/scripts/test-long.js');

/** Runs the built script to its end; `onSaid` sees what it has written so far. */
async function run(
  args: readonly string[],
  { cwd = ROOT, onSaid }: { cwd?: string; onSaid?: (said: string, interrupt: () => void) => void } = {},
) {
  const child = spawn(process.execPath, [SCRIPT, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      onSaid?.(said, () => child.kill('SIGINT'));
    });
  const [code] = await once(child, 'close');
  return { code, said };
}

/** A copy of the contracts in which one text is another. */
function copyWith(contract: string, text: string, other: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'fac-long-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  for (const part of ['Clarinet.toml', 'contracts', 'deployments', 'settings'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  const path = join(copy, 'contracts', contract);
  const source = readFileSync(path, 'utf8');
  expect(source).toContain(text);
  writeFileSync(path, source.replace(text, other));
  return copy;
}

describe('test:long', { timeout: 180_000 }, () => {
  it('makes one run in no minutes and says what was tried and reached', async () => {
    const { code, said } = await run(['--minutes=0', '--seed=5', '--operations=120']);

    expect(said).toMatch(/^run of 120 calls, seed 5\n/);
    expect(said).toMatch(/^enqueue-task +\d+ +\d+ %$/m);
    expect(said).toMatch(/^refusals: \d+ of \d+ reached; not: /m);
    expect(said).toMatch(/^1 run, seed 5: 120 calls in \d+ s/m);
    expect(code).toBe(0);
  });

  it('ends with the summary when it is interrupted', async () => {
    const { code, said } = await run(['--seed=5'], {
      onSaid: (soFar, interrupt) => {
        if (soFar.endsWith('seed 5\n')) interrupt();
      },
    });

    expect(said).toMatch(/^1 run, seed 5: \d+ calls in \d+ s/m);
    expect(said).toMatch(/^Interrupted; so far all calls agreed with the model\.$/m);
    expect(code).toBe(130);
  });

  it('names the difference and the command that repeats it when chain and model disagree', async () => {
    const cwd = copyWith(
      'coordinator-registry.clar',
      'value: u0}) ;; 1: anyone may execute',
      'value: u1}) ;;',
    );

    const { code, said } = await run(['--minutes=0', '--seed=5', '--operations=120'], { cwd });

    expect(said).toMatch(/the chain \(\+\) and the model \(-\) disagree/);
    expect(said).toMatch(/^To repeat it: npm run test:long -- --minutes=0 --seed=5 --operations=120$/m);
    expect(code).toBe(1);
  });
});
