import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Moment } from '../model/places.js';
import { CONTROL, FACTORY, guard, INDEX, QUEUE, REGISTRY } from '../model/refusals.js';
import { makeCall } from './call.js';
import { uints } from './encode.js';

const refused = (
  [contract, name]: readonly [string, string],
  by: string,
  args: ClarityValue[],
  code: bigint,
  ids: readonly bigint[] = [],
) => makeCall([contract, name], by, args, () => guard(false, code), ids);

/** Doors that only another contract may use, tried by an account. */
export const intrude = {
  openLeases: (by: string, ids: readonly bigint[]) =>
    refused(
      ['coordinator-registry', 'open-leases'],
      by,
      [Cl.principal(by), uints(ids), Cl.uint(9), Cl.uint(1)],
      REGISTRY.SYSTEM_ONLY,
      ids,
    ),
  closeLeases: (by: string) =>
    refused(
      ['coordinator-registry', 'close-leases'],
      by,
      [Cl.principal(by), Cl.list([Cl.uint(0)]), ...[1, 0, 1000].map((n) => Cl.uint(n))],
      REGISTRY.SYSTEM_ONLY,
    ),
  loseLeases: (by: string) => {
    const loss = { slot: Cl.uint(0), claimed: Cl.uint(0), reward: Cl.uint(1_000) };
    return refused(
      ['coordinator-registry', 'lose-leases'],
      by,
      [Cl.list([Cl.some(Cl.tuple({ ...loss, worker: Cl.principal(by) }))]), Cl.principal(by)],
      REGISTRY.SYSTEM_ONLY,
    );
  },
  makeAll: (by: string) =>
    refused(['async-task-factory', 'make-all'], by, [Cl.list([]), Cl.list([])], FACTORY.QUEUE_ONLY),
  relocate: (by: string) => refused(['task-index', 'relocate'], by, [Cl.list([])], INDEX.QUEUE_ONLY),
  popLanes: (by: string, queue: bigint) =>
    refused(['task-index', 'pop-lanes'], by, [Cl.uint(queue), Cl.uint(1)], INDEX.QUEUE_ONLY),
  promote: (by: string, clock: bigint, now: bigint) =>
    refused(['task-index', 'promote'], by, [Cl.uint(clock), Cl.uint(now), Cl.uint(20)], INDEX.QUEUE_ONLY),
  takeChildren: (by: string) =>
    refused(['async-queue', 'take-children'], by, [Cl.uint(1)], QUEUE.SYSTEM_ONLY),
  transact: (by: string) =>
    refused(
      ['async-queue', 'transact'],
      by,
      [Cl.list([]), Cl.list([]), Cl.principal(by), Cl.uint(0), Cl.principal(by), Cl.uint(1)],
      QUEUE.SYSTEM_ONLY,
    ),
  drainSeries: (by: string) =>
    refused(['async-queue', 'drain-series'], by, [Cl.uint(1), Cl.principal(by)], QUEUE.SYSTEM_ONLY),
  enqueueFor: (by: string) => refused(['async-queue', 'enqueue-for'], by, [Cl.list([])], QUEUE.SYSTEM_ONLY),
  holdUntil: (by: string, owner: string, id: bigint, { clock, at }: Moment) =>
    refused(
      ['task-control', 'hold-until'],
      by,
      [Cl.principal(owner), Cl.uint(id), Cl.uint(clock), Cl.uint(at)],
      CONTROL.SCHEDULER_ONLY,
      [id],
    ),
  cancelFor: (by: string, owner: string, id: bigint) =>
    refused(['task-control', 'cancel-for'], by, [Cl.principal(owner), Cl.uint(id)], CONTROL.SCHEDULER_ONLY, [
      id,
    ]),
} as const;
