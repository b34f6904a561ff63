import { readFile } from 'node:fs/promises';
import { type Localnet, startLocalnet } from '@fac/localnet';
import { createFac, createKeySigner, type Fac, type FacEvent, isFacError, type TaskState } from '@fac/sdk';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from './helpers/errors.js';
import { ALICE, ALICE_KEY, DEPLOYER, DEPLOYER_KEY } from './helpers/keys.js';

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...args: unknown[]) => Promise<void>; // the constructor has no global name

const SOON = { timeout: 20_000 };

let node: Localnet;
let admin: Fac;
let worker: Fac;
let template: bigint;

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const connect = (privateKey: string): Fac => {
  const signer = createKeySigner({ privateKey, network: 'devnet' });
  return createFac({ network: node.url, deployer: DEPLOYER, signer, pollMs: 50 });
};

beforeAll(async () => {
  node = await startLocalnet({ port: 0, blockTimeMs: 100 });
  admin = connect(DEPLOYER_KEY);
  worker = connect(ALICE_KEY);
  const roles = ['producer', 'templateManager'] as const;
  // Started together: one client gives its calls their nonces in turn.
  const [, , type] = await Promise.all([
    admin.registry.registerCoordinator({ coordinator: DEPLOYER, roles }),
    admin.registry.registerCoordinator({ coordinator: ALICE, roles: ['worker'] }),
    admin.factory.createTaskType({ name: 'greet' }),
  ]);
  const config = { name: 'greeting', maxPriority: 10n, maxAttempts: 2n, retryDelay: 1n };
  const created = await admin.factory.createTaskTemplate({ taskType: type.value, config });
  template = created.value;
});

afterAll(() => node.stop());

/** Takes the one task that waits. */
const takeTask = async (): Promise<{ id: bigint; attempt: bigint }> => {
  const { value } = await worker.queue.dequeueTask();
  const id = value[0] ?? 0n;
  const state = await worker.task(id).state();
  return { id, attempt: state.attempts };
};

describe('enqueueTask', () => {
  it('gives a handle that waits for the result', async () => {
    const before = await admin.transport.fetchAccount(`${DEPLOYER}.async-queue`);
    const task = await admin.queue.enqueueTask({
      template,
      priority: 9n,
      rewardUstx: 1_000n,
      payload: text('hi'),
    });
    expect(await admin.queue.read.getTask({ id: task.id })).toMatchObject({
      id: task.id,
      owner: DEPLOYER,
      template,
      payload: text('hi'),
    });
    expect(await task.progress()).toMatchObject({ status: 'queued', attempts: 0n, isFinal: false });

    const states: TaskState['status'][] = [];
    task.watch({
      onChange: ({ status }) => states.push(status),
      onError: (error) => expect.unreachable(String(error)),
    });
    const result = task.result({ timeoutMs: 30_000 });
    const taken = await takeTask();
    expect(taken.id).toBe(task.id);
    const completed = await worker.queue.completeTask({
      ...taken,
      result: text('hello'),
      rewardUstx: 1_000n,
    });
    expect(completed.value).toBe(1_000n);
    expect(await result).toMatchObject({
      status: 'succeeded',
      id: task.id,
      result: text('hello'),
      attempts: 1n,
      worker: ALICE,
      paidUstx: 1_000n,
    });
    await expect.poll(() => states.at(-1), SOON).toBe('succeeded');
    expect(await admin.transport.fetchAccount(`${DEPLOYER}.async-queue`)).toEqual(before);
    expect(await admin.registry.read.getWorker({ worker: ALICE })).toMatchObject({
      succeeded: 1n,
      earnedUstx: 1_000n,
    });
  });

  it('gives a handle whose result is thrown when the task fails', async () => {
    const task = await admin.queue.enqueueTask({ template });
    const first = await takeTask();
    await worker.queue.failTask({ ...first, code: 41n, retryable: true });
    expect(await task.state()).toMatchObject({ status: 'retrying', clock: 'stacks', code: 41n });
    await node.mine();
    await worker.scheduler.triggerDueTasks({ clock: 'stacks', n: 20n });
    const second = await takeTask();
    expect(second.attempt).toBe(2n);
    await worker.queue.failTask({ ...second, code: 42n, retryable: true });
    const error = await refusalOf(() => task.result());
    expect(error).toMatchObject({
      code: 'REJECTED_TASK_FAILED',
      context: { id: task.id, attempts: 2n, code: 42n },
    });
  });

  it('gives a handle that cancels', async () => {
    const task = await admin.queue.enqueueTask({ template, rewardUstx: 7n });
    expect((await task.cancel()).value).toBe(true);
    expect(await refusalOf(() => task.result())).toMatchObject({ code: 'REJECTED_TASK_CANCELLED' });
  });

  it('throws the contract’s refusal by name, meaning and function', async () => {
    const error = await refusalOf(() => admin.queue.enqueueTask({ template, priority: 16n }));
    expect(error.contractError).toMatchObject({
      code: 1112n,
      name: 'ERR_PRIORITY',
      meaning: 'the priority is above the most urgent one the template allows',
      contract: 'async-task-factory',
      function: 'async-queue.enqueue-task',
    });
    expect(error).toMatchObject({ code: 'REJECTED_BY_CONTRACT', isRetryable: false });
  });

  it('names a refusal of a contract further down', async () => {
    const error = await refusalOf(() => worker.queue.enqueueTask({ template }));
    expect(error.contractError).toMatchObject({
      name: 'ERR_ROLE',
      contract: 'coordinator-registry',
      function: 'async-queue.enqueue-task',
    });
  });
});

describe('README', () => {
  it('runs', async () => {
    const readme = await readFile('sdk/README.md', 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const { outputText } = ts.transpileModule(example.replace(/^import.*$/m, ''), {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    const lines: string[] = [];
    const env = { FAC_NODE: node.url, FAC_KEY: DEPLOYER_KEY, FAC_TEMPLATE: `${template}` };
    const run = new AsyncFunction(
      'createFac',
      'createKeySigner',
      'isFacError',
      'process',
      'console',
      outputText,
    );
    const ended = run(
      createFac,
      createKeySigner,
      isFacError,
      { env },
      { log: (line: string) => lines.push(line) },
    );
    await expect
      .poll(async () => (await admin.queue.read.getQueueStatus({ queue: 0n })).waiting, SOON)
      .toBe(1n);
    await worker.queue.completeTask({ ...(await takeTask()), result: text('hello back') });
    await ended;
    expect(lines).toEqual([`${ALICE} answered hello back`]);
    const id = await admin.queue.read.getLastId();
    expect(await admin.queue.read.getState({ id })).toMatchObject({
      status: 'succeeded',
      rewardUstx: 1_000n,
    });
  });
});

describe('createAndSchedule', () => {
  it('makes a task that waits for its time', async () => {
    const { burnHeight } = await admin.transport.fetchInfo();
    const at = burnHeight + 1_000n;
    const task = await admin.scheduler.createAndSchedule({ template, clock: 'burn', at });
    expect(await task.state()).toMatchObject({ status: 'pending', clock: 'burn', at });
    expect((await admin.scheduler.read.getScheduledTasks()).burn).toEqual([
      { at, id: task.id, queue: 0n, priority: 7n },
    ]);
    expect((await admin.queue.read.getNext()).due).toEqual({ stacks: null, burn: at, time: null });
    await admin.scheduler.unscheduleTask({ id: task.id });
    await admin.queue.cancelTask({ id: task.id });
  });

  it('refuses an instant that is past', async () => {
    const error = await refusalOf(() =>
      admin.scheduler.createAndSchedule({ template, clock: 'stacks', at: 1n }),
    );
    expect(error.contractError).toMatchObject({ name: 'ERR_PAST', contract: 'task-scheduler' });
  });
});

describe('read', () => {
  it('reads coordinators, templates and queues', async () => {
    const coordinator = await admin.registry.read.getCoordinatorDetails({ coordinator: ALICE });
    expect(coordinator).toMatchObject({ roles: ['worker'], capacity: 8n, active: true, class: 'granted' });
    expect(await admin.registry.read.getOwner()).toBe(DEPLOYER);
    expect(await admin.registry.read.getParam({ name: 'default-capacity' })).toBe(8n);
    expect(await admin.registry.read.authorize({ who: ALICE, roles: ['worker'] })).toBe('granted');
    expect(await admin.factory.read.getQueue({ id: 0n })).toMatchObject({
      name: 'default',
      kind: 'offchain',
    });
    expect(await admin.factory.read.getQueueId({ name: 'default' })).toBe(0n);
    expect(await admin.factory.read.getTaskTemplate({ template })).toMatchObject({
      owner: DEPLOYER,
      config: { name: 'greeting', minRewardUstx: 0n, handler: null },
    });
    expect(await admin.queue.read.getQueueStatus({ queue: 0n })).toEqual({
      waiting: 0n,
      depths: Array.from({ length: 16 }, () => 0n),
    });
  });

  it('gives null for what is not there', async () => {
    expect(await admin.queue.read.getState({ id: 999n })).toBeNull();
    expect(await admin.registry.read.getCoordinatorDetails({ coordinator: `${DEPLOYER}.x` })).toBeNull();
    expect(await refusalOf(() => admin.task(999n).state())).toMatchObject({ code: 'NOT_FOUND_TASK' });
  });

  it('throws a read’s refusal by name', async () => {
    const error = await refusalOf(() => admin.registry.read.authorize({ who: ALICE, roles: ['admin'] }));
    expect(error.contractError).toMatchObject({
      name: 'ERR_ROLE',
      function: 'coordinator-registry.authorize',
    });
  });

  it('says that the contracts are not at this deployer', async () => {
    const { queue } = createFac({ network: node.url, deployer: ALICE });
    const error = await refusalOf(() => queue.read.getLastId());
    expect(error).toMatchObject({
      code: 'NOT_FOUND_CONTRACT',
      context: { contract: `${ALICE}.async-task-factory` },
    });
  });
});

describe('fetchEvents', () => {
  it('reads the history of a contract in order', async () => {
    const { events } = await admin.fetchEvents({ contract: 'async-queue' });
    const first = events.filter((event) => 'id' in event && event.id === 1n).map(({ topic }) => topic);
    expect(first).toEqual(['task-enqueued', 'task-dequeued', 'task-completed']);
    const registry = await admin.fetchEvents({ contract: 'coordinator-registry' });
    expect(registry.events[1]).toMatchObject({
      topic: 'coordinator-registered',
      coordinator: ALICE,
      roles: ['worker'],
    });
    const factory = await admin.fetchEvents({ contract: 'async-task-factory' });
    expect(factory.events.slice(0, 2)).toMatchObject([
      { topic: 'task-type-created' },
      { topic: 'task-template-created' },
    ]);
    expect(factory.events[2]).toMatchObject({ topic: 'task-made', id: 1n, task: { payload: text('hi') } });
  });
});

describe('watchEvents', () => {
  it('tells of each event once, from a cursor on', async () => {
    const { cursor } = await admin.fetchEvents();
    const events: FacEvent[] = [];
    const stop = admin.watchEvents({
      from: cursor,
      onEvent: (event) => events.push(event),
      onError: (error) => expect.unreachable(String(error)),
    });
    const task = await admin.queue.enqueueTask({ template, hold: true, payload: text('x') });
    await task.cancel();
    await expect.poll(() => events.length, SOON).toBe(2);
    stop();
    expect(events[0]).toMatchObject({
      topic: 'task-enqueued',
      id: task.id,
      state: { status: 'pending', gate: 'hold' },
      txid: task.txid,
    });
    expect(events[1]).toMatchObject({ topic: 'task-cancelled', id: task.id, state: { status: 'cancelled' } });
  });
});
