import { Cl, cvToHex } from '@stacks/transactions';
import { createNodeClient, type NodeClient } from './node-client.js';
import { startNode } from './node-process.js';
import { makeScratchProject } from './scratch-project.js';
import { type Figure, median, type Section } from './section.js';
import { makeCall, signCalls } from './signed-calls.js';

const READS = 200;
const READ_TARGET_MS = 5;
const LARGE_KILOBYTES = [1, 10, 39];
const CALL_READ_MS_PER_KILOBYTE = 0.4;
/** Calls in each of the blocks that are made meanwhile. */
const CALLS_PER_SECOND = 20;
const SECONDS_OF_LOAD = 25;

/** Reads, one after the other, while a block is made every second with calls in it. */
export const READS_SECTION: Section = {
  name: 'reads',
  async run() {
    const project = await makeScratchProject(LARGE_KILOBYTES);
    const node = await startNode(project.manifest, ['--accounts', '40']);
    const client = createNodeClient(node.url, 8);
    const [deployer] = node.accounts;
    const address = `${deployer?.address}`;
    const stopLoad = await putUnderLoad(client, address, node.accounts.slice(1));
    const path = `${address}/counter`;
    const figures: Figure[] = [];
    const measure = async (name: string, target: number, read: () => Promise<string>) => {
      const times: number[] = [];
      for (let n = 0; n < READS; n++) {
        const startMs = performance.now();
        await read();
        times.push(performance.now() - startMs);
      }
      figures.push({ name, unit: 'ms', value: median(times), target });
    };
    await measure('account', READ_TARGET_MS, () => client.get(`/v2/accounts/${address}?proof=0`));
    await measure('data var', READ_TARGET_MS, () => client.get(`/v2/data_var/${path}/calls?proof=0`));
    await measure('map entry', READ_TARGET_MS, () =>
      client.postJson(`/v2/map_entry/${path}/callers?proof=0`, cvToHex(Cl.uint(1))),
    );
    for (const kilobytes of LARGE_KILOBYTES) {
      const target = READ_TARGET_MS + CALL_READ_MS_PER_KILOBYTE * kilobytes;
      await measure(`call-read of ${kilobytes} KB`, target, () =>
        client.postJson(`/v2/contracts/call-read/${address}/large-${kilobytes}/look`, {
          sender: address,
          arguments: [],
        }),
      );
    }
    await stopLoad();
    client.close();
    await node.stop();
    await project.remove();
    return figures;
  },
};

/** Broadcasts calls evenly; returns what ends that. */
async function putUnderLoad(
  client: NodeClient,
  deployer: string,
  accounts: Parameters<typeof signCalls>[0],
): Promise<() => Promise<void>> {
  const signed = await signCalls(accounts, CALLS_PER_SECOND * SECONDS_OF_LOAD, (index) =>
    makeCall(`${deployer}.counter`, 'note', index + 1),
  );
  let next = 0;
  let failure: unknown;
  const fail = (error: unknown) => {
    failure = error;
  };
  const timer = setInterval(() => {
    const transaction = signed[next++];
    if (transaction !== undefined) client.broadcast(transaction).catch(fail);
  }, 1_000 / CALLS_PER_SECOND);
  return async () => {
    clearInterval(timer);
    if (failure !== undefined) throw failure;
  };
}
