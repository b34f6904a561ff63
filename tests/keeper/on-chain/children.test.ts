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

describe('a keeper and the children of tasks', () => {
  it('does them once their parent has ended', async () => {
    const { prepare } = scene.dapp.queue;
    const order: bigint[] = [];
    const { keeper, lines } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: {
        echo: async ({ id, payload }) => {
          order.push(id);
          return payload;
        },
      },
    });
    const parent = await scene.run(prepare.enqueueTask({ template }));
    const children = [
      await scene.run(prepare.enqueueTask({ template, parents: [parent], priority: 15n })),
      await scene.run(prepare.enqueueTask({ template, parents: [parent], priority: 15n })),
    ];
    const grandchild = await scene.run(prepare.enqueueTask({ template, parents: children }));

    await scene.until(async () => (await scene.state(grandchild)).status === 'succeeded', [keeper]);

    expect(order).toEqual([parent, ...children, grandchild]);
    expect(lines.map(({ event }) => event)).toContain('children-released');
  });
});
