import { once } from 'node:events';
import { connect } from './set-up.js';

/** A worker that takes a task as soon as it is told to, and dies. */
const [nodeUrl = '', deployer = '', queue = '', feeUstx = ''] = process.argv.slice(2);
const worker = connect(nodeUrl, deployer, process.env.FAC_DOOMED_KEY ?? '');
process.stdout.write(`${JSON.stringify({ event: 'doomed-worker-ready', worker: worker.address })}\n`);
await once(process.stdin, 'data');
await worker.queue.dequeueFrom({ queue: BigInt(queue), n: 1n }, { feeUstx: BigInt(feeUstx) });
process.kill(process.pid, 'SIGKILL');
