import { Cl } from '@stacks/transactions';
import * as control from '../model/control.js';
import type { Completion } from '../model/leases.js';
import * as leases from '../model/leases.js';
import { withdrawCredits } from '../model/money.js';
import type { OwnItem } from '../model/producing.js';
import * as producing from '../model/producing.js';
import type { TaskData } from '../model/records.js';
import { makeCall } from './call.js';
import { encodeCompletion, encodeData, encodeItem, uints } from './encode.js';

const onQueue = (name: string) => ['async-queue', name] as const;
const onControl = (name: string) => ['task-control', name] as const;

export const enqueue = (by: string, template: bigint, data: TaskData) =>
  makeCall(
    onQueue('enqueue-task'),
    by,
    [Cl.uint(template), encodeData(data)],
    (m) => producing.enqueueTask(m, by, template, data),
    data.parents,
  );

export const enqueueTasks = (by: string, items: readonly OwnItem[]) =>
  makeCall(
    onQueue('enqueue-tasks'),
    by,
    [Cl.list(items.map(encodeItem))],
    (m) => producing.enqueueTasks(m, by, items),
    items.flatMap(({ parents }) => parents),
  );

export const withdraw = (by: string) =>
  makeCall(onQueue('withdraw-credits'), by, [], (m) => withdrawCredits(m, by));

export const dequeue = (by: string) =>
  makeCall(onQueue('dequeue-task'), by, [], (m) => leases.dequeueFrom(m, by, 0n, 1n));

export const dequeueFrom = (by: string, queue: bigint, n: bigint) =>
  makeCall(onQueue('dequeue-from'), by, [Cl.uint(queue), Cl.uint(n)], (m) =>
    leases.dequeueFrom(m, by, queue, n),
  );

export const claim = (by: string, ids: readonly bigint[]) =>
  makeCall(onQueue('claim-tasks'), by, [uints(ids)], (m) => leases.claimTasks(m, by, ids), ids);

export const complete = (by: string, id: bigint, attempt: bigint, result: string) =>
  makeCall(
    onQueue('complete-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.bufferFromHex(result)],
    (m) => leases.completeTask(m, by, { id, attempt, result }),
    [id],
  );

export const completeTasks = (by: string, items: readonly Completion[]) =>
  makeCall(
    onQueue('complete-tasks'),
    by,
    [Cl.list(items.map(encodeCompletion))],
    (m) => leases.completeTasks(m, by, items),
    items.map(({ id }) => id),
  );

export const cancel = (by: string, id: bigint) =>
  makeCall(onControl('cancel-task'), by, [Cl.uint(id)], (m) => control.cancelTask(m, by, id), [id]);

export const cancelTasks = (by: string, ids: readonly bigint[]) =>
  makeCall(onControl('cancel-tasks'), by, [uints(ids)], (m) => control.cancelTasks(m, by, ids), ids);

export const setPriority = (by: string, id: bigint, priority: bigint) =>
  makeCall(
    onControl('set-priority'),
    by,
    [Cl.uint(id), Cl.uint(priority)],
    (m) => control.setPriority(m, by, id, priority),
    [id],
  );

export const topUp = (by: string, id: bigint, amountUstx: bigint) =>
  makeCall(
    onControl('top-up-task'),
    by,
    [Cl.uint(id), Cl.uint(amountUstx)],
    (m) => control.topUp(m, by, id, amountUstx),
    [id],
  );

export const requeue = (by: string, id: bigint, reward: bigint) =>
  makeCall(
    onControl('requeue-task'),
    by,
    [Cl.uint(id), Cl.uint(reward)],
    (m) => control.requeue(m, by, id, reward),
    [id],
  );

export const heartbeat = (by: string, id: bigint, attempt: bigint, blocks: bigint) =>
  makeCall(
    onControl('heartbeat-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.uint(blocks), Cl.bufferFromHex('0b')],
    (m) => control.heartbeat(m, by, id, attempt, blocks),
    [id],
  );

export const fail = (by: string, id: bigint, attempt: bigint, code: bigint, isRetryable: boolean) =>
  makeCall(
    onControl('fail-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.uint(code), Cl.bool(isRetryable)],
    (m) => control.fail(m, by, id, attempt, code, isRetryable),
    [id],
  );

export const release = (by: string, id: bigint, attempt: bigint) =>
  makeCall(
    onControl('release-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt)],
    (m) => control.release(m, by, id, attempt),
    [id],
  );

export const reclaim = (by: string, ids: readonly bigint[]) =>
  makeCall(onControl('reclaim-leases'), by, [uints(ids)], (m) => control.reclaim(m, by, ids), ids);

export const expire = (by: string, ids: readonly bigint[]) =>
  makeCall(onControl('expire-tasks'), by, [uints(ids)], (m) => control.expireTasks(m, ids), ids);

export const releaseChildren = (by: string, n: bigint) =>
  makeCall(onControl('release-children'), by, [Cl.uint(n)], (m) => control.releaseChildren(m, n));
