import { decode } from './clarity.js';
import { account, call, contractId, deploy, expectOk, type Fields } from './contracts.js';
import {
  createTaskType,
  createTemplate,
  dequeueFrom,
  enqueue,
  ROLE,
  registerCoordinator,
  STATUS,
} from './tasks.js';

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

export interface QueueKind {
  readonly kind?: bigint; // 1: on-chain
  readonly class?: bigint; // 1: bonded workers too
  readonly strict?: boolean;
  readonly guardEvery?: bigint;
}

/** Makes a queue and an open template for it; returns both. */
export function createLine(
  scene: Scene,
  name: string,
  { kind = 0n, class: least = 0n, strict = false, guardEvery = 0n }: QueueKind = {},
  fields: Fields = {},
): { queue: bigint; template: bigint } {
  const args = [name, kind, least, strict, guardEvery];
  const queue = expectOk(call('factory', 'create-queue', args, scene.deployer)) as bigint;
  return { queue, template: createTemplate(scene.taskType, { queue, ...fields }, scene.manager) };
}

const DONE = '(ok {result: 0x, again: none})';

/** Deploys a handler of on-chain tasks, which always succeeds unless it is told what to answer, as a template pins it. */
export function pinnedHandler(answer = DONE): { contract: string; hash: string } {
  const contract = deploy(
    'pinned-handler',
    `(impl-trait .task-handler-trait.task-handler)
    (define-public (handle-task (id uint) (payload (buff 1024))) ${answer})
    (define-read-only (get-hash) (contract-hash? current-contract))`,
  );
  const { result } = simnet.callReadOnlyFn(contract, 'get-hash', [], account('deployer'));
  return { contract, hash: (decode(result) as { ok: string }).ok };
}

/** A standard scene whose tasks 1 to n run under leases of alice. */
export function runningScene(fields: Fields = {}, tasks: readonly Fields[] = [{}]): Scene {
  const scene = standardScene(fields);
  enqueueAll(scene, tasks);
  expectOk(dequeueFrom(0n, BigInt(tasks.length), scene.alice));
  return scene;
}

/** The state of a task of the standard template that was enqueued with the default data; fields override it. */
export function queuedState(fields: Fields = {}): Fields {
  return {
    owner: account('wallet_2'),
    status: STATUS.QUEUED,
    gate: 0n,
    lane: 5n,
    access: 0n,
    reward: 1000n,
    floor: 1000n,
    ramp: 0n,
    price: 0n,
    escrow: 1000n,
    lease: 12n,
    'max-lease': 100n,
    'max-attempts': 3n,
    delay: 4n,
    doubling: false,
    cap: 50n,
    ttl: 0n,
    expires: 0n,
    attempts: 0n,
    releases: 0n,
    steps: 1n,
    worker: null,
    bonded: false,
    slot: 0n,
    claimed: 0n,
    until: 0n,
    retry: 0n,
    list: 5n,
    seq: 1n,
    clock: 0n,
    at: 0n,
    series: 0n,
    watched: false,
    shared: false,
    input: false,
    stop: false,
    code: 0n,
    result: '0x',
    ended: 0n,
    ...fields,
  };
}
