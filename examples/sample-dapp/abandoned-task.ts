import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fac } from '@fac/sdk';
import { bytesOf, type SampleTask, STX } from './sample-tasks.js';
import type { SampleTemplates } from './set-up.js';

const TASK_FEE_USTX = 900_000n;
const DOOMED_FEE_USTX = 800_000n;

/**
 * Work whose first worker dies with the lease in its hands. The worker bids a little less for its place in the block
 * than the task does, and far more than a keeper: it comes after the task and before every keeper. `dapp` must have
 * nothing else under way, or the task would wait for its turn behind that.
 */
export const makeAbandonedTask = async (
  dapp: Fac,
  nodeUrl: string,
  { fragile, fragileQueue }: SampleTemplates,
): Promise<SampleTask> => {
  const program = fileURLToPath(new URL('doomed-worker.js', import.meta.url));
  const args = [program, nodeUrl, dapp.deployer, `${fragileQueue}`, `${DOOMED_FEE_USTX}`];
  const worker = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(worker, 'close');
  await once(createInterface({ input: worker.stdout }), 'line');

  const call = dapp.queue.prepare.enqueueTask({
    template: fragile,
    payload: bytesOf('abandoned'),
    rewardUstx: 6n * STX,
  });
  const submission = await dapp.submit(call, { feeUstx: TASK_FEE_USTX });
  worker.stdin.end('go\n');
  const { value: id } = await dapp.confirm(submission);
  const [code, signal] = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the worker that was to die ended with code ${code}`);
  return { label: 'abandoned', handle: dapp.task(id), expected: 'succeeded' };
};
