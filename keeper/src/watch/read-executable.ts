import { encodeLane, type Lane } from '@fac/sdk';
import type { ExecutableTask } from '../flow.js';
import type { Catalog } from './catalog.js';
import type { ChainPort } from './chain-port.js';

/** Every so many blocks another place than the head is looked at: a task that cannot be done holds up nobody. */
const STROLL_EVERY_BLOCKS = 4n;

/** Where the next stroll through a lane begins. */
export type Strolls = Map<bigint, bigint>;

/** A page of 20 of each on-chain queue that is not empty: one call, and one for the handler of each new task. */
export async function readExecutable(
  chain: Pick<ChainPort, 'index'>,
  catalog: Catalog,
  queues: readonly bigint[],
  openLanes: readonly Lane[],
  { height, strolls }: { readonly height: bigint; readonly strolls: Strolls },
): Promise<readonly ExecutableTask[]> {
  const found = await Promise.all(
    queues.map(async (queue) => {
      const lanes = openLanes.filter((lane) => lane.queue === queue);
      const isStroll = height % STROLL_EVERY_BLOCKS === 0n;
      const lane = isStroll ? turnOf(lanes, height / STROLL_EVERY_BLOCKS) : mostUrgent(lanes);
      if (lane === undefined) return [];
      const ids = await readPage(chain, encodeLane(lane), isStroll ? strolls : undefined);
      return readTasks(catalog, queue, ids);
    }),
  );
  return found.flat();
}

function mostUrgent(lanes: readonly Lane[]): Lane | undefined {
  return lanes.reduce<Lane | undefined>(
    (first, lane) => (first === undefined || lane.priority > first.priority ? lane : first),
    undefined,
  );
}

function turnOf(lanes: readonly Lane[], turn: bigint): Lane | undefined {
  return lanes.length === 0 ? undefined : lanes[Number(turn % BigInt(lanes.length))];
}

async function readPage(
  chain: Pick<ChainPort, 'index'>,
  listKey: bigint,
  strolls: Strolls | undefined,
): Promise<readonly bigint[]> {
  const { ids, next } = await chain.index.getListPage({ listKey, from: strolls?.get(listKey) ?? 0n });
  strolls?.set(listKey, next ?? 0n);
  return ids;
}

async function readTasks(
  catalog: Catalog,
  queue: bigint,
  ids: readonly bigint[],
): Promise<readonly ExecutableTask[]> {
  const tasks = await Promise.all(
    ids.map(async (taskId) => ({ taskId, queue, handler: await catalog.readHandler(taskId) })),
  );
  return tasks.flatMap(({ handler, ...task }) => (handler === undefined ? [] : [{ ...task, handler }]));
}
