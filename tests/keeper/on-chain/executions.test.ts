import { createHash } from 'node:crypto';
import { Cl, serializeCV } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
let queue: bigint;

beforeAll(async () => {
  scene = await openScene();
  await scene.makeWorker(scene.accounts[0]);
  queue = await scene.run(scene.dapp.factory.prepare.createQueue({ name: 'onchain', kind: 'onchain' }));
}, 120_000);

afterAll(() => scene.close());

/** A template of the on-chain queue whose tasks this contract of the deployer does. */
async function makeOnchainTemplate(name: string, config: Readonly<Record<string, unknown>> = {}) {
  const contract = `${scene.dapp.deployer}.${name}`;
  const source = await scene.dapp.transport.fetchContractSource(contract);
  const hash = new Uint8Array(createHash('sha512-256').update(source).digest());
  return scene.makeTemplate(name, { queue, handler: { contract, hash }, ...config });
}

const openKeeper = () =>
  scene.openKeeper({ account: scene.accounts[0], handlers: {}, onchainQueues: [queue] });
const bufferOf = (value: Parameters<typeof serializeCV>[0]) => Buffer.from(serializeCV(value), 'hex');
const ended = (ids: readonly bigint[]) => async () => {
  const states = await Promise.all(ids.map((id) => scene.state(id)));
  return states.every(({ status }) => status === 'succeeded' || status === 'failed');
};

describe('a keeper of an on-chain queue', () => {
  it('executes a task and is paid', async () => {
    const template = await makeOnchainTemplate('heartbeat-counter');
    const { keeper, lines } = await openKeeper();
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template, rewardUstx: 500n }));

    await scene.until(ended([id]), [keeper]);
    await keeper.tick();

    expect(await scene.state(id)).toMatchObject({
      status: 'succeeded',
      attempts: 1n,
      worker: keeper.address,
      result: new Uint8Array(bufferOf(Cl.uint(1))),
    });
    const worker = await scene.dapp.registry.read.getWorker({ worker: keeper.address });
    expect(worker).toMatchObject({ succeeded: 1n, earnedUstx: 500n, mask: 0n });
    expect(lines.find(({ event }) => event === 'executed')?.fields).toMatchObject({
      taskId: id,
      paidUstx: '"500"',
    });
  });

  it('executes a task at its time', async () => {
    const template = await makeOnchainTemplate('heartbeat-counter');
    const { keeper } = await openKeeper();
    const { stacks } = await scene.dapp.queue.read.getNext();
    const at = stacks + 6n;
    const id = await scene.run(
      scene.dapp.scheduler.prepare.createAndSchedule({ template, clock: 'stacks', at }),
    );

    await scene.until(ended([id]), [keeper]);

    expect((await scene.state(id)).claimed).toBeGreaterThanOrEqual(at);
  });

  it('goes on with a task that continues itself, step by step, each for its price', async () => {
    const template = await makeOnchainTemplate('chained-job', { maxSteps: 3n });
    const { keeper } = await openKeeper();
    const payload = new Uint8Array(
      bufferOf(Cl.tuple({ units: Cl.uint(12), done: Cl.uint(0), sum: Cl.uint(0) })),
    );
    const id = await scene.run(
      scene.dapp.queue.prepare.enqueueTask({ template, payload, rewardUstx: 10n, steps: 3n }),
    );

    await scene.until(ended([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({
      status: 'succeeded',
      escrowUstx: 0n,
      result: new Uint8Array(bufferOf(Cl.uint(650))),
    });
    const vault = await scene.dapp.transport.fetchAccount(`${scene.dapp.deployer}.async-queue`);
    expect(vault.balanceUstx).toBe(0n);
  });

  it('tries again, in its time, what its handler refuses', async () => {
    const template = await makeOnchainTemplate('chained-job', { maxAttempts: 2n, retryDelay: 2n });
    const { keeper } = await openKeeper();
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));

    await scene.until(ended([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({ status: 'failed', attempts: 2n, code: 3200n });
  });
});
