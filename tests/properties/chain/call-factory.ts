import { Cl } from '@stacks/transactions';
import * as factory from '../model/factory.js';
import type { Config, Queue } from '../model/records.js';
import { makeCall } from './call.js';
import { encodeConfig } from './encode.js';

const on = (name: string) => ['async-task-factory', name] as const;

export const createTaskType = (by: string, name: string) =>
  makeCall(on('create-task-type'), by, [Cl.stringAscii(name), Cl.stringAscii('')], (m) =>
    factory.createTaskType(m, by, name, ''),
  );

export const createQueue = (by: string, queue: Queue) =>
  makeCall(
    on('create-queue'),
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
  makeCall(on('create-task-template'), by, [Cl.uint(taskType), encodeConfig(config)], (m) =>
    factory.createTemplate(m, by, taskType, config),
  );

export const updateTemplate = (by: string, template: bigint, config: Config) =>
  makeCall(on('update-task-template'), by, [Cl.uint(template), encodeConfig(config)], (m) =>
    factory.updateTemplate(m, by, template, config),
  );

export const setActive = (by: string, template: bigint, active: boolean) =>
  makeCall(on('set-active'), by, [Cl.uint(template), Cl.bool(active)], (m) =>
    factory.setActive(m, by, template, active),
  );

export const transferTemplate = (by: string, template: bigint, owner: string) =>
  makeCall(on('transfer-template'), by, [Cl.uint(template), Cl.principal(owner)], (m) =>
    factory.transferTemplate(m, by, template, owner),
  );
