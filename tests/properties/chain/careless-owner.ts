import { Cl } from '@stacks/transactions';
import { enqueueTask } from '../model/producing.js';
import type { TaskData } from '../model/records.js';
import type { Call } from './call.js';
import { makeCall } from './call.js';
import { encodeData } from './encode.js';

/** A contract that enqueues for whoever calls it and does not pay as itself. */
const NAME = 'careless-owner';

const SOURCE = `
(define-public (enqueue (template uint) (data {priority: (optional uint), reward: uint, reward-min: (optional uint),
    deadline: (optional uint), hold: bool, tag: (optional (buff 16)), key: (optional (buff 32)),
    parents: (list 8 uint), after-items: (list 8 uint), lax: bool, payload: (buff 1024)}))
  (contract-call? .async-queue enqueue-task template data))
`;

export const carelessOwner = (deployer: string): string => `${deployer}.${NAME}`;

export function deployCarelessOwner(deployer: string): void {
  // The SDK's types end below Clarity 6.
  simnet.deployContract(NAME, SOURCE, { clarityVersion: 6 as 4 }, deployer);
}

/** The contract would be the owner of the task, whoever sends the transaction. */
export const enqueueCarelessly = (by: string, owner: string, template: bigint, data: TaskData): Call =>
  makeCall([NAME, 'enqueue'], by, [Cl.uint(template), encodeData(data)], (m) =>
    enqueueTask(m, owner, template, data),
  );
