import type { Activity, Fac, TaskHandle } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { connect, type SampleTemplates, setUp } from '../../examples/sample-dapp/set-up.js';
import { DEVNET } from '../../scripts/stack/devnet-accounts.js';
import { deployBeside } from './deploy-beside.js';
import { type StackUnderTest, startTestStack } from './stack-under-test.js';

const BLOCK_TIME_MS = 500;
const REWARD_USTX = 1_000n;
const BOND_USTX = 1_000_000_000n;
const FAR_BLOCKS = 100_000n;
const NEW_WORK: readonly Activity[] = ['enqueue', 'schedule', 'publish', 'join'];
const OLD_WORK: readonly Activity[] = ['claim', 'execute', 'trigger', 'manage'];

/** The drill of docs/upgrading.md. */
describe('an upgrade', () => {
  it('stops new work, finishes or refunds the old, and goes on in the version beside it', async () => {
    const stack = await startTestStack(BLOCK_TIME_MS);
    const old = await openVersion(stack, DEVNET.deployer);
    const work = await putWork(old);
    await old.worker.registry.joinAsWorker({ amountUstx: BOND_USTX });

    await old.admin.registry.pause({ activities: NEW_WORK });

    expect(await refusalOf(old.dapp.queue.enqueueTask({ template: old.templates.echo }))).toBe('ERR_PAUSED');
    const series = {
      template: old.templates.echo,
      clock: 'stacks',
      at: FAR_BLOCKS,
      every: 9n,
      runs: 1n,
    } as const;
    expect(await refusalOf(old.dapp.scheduler.createSeries(series))).toBe('ERR_PAUSED');
    expect(await refusalOf(old.admin.registry.joinAsWorker({ amountUstx: BOND_USTX }))).toBe('ERR_PAUSED');

    const keeper = stack.startKeeper({ name: 'keeper-old', account: DEVNET.keeper });
    for (const { result } of work.quick) expect((await result()).status).toBe('succeeded');
    expect(await isDrained(old.dapp)).toBe(false); // what waits for a far instant is still there
    await old.dapp.scheduler.cancelScheduledTask({ id: work.far.id });
    await old.dapp.queue.cancelTask({ id: work.held.id });
    const { value: refundUstx } = await old.dapp.scheduler.cancelSeries({ n: work.series });
    expect(refundUstx).toBeGreaterThan(0n);
    await old.worker.registry.leave();
    expect(await isDrained(old.dapp)).toBe(true);
    expect(await vaultOf(old.dapp)).toBe(0n);
    await keeper.stop();
    await old.admin.registry.pause({ activities: OLD_WORK });

    const owner = connect(stack.nodeUrl, DEVNET.nextDeployer.address, DEVNET.nextDeployer.key);
    await deployBeside(owner, DEVNET.nextDeployer.key);
    const next = await openVersion(stack, DEVNET.nextDeployer);
    const start = { name: 'keeper-next', account: DEVNET.keeper, deployer: next.admin.deployer };
    stack.startKeeper(start);
    const task = {
      template: next.templates.echo,
      payload: bytesOf('in the next version'),
      rewardUstx: REWARD_USTX,
    };
    const newTask = await next.dapp.queue.enqueueTask(task);
    expect((await newTask.result()).status).toBe('succeeded');

    // One program reads both. Ids count from 1 in each version: the account that deployed it is part of the name.
    const oldTask = old.dapp.task(newTask.id);
    const states = [await oldTask.state(), await newTask.state()];
    expect(states.map(({ status, result }) => [status, textOf(result)])).toEqual([
      ['succeeded', 'in the old version'],
      ['succeeded', 'in the next version'],
    ]);
    for (const { dapp, made } of [
      { dapp: old.dapp, made: work.count },
      { dapp: next.dapp, made: 1n },
    ]) {
      const { events } = await dapp.fetchEvents({ contract: 'async-task-factory' });
      expect(events.filter(({ topic }) => topic === 'task-made')).toHaveLength(Number(made));
      expect((await dapp.queue.read.getNext()).lastId).toBe(made);
    }
    expect(await refusalOf(old.dapp.queue.enqueueTask({ template: old.templates.echo }))).toBe('ERR_PAUSED');
  });
});

interface Version {
  readonly admin: Fac;
  readonly dapp: Fac;
  readonly worker: Fac;
  readonly templates: SampleTemplates;
}

const openVersion = async (
  { nodeUrl }: StackUnderTest,
  { address: deployer, key }: { readonly address: string; readonly key: string },
): Promise<Version> => {
  const admin = connect(nodeUrl, deployer, key);
  return {
    admin,
    dapp: connect(nodeUrl, deployer, DEVNET.producer.key),
    worker: connect(nodeUrl, deployer, DEVNET.doomedWorker.key),
    templates: await setUp(admin, deployer, DEVNET.producer.address, [DEVNET.keeper.address]),
  };
};

interface Work {
  readonly quick: readonly TaskHandle[];
  readonly far: TaskHandle;
  readonly held: TaskHandle;
  readonly series: bigint;
  /** Tasks made, that of the series among them. */
  readonly count: bigint;
}

/** Work of every kind that may be there when an upgrade begins. */
const putWork = async ({ dapp: { queue, scheduler }, templates: { echo } }: Version): Promise<Work> => {
  const task = { template: echo, payload: bytesOf('in the old version'), rewardUstx: REWARD_USTX };
  const quick = [await queue.enqueueTask(task), await queue.enqueueTask(task)];
  const held = await queue.enqueueTask({ ...task, hold: true });
  const far = await scheduler.createAndSchedule({ ...task, clock: 'stacks', at: FAR_BLOCKS });
  const { value: series } = await scheduler.createSeries({
    ...{ template: echo, clock: 'stacks', at: FAR_BLOCKS, every: 10n, runs: 5n, rewardUstx: REWARD_USTX },
  });
  return { quick, far, held, series, count: 5n };
};

/** Whether nothing is left for a keeper. What is held is left to its owner, who can cancel it for ever. */
const isDrained = async ({ queue }: Fac): Promise<boolean> => {
  const { due, words, busy, loose } = await queue.read.getNext();
  const nothing = Object.values(due).every((instant) => instant === null) && loose === null;
  return nothing && words.every((word) => word === 0n) && busy.length === 0;
};

const vaultOf = async ({ transport, deployer }: Fac): Promise<bigint> =>
  (await transport.fetchAccount(`${deployer}.async-queue`)).balanceUstx;

/** The name of the error with which the contract refuses. */
const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as { readonly contractError?: { readonly name: string } }).contractError?.name;
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
