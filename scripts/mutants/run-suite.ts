import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judgeReport, type SuiteReport, type SuiteResult } from './suite-report.js';

/**
 * Runs test files of the contracts project in a copy of the repository, all of them for an empty list, up to the first
 * test that fails. A process group of its own: what it starts ends with it when the signal is aborted.
 */
export const runSuite = async (
  dir: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<SuiteResult> => {
  signal.throwIfAborted();
  const report = join(dir, 'mutants-report.json');
  rmSync(report, { force: true });
  const vitest = join(dir, 'node_modules/vitest/vitest.mjs');
  const flags = ['--project=contracts', '--bail=1', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...flags, ...files], {
    cwd: dir,
    stdio: 'ignore',
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('vitest did not start');
  const kill = (): void => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  };
  signal.addEventListener('abort', kill, { once: true });
  try {
    await once(child, 'close');
  } finally {
    signal.removeEventListener('abort', kill);
  }
  signal.throwIfAborted();
  if (!existsSync(report)) return { kind: 'idle' };
  return judgeReport(JSON.parse(readFileSync(report, 'utf8')) as SuiteReport, dir); // written by vitest alone
};
