import { createFac, createHttpTransport } from '@fac/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWatcher } from '../../../keeper/src/watch/watcher.js';
import { openScene, type Scene } from '../on-chain/scene.js';

const MORE_TASKS = 40;
const BATCH = 20;

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.makeWorker(scene.accounts[0]);
}, 120_000);

afterAll(() => scene.close());

describe('watch', () => {
  it('asks the node as often with one task stored as with many', async () => {
    const template = await scene.makeTemplate('echo');
    const { queue, scheduler } = scene.dapp;
    const enqueue = async (tasks: number): Promise<void> => {
      for (let made = 0; made < tasks; made += 1) {
        const priority = BigInt(made % 16);
        const at = 1_000n + 200n * BigInt(made);
        const call =
          made % 2 === 0
            ? queue.prepare.enqueueTask({ template, priority })
            : scheduler.prepare.createAndSchedule({ template, clock: 'stacks', at });
        await scene.dapp.submit(call);
        if ((made + 1) % BATCH === 0 || made + 1 === tasks) await scene.node.mine();
      }
    };
    let asked = 0;
    const counting: typeof fetch = (...args) => {
      asked += 1;
      return fetch(...args);
    };
    const {
      registry,
      factory,
      queue: counted,
      transport,
    } = createFac({
      deployer: scene.dapp.deployer,
      transport: createHttpTransport({ nodeUrl: scene.node.url, fetch: counting }),
    });
    const port = {
      registry: registry.read,
      factory: factory.read,
      queue: counted.read,
      index: counted.index,
      transport,
    };
    const watcher = createWatcher(port, scene.accounts[0].address);
    const countQuestions = async (): Promise<number> => {
      asked = 0;
      await watcher.watch([]);
      return asked;
    };

    await enqueue(1);
    const withOne = await countQuestions();
    await enqueue(MORE_TASKS);
    const withMany = await countQuestions();

    expect(withOne).toBe(3);
    expect(withMany).toBe(withOne);
    expect((await watcher.watch([])).lastTaskId).toBe(BigInt(1 + MORE_TASKS));
  });
});
