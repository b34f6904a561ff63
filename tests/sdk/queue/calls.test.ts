import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, DEPLOYER } from '../helpers/keys.js';
import { fetchVault, type Live, START_MS, startLive } from '../helpers/live.js';

let live: Live;
let template: bigint;

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const okValues = (results: readonly { readonly ok: boolean; readonly value?: bigint }[]) =>
  results.map(({ value }) => value);

beforeAll(async () => {
  live = await startLive();
  template = await live.makeTemplate();
}, START_MS);

afterAll(() => live.node.stop());

describe('enqueueTasks', () => {
  it('makes those that are not refused, each with its parents', async () => {
    const { admin, worker } = live;
    const before = await fetchVault(admin);
    const made = await admin.queue.enqueueTasks({
      items: [
        { template, rewardUstx: 3n, priority: 10n },
        { template, rewardUstx: 100n, priority: 11n },
        { template, rewardUstx: 4n, afterItems: [0n] },
      ],
    });
    const [first, refused, child] = made.value;
    expect(refused).toEqual({ ok: false, error: 1112n });
    expect(await fetchVault(admin)).toBe(before + 7n);
    const ids = okValues([first, child].filter((result) => result !== undefined)) as [bigint, bigint];
    expect(await admin.queue.read.getStatuses({ ids: [...ids, 999n] })).toEqual(['queued', 'pending', null]);

    expect(await admin.queue.read.getExplain({ id: ids[1] })).toMatchObject({
      task: { id: ids[1], owner: DEPLOYER, parents: [ids[0]], lax: false },
      state: { status: 'pending', gate: 'parents', rewardUstx: 4n, escrowUstx: 4n },
      family: { watch: ids[0], broken: false, alien: false },
    });
    expect(await admin.queue.graph.getFamily({ parent: ids[0] })).toEqual({ first: ids[1], last: ids[1] });

    await worker.queue.claimTasks({ ids: [ids[0]] });
    const done = await worker.queue.completeTasks({
      items: [
        { id: ids[0], attempt: 1n, result: text('done'), rewardUstx: 3n },
        { id: ids[1], attempt: 1n, rewardUstx: 4n },
      ],
    });
    expect(done.value).toEqual([
      { ok: true, value: 3n },
      { ok: false, error: 1206n },
    ]);
    expect((await admin.queue.read.getNext()).loose).toBe(ids[1]);
    expect((await admin.queue.releaseChildren({ n: 8n })).value).toBe(1n);
    expect(await admin.queue.read.getStates({ ids: [ids[1], 999n] })).toMatchObject([
      { id: ids[1], status: 'queued', gate: null },
      null,
    ]);
    const cancelled = await admin.queue.cancelTasks({ ids: [ids[1]] });
    expect(cancelled.value).toEqual([{ ok: true, value: 7n }]);
    expect(await fetchVault(admin)).toBe(before);
  });
});

describe('enqueueTask', () => {
  it('makes one task of a key, and takes its reward once', async () => {
    const { admin } = live;
    const input = { template, rewardUstx: 5n, key: text('once'), tag: text('mine') };
    const first = await admin.queue.enqueueTask(input);
    const again = await admin.queue.enqueueTask(input);
    expect(again.id).toBe(first.id);
    expect(await admin.queue.read.getByKey({ owner: DEPLOYER, key: text('once') })).toBe(first.id);
    expect(await admin.queue.read.getTask({ id: first.id })).toMatchObject({ tag: text('mine') });
    expect(await first.state()).toMatchObject({ escrowUstx: 5n });
    await first.cancel();
  });
});

describe('topUpTask and setPriority', () => {
  it('raise the reward and the urgency of a task that waits', async () => {
    const { admin } = live;
    const task = await admin.queue.enqueueTask({ template, rewardUstx: 5n });
    expect((await admin.queue.topUpTask({ id: task.id, amountUstx: 6n })).value).toBe(11n);
    await admin.queue.setPriority({ id: task.id, priority: 9n });
    expect(await task.state()).toMatchObject({ rewardUstx: 11n, escrowUstx: 11n, priority: 9n });
    await task.cancel();
  });
});

describe('releaseTask and requeueTask', () => {
  it('give a lease back, and repeat a task that failed', async () => {
    const { node, admin, worker } = live;
    const task = await admin.queue.enqueueTask({ template, rewardUstx: 5n });
    await worker.queue.dequeueFrom({ queue: 0n, n: 1n });
    await worker.queue.releaseTask({ id: task.id, attempt: 1n });
    expect(await task.state()).toMatchObject({ status: 'retrying', releases: 1n, maxAttempts: 3n });
    await node.mine();
    await worker.scheduler.triggerDueTasks({ clock: 'stacks', n: 20n });
    await worker.queue.dequeueTask();
    const failed = await worker.queue.failTask({ id: task.id, attempt: 2n, code: 41n, retryable: false });
    expect(failed.value).toBe(0n);

    const again = await admin.queue.requeueTask({ id: task.id, rewardUstx: 6n });
    expect(await admin.queue.read.getTask({ id: again.value })).toMatchObject({ origin: task.id, template });
    expect(await admin.task(again.value).state()).toMatchObject({ status: 'queued', escrowUstx: 6n });
    await admin.queue.cancelTask({ id: again.value });
  });
});

describe('completeTask', () => {
  it('pays the price of the attempt, and the rest of the reward to the owner', async () => {
    const { admin, worker } = live;
    const before = await fetchVault(admin);
    const rising = await live.makeTemplate({ name: 'rising', rampBlocks: 1_000_000n });
    const task = await admin.queue.enqueueTask({ template: rising, rewardUstx: 900n, rewardMinUstx: 20n });
    await worker.queue.dequeueTask();
    const { priceUstx } = await task.state();
    expect(priceUstx).toBe(20n);
    const done = await worker.queue.completeTask({ id: task.id, attempt: 1n, rewardUstx: 900n });
    expect(done.value).toBe(20n);
    expect(await task.result()).toMatchObject({ paidUstx: 20n });
    expect(await fetchVault(admin)).toBe(before);
  });
});

describe('heartbeatTask', () => {
  it('extends the lease and prints the progress', async () => {
    const { admin, worker } = live;
    const task = await admin.queue.enqueueTask({ template });
    await worker.queue.dequeueTask();
    const before = await task.state();
    const heard = await worker.queue.heartbeatTask({
      id: task.id,
      attempt: 1n,
      blocks: 200n,
      progress: text('half'),
    });
    expect(heard.value).toBeGreaterThan(before.until);
    const { events } = await admin.fetchEvents({ contract: 'task-control' });
    expect(events).toMatchObject([
      { topic: 'task-progressed', id: task.id, attempt: 1n, progress: text('half') },
    ]);
    await worker.queue.completeTask({ id: task.id, attempt: 1n });
    expect(await task.result()).toMatchObject({ worker: ALICE, paidUstx: 0n });
  });
});

describe('withdrawCredits', () => {
  it('pays what a late task left to its owner', async () => {
    const { node, admin, worker } = live;
    const late = await live.makeTemplate({ name: 'late', ttlSeconds: 1n });
    const task = await admin.queue.enqueueTask({ template: late, rewardUstx: 8n });
    await expect
      .poll(async () => (await admin.queue.read.getExplain({ id: task.id }))?.time ?? 0n, { timeout: 30_000 })
      .toBeGreaterThan((await task.state()).expires ?? 0n);
    await node.mine();
    expect((await worker.queue.dequeueTask()).value).toEqual([]);
    expect(await task.state()).toMatchObject({ status: 'expired', escrowUstx: 0n });
    expect(await admin.queue.read.getCredits({ who: DEPLOYER })).toBe(8n);
    expect((await admin.queue.withdrawCredits()).value).toBe(8n);
    expect(await admin.queue.read.getCredits({ who: DEPLOYER })).toBe(0n);
    const { events } = await admin.fetchEvents();
    expect(events.at(-1)).toMatchObject({ topic: 'credits-withdrawn', owner: DEPLOYER, amountUstx: 8n });
  });
});
