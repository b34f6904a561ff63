import { resolve } from 'node:path';
import { createFac, createKeySigner } from '@fac/sdk';
import { createNodeClient, inParallel, until } from './node-client.js';
import { startNode } from './node-process.js';
import type { Section } from './section.js';
import { signCalls } from './signed-calls.js';

const ACCOUNTS = 40;
const CALLS = 1_000;
const CONNECTIONS = 64;

/** FAC's own enqueue-task, with a reward in escrow and its post-condition, until all tasks are on chain. */
export const ENQUEUE_SECTION: Section = {
  name: 'enqueue',
  async run() {
    const node = await startNode(resolve('Clarinet.toml'), [
      '--accounts',
      `${ACCOUNTS}`,
      '--block-time',
      '0',
    ]);
    const client = createNodeClient(node.url, CONNECTIONS);
    const [deployer] = node.accounts;
    const producers = node.accounts.slice(1, ACCOUNTS);
    if (deployer === undefined) throw new Error('the project has a deployer');
    const signer = createKeySigner({ privateKey: deployer.privateKey, network: 'devnet' });
    const fac = createFac({ network: node.url, deployer: deployer.address, signer, pollMs: 50 });
    const roles = ['templateManager', 'producer'] as const;
    await fac.registry.registerCoordinator({ coordinator: deployer.address, roles: [...roles] });
    const taskType = await fac.factory.createTaskType({ name: 'bench' });
    const config = { name: 'bench', maxAttempts: 1n, lease: 12n, maxLease: 120n, open: true };
    const template = await fac.factory.createTaskTemplate({ taskType: taskType.value, config });
    const payload = new TextEncoder().encode('measured');
    const signed = await signCalls(producers, CALLS, () =>
      fac.queue.prepare.enqueueTask({ template: template.value, payload, rewardUstx: 1_000n }),
    );
    const startMs = performance.now();
    await inParallel(signed, CONNECTIONS, client.broadcast);
    const perAccount = Math.ceil(CALLS / producers.length);
    for (const { address } of producers.slice(0, CALLS % producers.length || producers.length)) {
      await until('the tasks', async () => {
        const { nonce } = JSON.parse(await client.get(`/v2/accounts/${address}?proof=0`));
        return nonce === perAccount;
      });
    }
    const seconds = (performance.now() - startMs) / 1_000;
    client.close();
    await node.stop();
    return [{ name: "FAC's enqueue-task, mined", unit: '/s', value: CALLS / seconds }];
  },
};
