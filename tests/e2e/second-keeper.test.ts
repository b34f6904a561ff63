import { describe, expect, it } from 'vitest';
import { connect, setUp } from '../../examples/sample-dapp/set-up.js';
import type { Child, ChildRecord } from '../../scripts/stack/child.js';
import { DEVNET } from '../../scripts/stack/devnet-accounts.js';
import { type StackUnderTest, startTestStack } from './stack-under-test.js';

const TASKS = 30;
const REWARD_USTX = 1_000n;
const BLOCK_TIME_MS = 500;
const LEAST_SHARE = 0.2;

describe('two keepers', () => {
  it('share the work when each has an account of its own', async () => {
    const stack = await startTestStack(BLOCK_TIME_MS);
    const workers = [DEVNET.keeper, DEVNET.secondKeeper];
    const sample = await makeSample(stack, workers);
    await Promise.all(
      workers.map((account, place) => started(stack.startKeeper({ name: `keeper-${place}`, account }))),
    );

    const states = await sample.runTasks();

    expect(states.map(({ status }) => status)).toEqual(Array(TASKS).fill('succeeded'));
    const records = await Promise.all(workers.map(({ address }) => sample.readWorker(address)));
    const [first, second] = records.map(({ succeeded }) => Number(succeeded));
    expect(Number(first) + Number(second)).toBe(TASKS);
    expect(Math.min(Number(first), Number(second))).toBeGreaterThanOrEqual(TASKS * LEAST_SHARE);
    expect(records.reduce((sum, { earnedUstx }) => sum + earnedUstx, 0n)).toBe(BigInt(TASKS) * REWARD_USTX);
    expect(await sample.readVault()).toBe(0n);
  });

  it('lose nothing and say so when they are wrongly given the same key', async () => {
    const stack = await startTestStack(BLOCK_TIME_MS);
    const sample = await makeSample(stack, [DEVNET.keeper]);
    const keepers = ['keeper-a', 'keeper-b'].map((name) =>
      stack.startKeeper({ name, account: DEVNET.keeper }),
    );
    const warned = Promise.race(keepers.map((keeper) => keeper.waitFor(isSameKeyWarning)));
    await Promise.all(keepers.map(started));

    const states = await sample.runTasks();

    expect(states.map(({ status }) => status)).toEqual(Array(TASKS).fill('succeeded'));
    const { succeeded, earnedUstx } = await sample.readWorker(DEVNET.keeper.address);
    expect([succeeded, earnedUstx]).toEqual([BigInt(TASKS), BigInt(TASKS) * REWARD_USTX]);
    expect(await sample.readVault()).toBe(0n);
    await warned;
  });

  it('refuse to share a state directory', async () => {
    const stack = await startTestStack(BLOCK_TIME_MS);
    await makeSample(stack, [DEVNET.keeper]);
    const start = { account: DEVNET.keeper, stateDir: `${stack.stateDir}/shared` };
    await started(stack.startKeeper({ name: 'keeper-a', ...start }));

    const second = stack.startKeeper({ name: 'keeper-b', ...start });

    await expect(started(second)).rejects.toThrow(/MISMATCH|LOCK|REJECTED/);
    expect(await second.ended).not.toBe(0);
  });
});

const isSameKeyWarning = ({ event }: ChildRecord): boolean => event === 'same-key-suspected';

const started = (keeper: Child): Promise<ChildRecord> => keeper.waitFor(({ event }) => event === 'started');

/** Coordinators and templates, and work for keepers. */
const makeSample = async (stack: StackUnderTest, workers: readonly { readonly address: string }[]) => {
  const owner = connect(stack.nodeUrl, DEVNET.deployer.address, DEVNET.deployer.key);
  const dapp = connect(stack.nodeUrl, DEVNET.deployer.address, DEVNET.producer.key);
  const addresses = workers.map(({ address }) => address);
  const { echo } = await setUp(owner, DEVNET.deployer.address, DEVNET.producer.address, addresses);
  return {
    /** Enqueues the tasks and waits for their ends. */
    runTasks: async () => {
      const task = { template: echo, rewardUstx: REWARD_USTX };
      const calls = Array.from({ length: TASKS }, () => dapp.queue.prepare.enqueueTask(task));
      const handles = [];
      // A node admits 27 transactions of one account; half of them at a time leaves room.
      for (let from = 0; from < TASKS; from += TASKS / 2) {
        const submissions = await Promise.all(
          calls.slice(from, from + TASKS / 2).map((call) => dapp.submit(call)),
        );
        const receipts = await Promise.all(submissions.map((submission) => dapp.confirm(submission)));
        handles.push(...receipts.map(({ value }) => dapp.task(value)));
      }
      await Promise.all(handles.map((handle) => handle.result()));
      return Promise.all(handles.map((handle) => handle.state()));
    },
    readWorker: (worker: string) => dapp.registry.read.getWorker({ worker }),
    readVault: async () => {
      const account = await dapp.transport.fetchAccount(`${DEVNET.deployer.address}.async-queue`);
      return account.balanceUstx;
    },
  };
};
