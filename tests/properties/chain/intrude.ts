import { Cl } from '@stacks/transactions';
import type { TaskData } from '../model/records.js';
import { guard, INDEX, QUEUE, REGISTRY } from '../model/refusals.js';
import type { Moment } from '../model/tasks.js';
import { makeCall } from './call.js';
import { encodeData, uints } from './encode.js';

/** Doors that only another contract may use, tried by an account. */
export const intrude = {
  openLeases: (by: string, ids: readonly bigint[]) =>
    makeCall(
      ['coordinator-registry', 'open-leases'],
      by,
      [Cl.principal(by), uints(ids), Cl.uint(9), Cl.uint(1)],
      () => guard(false, REGISTRY.SYSTEM_ONLY),
      ids,
    ),
  closeLeases: (by: string) =>
    makeCall(
      ['coordinator-registry', 'close-leases'],
      by,
      [Cl.principal(by), Cl.list([Cl.uint(0)]), ...[1, 0, 0, 1000].map((n) => Cl.uint(n))],
      () => guard(false, REGISTRY.SYSTEM_ONLY),
    ),
  loseLeases: (by: string) =>
    makeCall(
      ['coordinator-registry', 'lose-leases'],
      by,
      [Cl.list([Cl.some(Cl.tuple({ worker: Cl.principal(by), slot: Cl.uint(0) }))])],
      () => guard(false, REGISTRY.SYSTEM_ONLY),
    ),
  pushLane: (by: string, lane: bigint, id: bigint) =>
    makeCall(['task-index', 'push-lane'], by, [Cl.uint(lane), Cl.uint(id)], () =>
      guard(false, INDEX.QUEUE_ONLY),
    ),
  popLanes: (by: string, queue: bigint) =>
    makeCall(['task-index', 'pop-lanes'], by, [Cl.uint(queue), Cl.uint(1)], () =>
      guard(false, INDEX.QUEUE_ONLY),
    ),
  promote: (by: string, clock: bigint, now: bigint) =>
    makeCall(['async-queue', 'promote-due'], by, [Cl.uint(clock), Cl.uint(now), Cl.uint(20)], () =>
      guard(false, QUEUE.SCHEDULER_ONLY),
    ),
  holdUntil: (by: string, owner: string, id: bigint, { clock, at }: Moment) =>
    makeCall(
      ['async-queue', 'hold-until'],
      by,
      [Cl.principal(owner), Cl.uint(id), Cl.uint(clock), Cl.uint(at)],
      () => guard(false, QUEUE.SCHEDULER_ONLY),
      [id],
    ),
  cancelFor: (by: string, owner: string, id: bigint) =>
    makeCall(
      ['async-queue', 'cancel-for'],
      by,
      [Cl.principal(owner), Cl.uint(id)],
      () => guard(false, QUEUE.SCHEDULER_ONLY),
      [id],
    ),
  enqueueFor: (by: string, owner: string, template: bigint, data: TaskData, { clock, at }: Moment) =>
    makeCall(
      ['async-queue', 'enqueue-for'],
      by,
      [Cl.principal(owner), Cl.uint(template), Cl.uint(clock), Cl.uint(at), encodeData(data)],
      () => guard(false, QUEUE.SCHEDULER_ONLY),
    ),
} as const;
