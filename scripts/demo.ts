import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEVNET } from './stack/devnet-accounts.js';
import { createDisplay } from './stack/display.js';
import { onInterrupt } from './stack/on-interrupt.js';
import { runSamples } from './stack/run-samples.js';
import { type Stack, startStack } from './stack/stack.js';

/** `npm start` on free ports in a temporary directory; its exit code is what the chain says. */
const stateDir = mkdtempSync(join(tmpdir(), 'fac-demo-'));
const display = createDisplay(process.stdout);
let stack: Stack | undefined;

const cleanUp = async (graceMs?: number): Promise<void> => {
  await stack?.stop(graceMs);
  rmSync(stateDir, { recursive: true, force: true });
};
onInterrupt((isHurried) => cleanUp(isHurried ? 0 : undefined));

const verifyChain = (nodeUrl: string): Promise<number> =>
  new Promise((resolve) => {
    const args = ['.build/scripts/verify-chain.js', nodeUrl, DEVNET.deployer.address];
    spawn(process.execPath, args, { stdio: 'inherit' }).once('close', (code) => resolve(code ?? 1));
  });

let exitCode = 1;
try {
  display.say('Starting a local Stacks node and deploying the contracts …');
  stack = await startStack({ stateDir, nodePort: 0, blockTimeMs: 500, burnEvery: 10 });
  const { keeper } = await runSamples(stack, display, stateDir);
  await keeper.stop();
  display.say('Asking the chain itself:');
  exitCode = await verifyChain(stack.nodeUrl);
} catch (error) {
  display.say(error instanceof Error ? error.message : String(error));
} finally {
  await cleanUp();
}
process.exitCode = exitCode;
