import { createNodeClient, until } from './node-client.js';
import { startNode } from './node-process.js';
import { makeScratchProject } from './scratch-project.js';
import { median, type Section } from './section.js';
import { makeCall, signCalls } from './signed-calls.js';

const TIMES = 20;
const TARGET_MS = 150;

/**
 * From the broadcast of a call that breaks its post-condition until its end can be read, with a block made at once;
 * beside it the same for a call that succeeds. The rollback itself is less than the former.
 */
export const ROLLBACK_SECTION: Section = {
  name: 'rollback',
  async run() {
    const project = await makeScratchProject();
    const node = await startNode(project.manifest, ['--block-time', '0']);
    const client = createNodeClient(node.url, 2);
    const [deployer, account] = node.accounts;
    if (deployer === undefined || account === undefined)
      throw new Error('a project has two accounts at least');
    const contractId = `${deployer.address}.counter`;
    const signed = await signCalls([account], 2 * TIMES, (index) =>
      makeCall(contractId, index % 2 === 0 ? 'note' : 'give', index + 1),
    );
    const times: [number[], number[]] = [[], []];
    for (const [index, transaction] of signed.entries()) {
      const startMs = performance.now();
      await client.broadcast(transaction);
      await until('a nonce', async () => {
        const { nonce } = JSON.parse(await client.get(`/v2/accounts/${account.address}?proof=0`));
        return nonce === index + 1;
      });
      times[index % 2 === 0 ? 0 : 1].push(performance.now() - startMs);
    }
    client.close();
    await node.stop();
    await project.remove();
    return [
      { name: 'aborted call, broadcast to mined', unit: 'ms', value: median(times[1]), target: TARGET_MS },
      { name: 'successful call, broadcast to mined', unit: 'ms', value: median(times[0]) },
    ];
  },
};
