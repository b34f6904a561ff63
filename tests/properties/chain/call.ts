import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import * as factory from '../model/factory.js';
import * as leases from '../model/leases.js';
import type { Model } from '../model/model.js';
import type { Config, Queue, TaskData } from '../model/records.js';
import * as registry from '../model/registry.js';
import * as scheduler from '../model/scheduler.js';
import type { Moment } from '../model/tasks.js';
import * as tasks from '../model/tasks.js';
import { encodeConfig, encodeData, uints } from './encode.js';

/** One call as the chain takes it and as the model does it. */
export interface Call {
  readonly contract: string;
  readonly name: string;
  readonly args: ClarityValue[];
  readonly by: string;
  /** Does it to the model; returns what the contract wraps in `ok`, throws `Refusal` for `err`. */
  readonly apply: (model: Model) => unknown;
  /** Tasks it names, checked also when it is refused. */
  readonly ids: readonly bigint[];
  /** Empty Stacks blocks to let pass first, so that it meets an instant exactly. */
  readonly waitBlocks?: number | undefined;
}

/** A call of one public function. */
export function makeCall(
  [contract, name]: readonly [string, string],
  by: string,
  args: ClarityValue[],
  apply: (model: Model) => unknown,
  ids: readonly bigint[] = [],
): Call {
  return { contract, name, by, args, apply, ids };
}

const onRegistry = (name: string) => ['coordinator-registry', name] as const;
const onFactory = (name: string) => ['async-task-factory', name] as const;
const onQueue = (name: string) => ['async-queue', name] as const;
const onScheduler = (name: string) => ['task-scheduler', name] as const;

export const register = (by: string, who: string, role: bigint) =>
  makeCall(onRegistry('register-coordinator'), by, [Cl.principal(who), Cl.uint(role)], (m) =>
    registry.registerCoordinator(m, by, who, role),
  );

export const updatePermissions = (by: string, who: string, role: bigint) =>
  makeCall(onRegistry('update-coordinator-permissions'), by, [Cl.principal(who), Cl.uint(role)], (m) =>
    registry.updatePermissions(m, by, who, role),
  );

export const setCapacity = (by: string, who: string, capacity: bigint) =>
  makeCall(onRegistry('set-capacity'), by, [Cl.principal(who), Cl.uint(capacity)], (m) =>
    registry.setCapacity(m, by, who, capacity),
  );

export const setParam = (by: string, name: string, value: bigint) =>
  makeCall(onRegistry('set-param'), by, [Cl.stringAscii(name), Cl.uint(value)], (m) =>
    registry.setParam(m, by, name, value),
  );

export const proposeOwner = (by: string, next: string) =>
  makeCall(onRegistry('propose-owner'), by, [Cl.principal(next)], (m) => registry.proposeOwner(m, by, next));

export const acceptOwner = (by: string) =>
  makeCall(onRegistry('accept-owner'), by, [], (m) => registry.acceptOwner(m, by));

export const createTaskType = (by: string, name: string) =>
  makeCall(onFactory('create-task-type'), by, [Cl.stringAscii(name), Cl.stringAscii('')], (m) =>
    factory.createTaskType(m, by, name, ''),
  );

export const createQueue = (by: string, queue: Queue) =>
  makeCall(
    onFactory('create-queue'),
    by,
    [
      Cl.stringAscii(queue.name),
      Cl.uint(queue.kind),
      Cl.uint(queue.class),
      Cl.bool(queue.strict),
      Cl.uint(queue.guardEvery),
    ],
    (m) => factory.createQueue(m, by, queue),
  );

export const createTemplate = (by: string, taskType: bigint, config: Config) =>
  makeCall(onFactory('create-task-template'), by, [Cl.uint(taskType), encodeConfig(config)], (m) =>
    factory.createTemplate(m, by, taskType, config),
  );

export const updateTemplate = (by: string, template: bigint, config: Config) =>
  makeCall(onFactory('update-task-template'), by, [Cl.uint(template), encodeConfig(config)], (m) =>
    factory.updateTemplate(m, by, template, config),
  );

export const enqueue = (by: string, template: bigint, data: TaskData) =>
  makeCall(onQueue('enqueue-task'), by, [Cl.uint(template), encodeData(data)], (m) =>
    tasks.enqueue(m, by, template, data),
  );

export const cancel = (by: string, id: bigint) =>
  makeCall(onQueue('cancel-task'), by, [Cl.uint(id)], (m) => tasks.cancelTask(m, by, id), [id]);

export const dequeue = (by: string) =>
  makeCall(onQueue('dequeue-task'), by, [], (m) => leases.dequeueTask(m, by));

export const dequeueFrom = (by: string, queue: bigint, n: bigint) =>
  makeCall(onQueue('dequeue-from'), by, [Cl.uint(queue), Cl.uint(n)], (m) =>
    leases.dequeueFrom(m, by, queue, n),
  );

export const heartbeat = (by: string, id: bigint, attempt: bigint, blocks: bigint) =>
  makeCall(
    onQueue('heartbeat-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.uint(blocks), Cl.bufferFromHex('0b')],
    (m) => leases.heartbeat(m, by, id, attempt, blocks),
    [id],
  );

export const complete = (by: string, id: bigint, attempt: bigint, result: string) =>
  makeCall(
    onQueue('complete-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.bufferFromHex(result)],
    (m) => leases.complete(m, by, id, attempt, result),
    [id],
  );

export const fail = (by: string, id: bigint, attempt: bigint, code: bigint, isRetryable: boolean) =>
  makeCall(
    onQueue('fail-task'),
    by,
    [Cl.uint(id), Cl.uint(attempt), Cl.uint(code), Cl.bool(isRetryable)],
    (m) => leases.fail(m, by, id, attempt, code, isRetryable),
    [id],
  );

export const reclaim = (by: string, ids: readonly bigint[]) =>
  makeCall(onQueue('reclaim-leases'), by, [uints(ids)], (m) => leases.reclaim(m, ids), ids);

export const schedule = (by: string, id: bigint, at: bigint) =>
  makeCall(
    onScheduler('schedule-task'),
    by,
    [Cl.uint(id), Cl.uint(at)],
    (m) => scheduler.schedule(m, by, id, { clock: 0n, at }),
    [id],
  );

export const scheduleOn = (by: string, id: bigint, moment: Moment) =>
  makeCall(
    onScheduler('schedule-task-on'),
    by,
    [Cl.uint(id), Cl.uint(moment.clock), Cl.uint(moment.at)],
    (m) => scheduler.schedule(m, by, id, moment),
    [id],
  );

export const createAndSchedule = (by: string, template: bigint, data: TaskData, moment: Moment) =>
  makeCall(
    onScheduler('create-and-schedule'),
    by,
    [Cl.uint(template), encodeData(data), Cl.uint(moment.clock), Cl.uint(moment.at)],
    (m) => scheduler.createAndSchedule(m, by, template, data, moment),
  );

export const unschedule = (by: string, id: bigint) =>
  makeCall(onScheduler('unschedule-task'), by, [Cl.uint(id)], (m) => scheduler.unschedule(m, by, id), [id]);

export const cancelScheduled = (by: string, id: bigint) =>
  makeCall(
    onScheduler('cancel-scheduled-task'),
    by,
    [Cl.uint(id)],
    (m) => scheduler.cancelScheduled(m, by, id),
    [id],
  );

export const trigger = (by: string, clock: bigint, n: bigint) =>
  makeCall(onScheduler('trigger-due-tasks'), by, [Cl.uint(clock), Cl.uint(n)], (m) =>
    scheduler.triggerDue(m, clock, n),
  );
