import { Cl, cvToHex } from '@stacks/transactions';
import { createNodeClient, inParallel, until } from './node-client.js';
import { startNode } from './node-process.js';
import { makeScratchProject } from './scratch-project.js';
import type { Section } from './section.js';
import { makeCall, signCalls } from './signed-calls.js';

const CALLS = 5_000;
/** Each has 25 calls, fewer than the 27 nonces the mempool takes. */
const ACCOUNTS = 200;
const CONNECTIONS = 64;
const TARGET_SECONDS = 30;
const MEMORY_TARGET_MB = 200;

/** Pre-signed calls through HTTP until all are mined and the last one's map entry can be read. */
export const CALLS_SECTION: Section = {
  name: 'calls',
  async run() {
    const project = await makeScratchProject();
    const node = await startNode(project.manifest, ['--accounts', `${ACCOUNTS}`, '--block-time', '0']);
    const client = createNodeClient(node.url, CONNECTIONS);
    const [deployer] = node.accounts;
    const contractId = `${deployer?.address}.counter`;
    // The deployer's first nonce went into the contract.
    const signed = await signCalls(
      node.accounts.slice(0, ACCOUNTS),
      CALLS,
      (index) => makeCall(contractId, 'note', index + 1),
      (account) => (account === deployer ? 1n : 0n),
    );
    const entryOf = (id: number) =>
      client.postJson(`/v2/map_entry/${contractId.replace('.', '/')}/callers?proof=0`, cvToHex(Cl.uint(id)));
    const isMined = async (id: number) => !(await entryOf(id)).includes('"0x09"');
    const memoryBefore = node.rssMb();
    const startMs = performance.now();
    await inParallel(signed, CONNECTIONS, client.broadcast);
    const postedMs = performance.now() - startMs;
    const count = `/v2/data_var/${contractId.replace('.', '/')}/calls?proof=0`;
    const all = cvToHex(Cl.uint(CALLS));
    await until(`${CALLS} calls`, async () => (await client.get(count)).includes(all.replace('0x', '')));
    if (!(await isMined(CALLS))) throw new Error('the last call has left no entry');
    const seconds = (performance.now() - startMs) / 1_000;
    const grownMb = node.rssMb() - memoryBefore;
    client.close();
    await node.stop();
    await project.remove();
    return [
      { name: `${CALLS} calls, mined and readable`, unit: 's', value: seconds, target: TARGET_SECONDS },
      { name: 'of it until the last was accepted', unit: 's', value: postedMs / 1_000 },
      { name: 'calls per second', unit: '/s', value: CALLS / seconds },
      { name: 'memory growth', unit: 'MB', value: grownMb, target: MEMORY_TARGET_MB },
    ];
  },
};
