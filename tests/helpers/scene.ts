import { account, contractId, expectOk, type Fields } from './contracts.js';
import { createTaskType, createTemplate, enqueue, ROLE, registerCoordinator, STATUS } from './tasks.js';

/** The people of a test: the deployer owns the contracts, the manager made task type 1 and template 1. */
export interface Scene {
  readonly deployer: string;
  readonly manager: string;
  readonly producer: string;
  readonly alice: string; // a worker
  readonly bob: string; // a worker
  readonly stranger: string; // registered nowhere
  readonly vault: string; // the queue contract, which holds the rewards
  readonly taskType: bigint;
  readonly template: bigint;
}

/** Registers everybody and makes a task type and an open template with the given config. */
export function standardScene(fields: Fields = {}): Scene {
  const people = {
    deployer: account('deployer'),
    manager: account('wallet_1'),
    producer: account('wallet_2'),
    alice: account('wallet_3'),
    bob: account('wallet_4'),
    stranger: account('wallet_5'),
    vault: contractId('queue'),
  };
  expectOk(registerCoordinator(people.manager, ROLE.manager));
  expectOk(registerCoordinator(people.producer, ROLE.producer));
  expectOk(registerCoordinator(people.alice, ROLE.worker));
  expectOk(registerCoordinator(people.bob, ROLE.worker));
  const taskType = createTaskType(people.manager);
  return { ...people, taskType, template: createTemplate(taskType, fields, people.manager) };
}

/** Enqueues one task for each set of fields; returns their ids. */
export function enqueueAll(scene: Scene, tasks: readonly Fields[]): bigint[] {
  return tasks.map((fields) => expectOk(enqueue(scene.template, fields, scene.producer)) as bigint);
}

/** The state of a task of the standard template that was enqueued with the default data; fields override it. */
export function queuedState(fields: Fields = {}): Fields {
  return {
    status: STATUS.QUEUED,
    lane: 5n,
    reward: 1000n,
    lease: 12n,
    'max-lease': 100n,
    'max-attempts': 3n,
    delay: 4n,
    doubling: false,
    cap: 50n,
    attempts: 0n,
    worker: null,
    slot: 0n,
    claimed: 0n,
    until: 0n,
    list: 5n,
    seq: 1n,
    clock: 0n,
    at: 0n,
    stop: false,
    code: 0n,
    result: '0x',
    ended: 0n,
    ...fields,
  };
}
