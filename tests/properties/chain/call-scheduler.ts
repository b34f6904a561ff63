import { Cl } from '@stacks/transactions';
import { cancelFor, holdOpen } from '../model/control.js';
import type { Execution } from '../model/execution.js';
import { execute, executeTasks as executeAll } from '../model/execution.js';
import type { Moment } from '../model/places.js';
import type { TaskData } from '../model/records.js';
import * as scheduler from '../model/scheduler.js';
import { makeCall } from './call.js';
import { encodeData } from './encode.js';

const on = (name: string) => ['task-scheduler', name] as const;

export const schedule = (by: string, id: bigint, at: bigint) =>
  makeCall(
    on('schedule-task'),
    by,
    [Cl.uint(id), Cl.uint(at)],
    (m) => scheduler.schedule(m, by, id, { clock: 0n, at }),
    [id],
  );

export const scheduleOn = (by: string, id: bigint, moment: Moment) =>
  makeCall(
    on('schedule-task-on'),
    by,
    [Cl.uint(id), Cl.uint(moment.clock), Cl.uint(moment.at)],
    (m) => scheduler.schedule(m, by, id, moment),
    [id],
  );

export const createAndSchedule = (by: string, template: bigint, data: TaskData, moment: Moment) =>
  makeCall(
    on('create-and-schedule'),
    by,
    [Cl.uint(template), encodeData(data), Cl.uint(moment.clock), Cl.uint(moment.at)],
    (m) => scheduler.createAndSchedule(m, by, template, data, moment),
    data.parents,
  );

export const unschedule = (by: string, id: bigint) =>
  makeCall(on('unschedule-task'), by, [Cl.uint(id)], (m) => holdOpen(m, by, id), [id]);

export const cancelScheduled = (by: string, id: bigint) =>
  makeCall(on('cancel-scheduled-task'), by, [Cl.uint(id)], (m) => cancelFor(m, by, id), [id]);

export const trigger = (by: string, clock: bigint, n: bigint) =>
  makeCall(on('trigger-due-tasks'), by, [Cl.uint(clock), Cl.uint(n)], (m) =>
    scheduler.triggerDue(m, by, clock, n),
  );

export const executeTask = (by: string, id: bigint, handler: string) =>
  makeCall(
    on('execute-task'),
    by,
    [Cl.uint(id), Cl.principal(handler)],
    (m) => execute(m, by, { id, handler }),
    [id],
  );

export const executeTasks = (by: string, items: readonly Execution[]) =>
  makeCall(
    on('execute-tasks'),
    by,
    [Cl.list(items.map(({ id, handler }) => Cl.tuple({ id: Cl.uint(id), h: Cl.principal(handler) })))],
    (m) => executeAll(m, by, items),
    items.map(({ id }) => id),
  );
