import type { BusyWorker, TaskState } from '@fac/sdk';
import type { ExpiredLease, Lease } from '../flow.js';
import type { Catalog } from './catalog.js';
import type { ChainPort } from './chain-port.js';
import { listSlotPages } from './slots.js';

type LeasePort = Pick<ChainPort, 'registry' | 'queue'>;

/** Other workers looked into in one tick for leases that have run out. */
const MAX_SUSPECTS = 4;
/** Leases looked at for each of them in one tick. */
const MAX_LEASES_READ = 16;

/** The running tasks a worker holds. */
async function readHeld(chain: LeasePort, worker: string, pages: readonly bigint[][]): Promise<TaskState[]> {
  const held = await Promise.all(pages.map((slots) => readPage(chain, worker, slots)));
  return held.flat();
}

async function readPage(chain: LeasePort, worker: string, slots: readonly bigint[]): Promise<TaskState[]> {
  const leases = await chain.registry.getLeases({ worker, slots });
  const ids = leases.filter((id) => id !== null);
  if (ids.length === 0) return [];
  const states = await chain.queue.getStates({ ids });
  return states.filter((state) => state !== null).filter((state) => isHeldBy(state, worker));
}

/** Our own leases: two calls for sixteen slots, and what is new of each task once. */
export async function readOwnLeases(
  chain: LeasePort,
  catalog: Catalog,
  worker: string,
  mask: bigint,
): Promise<readonly Lease[]> {
  const states = await readHeld(chain, worker, listSlotPages(mask));
  return Promise.all(states.map((state) => makeLease(state, catalog)));
}

/** Leases of others that have run out. Reads nothing unless somebody's oldest lease may have. */
export async function readExpired(
  chain: LeasePort,
  busy: readonly BusyWorker[],
  self: string,
  height: bigint,
): Promise<readonly ExpiredLease[]> {
  const suspects = busy.filter(
    ({ worker, mask, oldest }) => worker !== self && mask > 0n && oldest <= height,
  );
  const first = suspects.length === 0 ? 0 : Number(height % BigInt(suspects.length));
  const looked = [...suspects.slice(first), ...suspects.slice(0, first)].slice(0, MAX_SUSPECTS);
  const held = await Promise.all(
    looked.map(async ({ worker, mask }) => {
      const pages = listSlotPages(mask);
      const page = pages[Number(height % BigInt(pages.length))] ?? [];
      return readHeld(chain, worker, [page.slice(0, MAX_LEASES_READ)]);
    }),
  );
  return held
    .flat()
    .filter((state) => state.until <= height)
    .map(makeExpired);
}

function makeExpired({ id, worker, until }: TaskState): ExpiredLease {
  return { taskId: id, worker: worker ?? '', untilHeight: until };
}

async function makeLease(state: TaskState, catalog: Catalog): Promise<Lease> {
  const task = await catalog.readTask(state.id, state.input);
  return {
    taskId: state.id,
    attempt: state.attempts,
    template: task?.template ?? 0n,
    typeName: task?.typeName,
    payload: task?.payload ?? new Uint8Array(0),
    owner: state.owner,
    rewardUstx: state.priceUstx,
    claimedHeight: state.claimed,
    untilHeight: state.until,
    maxUntilHeight: state.claimed + state.maxLease,
    leaseBlocks: state.lease,
    isStopAsked: state.stop,
  };
}

function isHeldBy(state: TaskState, worker: string): boolean {
  return state.status === 'running' && state.worker === worker;
}
