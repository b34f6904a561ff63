import { createFac, type FacEvent, makeEventCursor } from '@fac/sdk';
import type { Child } from './child.js';
import { DEVNET } from './devnet-accounts.js';
import type { Display } from './display.js';
import { putInOrder } from './in-order.js';
import type { Stack } from './stack.js';
import { describeRun } from './summary.js';
import { addEvent, EMPTY_LOG, type TaskLog } from './task-log.js';

export interface SampleRun {
  readonly keeper: Child;
  /** Whether every sample task ended as it should, by what the dApp saw. */
  readonly isRight: boolean;
}

const POLL_MS = 250;

/** Starts the dApp and one keeper, shows what happens on chain, and at the end a summary. */
export const runSamples = async (stack: Stack, display: Display, stateDir: string): Promise<SampleRun> => {
  const keeper = { name: 'keeper', account: DEVNET.keeper };
  const second = { name: 'keeper-2', account: DEVNET.secondKeeper };
  display.say(`node    pid ${stack.node.pid}, ${stack.nodeUrl}, try ${stack.nodeUrl}/v2/info`);
  const dapp = await stack.startDapp();
  display.say(`dapp    pid ${dapp.pid}, has registered coordinators and made templates`);
  const running = stack.startKeeper(keeper);
  display.say(`keeper  pid ${running.pid}, account ${DEVNET.keeper.address}`);
  display.say(`logs    ${stateDir}/logs`);
  display.say(`a second keeper, in another terminal:\n  ${stack.describeKeeper(second)}`);

  const tasks = watchTasks(stack, display);
  try {
    // No record fits: this ends only when the keeper does, with its last lines.
    const ended = await Promise.race([dapp.ended, running.waitFor(() => false)]);
    display.say(describeRun(await tasks.showRest()));
    return { keeper: running, isRight: ended === 0 };
  } finally {
    tasks.stop();
  }
};

const SOURCES = ['async-task-factory', 'async-queue'] as const;

/** Follows the events of tasks until it is stopped; `showRest` shows what is left and gives all of it. */
const watchTasks = ({ nodeUrl }: Stack, display: Display) => {
  const fac = createFac({ network: nodeUrl, deployer: DEVNET.deployer.address, pollMs: POLL_MS });
  let log = EMPTY_LOG;
  const show = putInOrder((event: FacEvent): void => {
    log = addEvent(log, event);
    const row = 'state' in event ? log.rows.get(event.id) : undefined;
    if (row !== undefined) display.show(log, row);
  });
  const watched = SOURCES.map((contract) => {
    let last: string | undefined;
    const onEvent = (event: FacEvent): void => {
      last = makeEventCursor(event);
      show(event);
    };
    const stop = fac.watchEvents({
      contract,
      from: 'start',
      onEvent,
      onError: (error) => display.say(`events: ${error instanceof Error ? error.message : String(error)}`),
    });
    return { stop, fetchRest: () => fac.fetchEvents({ contract, after: last }) };
  });
  const stop = (): void => {
    for (const one of watched) one.stop();
  };
  const showRest = async (): Promise<TaskLog> => {
    stop();
    for (const { fetchRest } of watched) (await fetchRest()).events.forEach(show);
    return log;
  };
  return { stop, showRest };
};
