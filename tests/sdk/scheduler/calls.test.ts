import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, DEPLOYER } from '../helpers/keys.js';
import { fetchVault, type Live, START_MS, startLive } from '../helpers/live.js';

let live: Live;
let template: bigint;
let onchain: bigint;

beforeAll(async () => {
  live = await startLive();
  template = await live.makeTemplate();
  const { value: queue } = await live.admin.factory.createQueue({ name: 'onchain', kind: 'onchain' });
  const source = await readFile('contracts/examples/heartbeat-counter.clar');
  const hash = Uint8Array.from(createHash('sha512-256').update(source).digest());
  onchain = await live.makeTemplate({ queue, handler: { contract: HANDLER, hash }, maxSteps: 2n });
}, START_MS);

afterAll(() => live.node.stop());

const HANDLER = `${DEPLOYER}.heartbeat-counter`;

describe('createSeries', () => {
  it('makes a run for each slot, which may be skipped, added to and ended', async () => {
    const { admin } = live;
    const before = await fetchVault(admin);
    const { burnHeight } = await admin.transport.fetchInfo();
    const at = burnHeight + 1_000n;
    const made = await admin.scheduler.createSeries({
      template,
      clock: 'burn',
      at,
      every: 144n,
      runs: 3n,
      rewardUstx: 5n,
      policy: 'catchUp',
    });
    const n = made.value;
    const series = await admin.scheduler.read.getSeries({ n });
    expect(series).toMatchObject({ owner: DEPLOYER, template, clock: 'burn', at, every: 144n, left: 2n });
    expect(series).toMatchObject({ rewardUstx: 5n, policy: 'catchUp', overlap: false, status: 'running' });
    expect(series).toMatchObject({ reason: null, previous: null });
    expect(await admin.queue.read.getPrepaid({ series: n })).toBe(10n);
    const task = admin.task(series?.task ?? 0n);
    expect(await task.state()).toMatchObject({ status: 'pending', gate: 'time', series: n, at });

    expect((await admin.scheduler.topUpSeries({ n, runs: 2n, rewardUstx: 5n })).value).toBe(20n);
    expect((await admin.scheduler.skipNext({ n })).value).toBe(at + 144n);
    expect(await task.state()).toMatchObject({ status: 'pending', at: at + 144n });
    const error = await refusalOf(() => admin.scheduler.resumeSeries({ n }));
    expect(error.contractError).toMatchObject({ name: 'ERR_SERIES_STATUS', contract: 'task-scheduler' });
    expect((await admin.scheduler.cancelSeries({ n })).value).toBe(20n);
    expect(await admin.scheduler.read.getSeries({ n })).toMatchObject({ status: 'cancelled' });
    expect(await fetchVault(admin)).toBe(before);

    const { events } = await admin.fetchEvents({ contract: 'task-scheduler' });
    expect(events).toMatchObject([
      { topic: 'series-created', series: n, at, left: 2n },
      { topic: 'series-topped-up', series: n, left: 4n },
      { topic: 'series-skipped', series: n, at: at + 144n },
      { topic: 'series-cancelled', series: n, status: 'cancelled' },
    ]);
    const queueEvents = (await admin.fetchEvents()).events.map(({ topic }) => topic);
    expect(queueEvents.filter((topic) => topic.startsWith('series-'))).toEqual([
      'series-funded',
      'series-funded',
      'series-drained',
    ]);
  });
});

describe('executeTask', () => {
  it('runs the handler and pays whoever called', async () => {
    const { admin, worker } = live;
    const before = await fetchVault(admin);
    const task = await admin.queue.enqueueTask({ template: onchain, rewardUstx: 5n, steps: 2n });
    expect(await fetchVault(admin)).toBe(before + 10n);
    expect(await admin.factory.read.getExecution({ id: task.id })).toMatchObject({
      handler: { contract: HANDLER },
    });
    const executed = await worker.scheduler.executeTask({ id: task.id, handler: HANDLER });
    expect(executed.value).toBe(5n);
    expect(await task.result()).toMatchObject({ worker: ALICE, paidUstx: 5n });
    expect(await task.state()).toMatchObject({ kind: 'onchain', steps: 2n });
    expect(await fetchVault(admin)).toBe(before);
  });

  it('undoes a call for the wrong handler', async () => {
    const { admin, worker } = live;
    const task = await admin.queue.enqueueTask({ template: onchain });
    const handler = `${DEPLOYER}.chained-job`;
    const error = await refusalOf(() => worker.scheduler.executeTask({ id: task.id, handler }));
    expect(error.contractError).toMatchObject({ name: 'ERR_HANDLER', contract: 'task-scheduler' });
    await task.cancel();
  });
});

describe('executeTasks', () => {
  it('executes those that can be', async () => {
    const { admin, worker } = live;
    const task = await admin.queue.enqueueTask({ template: onchain, rewardUstx: 5n, steps: 2n });
    const items = [task.id, 999n].map((id) => ({ id, handler: HANDLER }));
    expect((await worker.scheduler.executeTasks({ items })).value).toEqual([
      { ok: true, value: 5n },
      { ok: false, error: 1201n },
    ]);
    expect(await task.state()).toMatchObject({ status: 'succeeded', worker: ALICE });
  });
});
