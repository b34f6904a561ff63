import { checkReady } from '@fac/keeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
let template: bigint;

beforeAll(async () => {
  scene = await openScene();
  const [first, second] = scene.accounts;
  await scene.makeWorker(first);
  await scene.makeWorker(second);
  template = await scene.makeTemplate('echo', { lease: 12n, maxLease: 12n, retryDelay: 1n });
}, 120_000);

afterAll(() => scene.close());

const handlers = { echo: async ({ payload }: { readonly payload: Uint8Array }) => payload };

async function enqueue(count: number): Promise<bigint[]> {
  const sent = [];
  for (let at = 0; at < count; at += 1) {
    sent.push(await scene.dapp.submit(scene.dapp.queue.prepare.enqueueTask({ template, rewardUstx: 10n })));
  }
  await scene.node.mine();
  const receipts = await Promise.all(sent.map((one) => scene.dapp.confirm(one, { timeoutMs: 5_000 })));
  return receipts.map(({ value }) => value);
}

const succeeded = (ids: readonly bigint[]) => async () => {
  const states = await Promise.all(ids.map((id) => scene.state(id)));
  return states.every(({ status }) => status === 'succeeded');
};

describe('two keepers', () => {
  it('share the work when each has its own account', async () => {
    const [first, second] = scene.accounts;
    const one = await scene.openKeeper({ account: first, handlers });
    const two = await scene.openKeeper({ account: second, handlers });
    const ids = await enqueue(20);

    await scene.until(succeeded(ids), [one.keeper, two.keeper]);

    const read = scene.dapp.registry.read.getWorker;
    const shares = [await read({ worker: first.address }), await read({ worker: second.address })];
    expect(shares.reduce((sum, { succeeded: done }) => sum + done, 0n)).toBe(20n);
    for (const { succeeded: done } of shares) expect(done).toBeGreaterThanOrEqual(4n);
  }, 180_000);

  it('say so and settle each task once when they sign with the same key', async () => {
    const [first] = scene.accounts;
    const before = await scene.dapp.registry.read.getWorker({ worker: first.address });
    const one = await scene.openKeeper({ account: first, handlers });
    const two = await scene.openKeeper({ account: first, handlers, directory: `${one.directory}-twin` });
    await two.keeper.tick();
    const ids = await enqueue(6);

    await scene.until(succeeded(ids), [one.keeper, two.keeper]);

    const after = await scene.dapp.registry.read.getWorker({ worker: first.address });
    expect(after.succeeded - before.succeeded).toBe(6n);
    expect(after.earnedUstx - before.earnedUstx).toBe(60n);
    const said = [...one.lines, ...two.lines].map(({ event }) => event);
    expect(said).toContain('same-key-suspected');
  }, 180_000);
});

describe('a lease that runs out', () => {
  it('is reclaimed by another keeper, which then does the task', async () => {
    const [first, second] = scene.accounts;
    const dead = await scene.openKeeper({ account: first, handlers: { echo: () => new Promise(() => {}) } });
    const [id = 0n] = await enqueue(1);
    await scene.until(async () => (await scene.state(id)).status === 'running', [dead.keeper]);
    await dead.crash();

    const { keeper, lines } = await scene.openKeeper({ account: second, handlers });
    await scene.until(succeeded([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({ attempts: 2n, worker: second.address });
    expect(lines.map(({ event }) => event)).toContain('reclaimed');
  });
});

describe('checkReady', () => {
  const check = (address: string, queues: readonly string[], types: readonly string[]) =>
    checkReady({
      fac: scene.dapp,
      address,
      queues,
      handlers: Object.fromEntries(types.map((type) => [type, handlers.echo])),
    });

  it('gives the ids of the queues it covers', async () => {
    const ready = await check(scene.accounts[0].address, ['default', '0'], ['echo']);
    expect(ready).toEqual({ queues: [0n], onchainQueues: [] });
  });

  it('refuses a queue with a template that no handler does', async () => {
    await expect(check(scene.accounts[0].address, ['default'], ['other'])).rejects.toMatchObject({
      code: 'MISMATCH_QUEUE_UNSERVED',
      message: expect.stringContaining('"echo"'),
    });
  });

  it('refuses a queue that is not there', async () => {
    await expect(check(scene.accounts[0].address, ['nope'], ['echo'])).rejects.toMatchObject({
      code: 'NOT_FOUND_QUEUE',
      message: expect.stringContaining('It has: default'),
    });
  });

  it('needs no handler for an on-chain queue', async () => {
    const id = await scene.run(scene.dapp.factory.prepare.createQueue({ name: 'onchain', kind: 'onchain' }));
    const ready = await check(scene.accounts[0].address, ['onchain', 'default'], ['echo']);
    expect(ready).toEqual({ queues: [0n], onchainQueues: [id] });
  });

  it('refuses an account that is not a worker', async () => {
    const { address } = scene.accounts[3];
    await expect(check(address, ['default'], ['echo'])).rejects.toMatchObject({
      code: 'NOT_FOUND_WORKER',
      message: expect.stringContaining(address),
    });
  });
});
