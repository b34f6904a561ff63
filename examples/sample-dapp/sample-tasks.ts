import type { Fac, TaskHandle } from '@fac/sdk';
import type { SampleTemplates } from './set-up.js';

/** A task that was made, and how it is to end. */
export interface SampleTask {
  /** Also its payload, or its tag. */
  readonly label: string;
  readonly handle: TaskHandle;
  readonly expected: 'succeeded' | 'failed' | 'cancelled';
}

export const STX = 1_000_000n;
/** Enough for a task to be on chain before its time has come. */
export const SOON_BLOCKS = 24n;
const FAR_BLOCKS = 100_000n;

/** Work for now, in several priorities; the most urgent is made last and runs first. */
export const makeUrgentTasks = async (
  { queue }: Fac,
  { echo }: SampleTemplates,
): Promise<readonly SampleTask[]> =>
  Promise.all(
    [
      { label: 'low', priority: 1n, rewardUstx: STX },
      { label: 'normal-1', priority: 7n, rewardUstx: 2n * STX },
      { label: 'normal-2', priority: 7n, rewardUstx: 2n * STX },
      { label: 'urgent', priority: 15n, rewardUstx: 5n * STX },
    ].map(async ({ label, ...task }) => ({
      label,
      handle: await queue.enqueueTask({ template: echo, payload: bytesOf(label), ...task }),
      expected: 'succeeded' as const,
    })),
  );

/** Work that waits for other work: a keeper sees to the child once its parent has ended. */
export const makeFamilyTasks = async (
  { queue }: Fac,
  { echo }: SampleTemplates,
): Promise<readonly SampleTask[]> => {
  const task = { template: echo, rewardUstx: STX };
  const parent = await queue.enqueueTask({ ...task, payload: bytesOf('parent') });
  const child = await queue.enqueueTask({ ...task, payload: bytesOf('child'), parents: [parent.id] });
  return [
    { label: 'parent', handle: parent, expected: 'succeeded' },
    { label: 'child', handle: child, expected: 'succeeded' },
  ];
};

/** Work that waits: for a Stacks height, a Bitcoin height and a time. */
export const makeScheduledTasks = async (
  { queue, scheduler }: Fac,
  { echo }: SampleTemplates,
): Promise<readonly SampleTask[]> => {
  const now = await queue.read.getNext();
  const instants = [
    { label: 'at-stacks-height', clock: 'stacks', at: now.stacks + SOON_BLOCKS },
    { label: 'at-bitcoin-height', clock: 'burn', at: now.burn + 3n },
    // A Bitcoin block takes the clock ten minutes on, and one may come before this task is on chain.
    { label: 'at-time', clock: 'time', at: now.time + 1_000n },
  ] as const;
  return Promise.all(
    instants.map(async ({ label, ...when }) => {
      const task = { template: echo, payload: bytesOf(label), rewardUstx: 3n * STX };
      const handle = await scheduler.createAndSchedule({ ...task, ...when });
      return { label, handle, expected: 'succeeded' as const };
    }),
  );
};

/** Work that does not go well at once: two failures before success, nothing but failures, and a cancelled one. */
export const makeTroubledTasks = async (
  { queue, scheduler }: Fac,
  { echo, flaky, broken }: SampleTemplates,
): Promise<readonly SampleTask[]> => {
  const now = await queue.read.getNext();
  const make = (template: bigint, label: string) => ({
    template,
    payload: bytesOf(label),
    rewardUstx: 4n * STX,
  });
  const [fails, never, cancelled] = await Promise.all([
    queue.enqueueTask(make(flaky, 'fails-twice')),
    queue.enqueueTask(make(broken, 'always-fails')),
    scheduler.createAndSchedule({ ...make(echo, 'cancelled'), clock: 'stacks', at: now.stacks + FAR_BLOCKS }),
  ]);
  await cancelled.cancel();
  return [
    { label: 'fails-twice', handle: fails, expected: 'succeeded' },
    { label: 'always-fails', handle: never, expected: 'failed' },
    { label: 'cancelled', handle: cancelled, expected: 'cancelled' },
  ];
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
