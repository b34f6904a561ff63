import { decodeOccupancy } from '@fac/sdk';
import type { ChainView, Submission, Tip } from '../flow.js';
import { createCatalog } from './catalog.js';
import type { ChainPort } from './chain-port.js';
import { readExecutable, type Strolls } from './read-executable.js';
import { readExpired, readOwnLeases } from './read-leases.js';
import { readNonces } from './read-nonces.js';

export interface Watcher {
  /**
   * Reads the chain once. The number of calls depends on our leases, our transactions and the on-chain queues we serve,
   * not on the number of tasks.
   */
  watch(open: readonly Submission[]): Promise<ChainView>;
}

/** `onchainQueues`: the queues whose tasks we execute. */
export function createWatcher(
  chain: ChainPort,
  address: string,
  onchainQueues: readonly bigint[] = [],
): Watcher {
  const catalog = createCatalog(chain);
  // A page of busy workers a tick. A restart begins at the first page again, which loses nothing.
  let busyFrom = 0n;
  let lastHeight = 0n;
  const strolls: Strolls = new Map();

  return {
    async watch(open) {
      // The nonces come first: what they say is mined is then also in everything read after them.
      const nonces = await readNonces(chain.transport, address, open, lastHeight);
      const next = await chain.queue.getNext({ from: busyFrom });
      busyFrom = next.busyNext ?? 0n;
      lastHeight = next.stacks;
      const tip: Tip = { stacksHeight: next.stacks, burnHeight: next.burn, timeSeconds: next.time };
      const own = await chain.registry.getCoordinatorDetails({ coordinator: address });
      const openLanes = decodeOccupancy(next.words);
      const height = next.stacks;
      const [leases, foreign, executable] = await Promise.all([
        readOwnLeases(chain, catalog, address, own?.mask ?? 0n),
        readExpired(chain, next.busy, address, next.stacks),
        readExecutable(chain, catalog, onchainQueues, openLanes, { height, strolls }),
      ]);
      const ours = leases
        .filter(({ untilHeight }) => untilHeight <= next.stacks)
        .map(({ taskId, untilHeight }) => ({ taskId, worker: address, untilHeight }));
      return {
        tip,
        due: next.due,
        openLanes,
        lastTaskId: next.lastId,
        looseTaskId: next.loose ?? undefined,
        executable,
        nonces,
        worker: {
          isWorker: own?.active === true && own.roles.includes('worker'),
          capacity: Number(own?.capacity ?? 0n),
          leases,
        },
        otherWorkers: next.busy
          .filter(({ worker, oldest }) => worker !== address && oldest > next.stacks)
          .map(({ worker }) => worker),
        expired: [...ours, ...foreign],
      };
    },
  };
}
