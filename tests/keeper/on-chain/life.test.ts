import { TaskFailure } from '@fac/keeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from './scene.js';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.makeWorker(scene.accounts[0]);
}, 120_000);

afterAll(() => scene.close());

const ended = (ids: readonly bigint[]) => async () => {
  const states = await Promise.all(ids.map((id) => scene.state(id)));
  return states.every(({ status }) => ['succeeded', 'failed', 'cancelled'].includes(status));
};

describe('createKeeper', () => {
  it('claims, runs and settles a task, and is paid', async () => {
    const template = await scene.makeTemplate('echo');
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: { echo: async ({ payload }) => payload },
    });
    const payload = new TextEncoder().encode('hello');
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template, rewardUstx: 500n, payload }));

    await scene.until(ended([id]), [keeper]);

    const state = await scene.state(id);
    expect(state).toMatchObject({ status: 'succeeded', attempts: 1n, result: payload });
    const worker = await scene.dapp.registry.read.getWorker({ worker: keeper.address });
    expect(worker).toMatchObject({ succeeded: 1n, earnedUstx: 500n, mask: 0n });
  });

  it('fails twice and then succeeds, each retry in its time', async () => {
    const template = await scene.makeTemplate('third-time', {
      maxAttempts: 3n,
      retryDelay: 2n,
      doubling: false,
    });
    const attempts: bigint[] = [];
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: {
        'third-time': async (_task, { attempt }) => {
          attempts.push(attempt);
          if (attempt < 3n) throw new TaskFailure('not yet', { code: 100n + attempt });
          return new Uint8Array([Number(attempt)]);
        },
      },
    });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));

    await scene.until(ended([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({ status: 'succeeded', attempts: 3n });
    expect(attempts).toEqual([1n, 2n, 3n]);
  });

  it('ends a task as failed when its handler says that nothing can help', async () => {
    const template = await scene.makeTemplate('hopeless');
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: {
        hopeless: async () => {
          throw new TaskFailure('no such file', { code: 404n, isRetryable: false });
        },
      },
    });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));

    await scene.until(ended([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({ status: 'failed', attempts: 1n, code: 404n });
  });

  it('aborts a handler whose owner cancels, and the task is cancelled', async () => {
    const template = await scene.makeTemplate('long');
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: {
        long: (_task, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template, rewardUstx: 10n }));
    await scene.until(async () => (await scene.state(id)).status === 'running', [keeper]);
    await scene.run(scene.dapp.queue.prepare.cancelTask({ id }));

    await scene.until(ended([id]), [keeper]);

    expect(await scene.state(id)).toMatchObject({ status: 'cancelled', code: 4n });
  });

  it('extends the lease of a task that takes long', async () => {
    const template = await scene.makeTemplate('slow', { lease: 12n, maxLease: 100n });
    let finish = (_result: Uint8Array) => {};
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: { slow: () => new Promise((resolve) => (finish = resolve)) },
    });
    const id = await scene.run(scene.dapp.queue.prepare.enqueueTask({ template }));
    await scene.until(async () => (await scene.state(id)).status === 'running', [keeper]);
    const { until, claimed } = await scene.state(id);

    await scene.until(async () => (await scene.state(id)).until > until, [keeper]);
    const extended = await scene.state(id);
    finish(new Uint8Array(0));
    await scene.until(ended([id]), [keeper]);

    expect(extended.until).toBeLessThanOrEqual(claimed + 100n);
    expect(await scene.state(id)).toMatchObject({ status: 'succeeded', attempts: 1n });
  });

  it('triggers what is due on each clock', async () => {
    const template = await scene.makeTemplate('timed');
    const { keeper } = await scene.openKeeper({
      account: scene.accounts[0],
      handlers: { timed: async () => new Uint8Array(0) },
    });
    const { stacks, burn, time } = await scene.dapp.queue.read.getNext();
    const prepare = scene.dapp.scheduler.prepare.createAndSchedule;
    const atHeight = await scene.run(prepare({ template, clock: 'stacks', at: stacks + 8n }));
    const atBurn = await scene.run(prepare({ template, clock: 'burn', at: burn + 1n }));
    const atTime = await scene.run(prepare({ template, clock: 'time', at: time + 120n }));

    await scene.until(ended([atHeight]), [keeper]);
    expect((await scene.state(atHeight)).claimed).toBeGreaterThanOrEqual(stacks + 8n);
    await scene.node.mine({ burnBlocks: 1 });
    await scene.until(ended([atBurn, atTime]), [keeper]);
    expect((await scene.state(atTime)).status).toBe('succeeded');
  });
});
