import { FacError, isFinalStatus } from '@fac/sdk';
import { makeAbandonedTask } from './abandoned-task.js';
import { makeOnchainTasks, setPriceOnceWanted } from './onchain-tasks.js';
import {
  makeFamilyTasks,
  makeScheduledTasks,
  makeTroubledTasks,
  makeUrgentTasks,
  type SampleTask,
} from './sample-tasks.js';
import { connect, setUp } from './set-up.js';

/**
 * A dApp that puts work on chain: it registers coordinators, makes templates, enqueues tasks of every sort and waits
 * for their ends. It prints a line of JSON for each step, and exits with 0 when every task ended as it should.
 */
const say = (event: string, fields: Readonly<Record<string, unknown>> = {}): void => {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  process.stdout.write(`${JSON.stringify({ event, ...fields }, plain)}\n`);
};

const readSetting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set; scripts/start.ts starts this program with it`);
  return value;
};

const readOutcome = async ({ handle }: SampleTask): Promise<string> => {
  try {
    const { status } = await handle.result();
    return status;
  } catch (error) {
    const { status } = await handle.state();
    if (error instanceof FacError && isFinalStatus(status)) return status;
    throw error;
  }
};

/** Ends this program when the one that started it is gone. */
const exitWithParent = (): void => {
  const parent = Number(readSetting('FAC_PARENT_PID'));
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 1_000).unref();
};

exitWithParent();
const deployer = readSetting('FAC_DEPLOYER');
const nodeUrl = readSetting('FAC_NODE_URL');
const owner = connect(nodeUrl, deployer, readSetting('FAC_DEPLOYER_KEY'));
const dapp = connect(nodeUrl, deployer, readSetting('FAC_PRODUCER_KEY'));
if (owner.address === undefined || dapp.address === undefined) throw new Error('a signer has no address');

const templates = await setUp(owner, owner.address, dapp.address, readSetting('FAC_WORKERS').split(','));
say('set-up', { templates });

const groups = await Promise.all([
  makeUrgentTasks(dapp, templates),
  makeScheduledTasks(dapp, templates),
  makeTroubledTasks(dapp, templates),
  makeFamilyTasks(dapp, templates),
  makeOnchainTasks(dapp, owner.address, templates),
  makeAbandonedTask(owner, nodeUrl, templates).then((task) => [task]),
]);
const tasks = groups.flat();
say('tasks-made', {
  tasks: tasks.map(({ label, handle, expected }) => ({ label, id: handle.id, expected })),
});

let isRight = true;
await Promise.all([
  setPriceOnceWanted(owner, tasks),
  ...tasks.map(async (task) => {
    const status = await readOutcome(task);
    if (status !== task.expected) isRight = false;
    say('task-ended', { label: task.label, id: task.handle.id, status, expected: task.expected });
  }),
]);
say('all-ended', { isRight });
process.exitCode = isRight ? 0 : 1;
