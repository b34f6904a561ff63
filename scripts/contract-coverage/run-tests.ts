import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Runs the tests of the contracts, or those that the filters name; true when all pass. The trace goes to a file. */
export const runTests = async (
  filters: readonly string[],
  traceFile: string,
  signal: AbortSignal,
): Promise<boolean> => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const args = ['run', '--project', 'contracts', '--reporter', 'dot', ...filters];
  const forSimnet = ['--', '--coverage', '--coverage-filename', traceFile];
  const child = spawn(process.execPath, [vitest, ...args, ...forSimnet], { stdio: 'inherit' });
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop);
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
