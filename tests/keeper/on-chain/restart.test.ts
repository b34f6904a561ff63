import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from './scene.js';

let scene: Scene;
let template: bigint;

beforeAll(async () => {
  scene = await openScene();
  await scene.makeWorker(scene.accounts[0]);
  template = await scene.makeTemplate('echo');
}, 120_000);

afterAll(() => scene.close());

const handlers = { echo: async () => new Uint8Array([1]) };

describe('a keeper that comes back', () => {
  it('runs the leases it finds on chain, as the same attempt', async () => {
    const account = scene.accounts[0];
    const dead = await scene.openKeeper({ account, handlers: { echo: () => new Promise(() => {}) } });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));
    await scene.until(async () => dead.lines.some(({ event }) => event === 'running'), [dead.keeper]);

    const back = await scene.openKeeper({ account, handlers });
    await scene.until(async () => (await scene.state(id)).status === 'succeeded', [back.keeper]);

    expect(await scene.state(id)).toMatchObject({ attempts: 1n });
  });

  it('does not run a task again whose settlement is under way', async () => {
    const account = scene.accounts[0];
    const dead = await scene.openKeeper({ account, handlers });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));
    const sent = () =>
      dead.lines.some(({ event, fields }) => event === 'broadcast' && fields.purpose === `settle:${id}:1`);
    while (!sent()) {
      await dead.keeper.tick();
      if (!sent()) await scene.node.mine();
    }

    const back = await scene.openKeeper({ account, handlers });
    await scene.until(async () => (await scene.state(id)).status === 'succeeded', [back.keeper]);

    expect(back.lines.map(({ event }) => event)).not.toContain('running');
  });

  it('leaves no nonce unused and finds its own journal in order', async () => {
    const account = scene.accounts[0];
    const { keeper, lines } = await scene.openKeeper({ account, handlers });
    const ids = await Promise.all(
      [1, 2, 3].map(() => scene.run(scene.dapp.queue.prepare.enqueueTask({ template }))),
    );
    await scene.until(
      async () => (await Promise.all(ids.map(scene.state))).every(({ status }) => status === 'succeeded'),
      [keeper],
    );
    await keeper.tick();

    const nonces = await scene.dapp.transport.fetchNonces(account.address);
    expect(nonces.missingNonces).toEqual([]);
    expect(nonces.mempoolNonces).toEqual([]);
    expect(lines.map(({ event }) => event)).not.toContain('same-key-suspected');
  });
});
