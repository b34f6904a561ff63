import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEVNET } from '../../scripts/stack/devnet-accounts.js';
import { type Stack, startStack } from '../../scripts/stack/stack.js';

export interface StackUnderTest extends Stack {
  readonly stateDir: string;
}

/** A node with the contracts on a free port, in a temporary directory; all of it ends with the test. */
export const startTestStack = async (blockTimeMs: number): Promise<StackUnderTest> => {
  const stateDir = mkdtempSync(join(tmpdir(), 'fac-e2e-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const stack = await startStack({ stateDir, nodePort: 0, blockTimeMs, burnEvery: 10 });
  onTestFinished(() => stack.stop());
  return { ...stack, stateDir };
};

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Runs a program of ours to its end. */
export const runProgram = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const [code, signal] = await once(child, 'close');
  return { code, signal, output };
};

/** What the chain says of the sample tasks, asked with nothing of ours. */
export const verifyChain = ({ nodeUrl }: Stack, ...flags: readonly string[]): Promise<Ended> =>
  runProgram(['.build/scripts/verify-chain.js', nodeUrl, DEVNET.deployer.address, ...flags]);
