import { describe, expect, it } from 'vitest';
import type { Plain } from '../helpers/clarity.js';
import type { Contract, ErrorName } from '../helpers/contract-errors.js';
import { call, expectErr, expectOk, functionsOf } from '../helpers/contracts.js';
import { callByProxy, deployProxy } from '../helpers/proxy.js';
import { enqueueAll, type Scene, standardScene } from '../helpers/scene.js';
import {
  complete,
  config,
  createAndSchedule,
  dequeueAs,
  ROLE,
  registerCoordinator,
  taskData,
} from '../helpers/tasks.js';

type Row = [name: string, by: (scene: Scene) => string, args: (scene: Scene) => Plain[], error: ErrorName];

const { alice, deployer, manager, producer } = {
  alice: (scene: Scene) => scene.alice,
  deployer: (scene: Scene) => scene.deployer,
  manager: (scene: Scene) => scene.manager,
  producer: (scene: Scene) => scene.producer,
};

// Each call would succeed if whoever signs it called directly, but for those that only one of our contracts may make.
const ROWS: { readonly [contract in Contract]: readonly Row[] } = {
  registry: [
    ['register-coordinator', deployer, ({ stranger }) => [stranger, 1n], 'registry.ERR_ROLE'],
    ['update-coordinator-permissions', deployer, (s) => [s.alice, 1n], 'registry.ERR_ROLE'],
    ['set-capacity', deployer, (s) => [s.alice, 1n], 'registry.ERR_ROLE'],
    ['set-param', deployer, () => ['open-enqueue', 1n], 'registry.ERR_ROLE'],
    ['propose-owner', deployer, ({ stranger }) => [stranger], 'registry.ERR_NOT_OWNER'],
    ['accept-owner', ({ stranger }) => stranger, () => [], 'registry.ERR_NOT_OWNER'],
    ['open-leases', alice, (s) => [s.alice, [1n], 90n, 0n], 'registry.ERR_SYSTEM_ONLY'],
    ['close-leases', alice, (s) => [s.alice, [0n], 1n, 0n, 0n, 0n], 'registry.ERR_SYSTEM_ONLY'],
    ['lose-leases', alice, (s) => [[{ worker: s.alice, slot: 0n }]], 'registry.ERR_SYSTEM_ONLY'],
  ],
  factory: [
    ['create-task-type', manager, () => ['echo', ''], 'registry.ERR_ROLE'],
    ['create-queue', deployer, () => ['fast', 0n, 0n, false, 0n], 'registry.ERR_ROLE'],
    ['create-task-template', manager, () => [1n, config()], 'registry.ERR_ROLE'],
    ['update-task-template', manager, () => [1n, config()], 'factory.ERR_NOT_OWNER'],
  ],
  index: [
    ['push-lane', deployer, () => [5n, 9n], 'index.ERR_QUEUE_ONLY'],
    ['pop-lanes', deployer, () => [0n, 1n], 'index.ERR_QUEUE_ONLY'],
    ['push-due', deployer, () => [[{ clock: 0n, at: 900n, lane: 5n, id: 9n }]], 'index.ERR_QUEUE_ONLY'],
    ['promote', deployer, () => [0n, 900n, 1n], 'index.ERR_QUEUE_ONLY'],
    ['remove', deployer, () => [5n, 1n], 'index.ERR_QUEUE_ONLY'],
  ],
  queue: [
    ['enqueue-task', producer, () => [1n, taskData()], 'registry.ERR_ROLE'],
    ['dequeue-task', alice, () => [], 'registry.ERR_ROLE'],
    ['dequeue-from', alice, () => [0n, 1n], 'registry.ERR_ROLE'],
    ['heartbeat-task', alice, () => [1n, 1n, 20n, '0x'], 'queue.ERR_NOT_HOLDER'],
    ['complete-task', alice, () => [1n, 1n, '0x'], 'queue.ERR_NOT_HOLDER'],
    ['fail-task', alice, () => [1n, 1n, 0n, true], 'queue.ERR_NOT_HOLDER'],
    ['cancel-task', producer, () => [2n], 'queue.ERR_NOT_OWNER'],
    ['enqueue-for', producer, (s) => [s.producer, 1n, 0n, 900n, taskData()], 'queue.ERR_SCHEDULER_ONLY'],
    ['hold-until', producer, (s) => [s.producer, 3n, 0n, 900n], 'queue.ERR_SCHEDULER_ONLY'],
    ['hold-open', producer, (s) => [s.producer, 4n], 'queue.ERR_SCHEDULER_ONLY'],
    ['cancel-for', producer, (s) => [s.producer, 4n], 'queue.ERR_SCHEDULER_ONLY'],
    ['promote-due', producer, () => [0n, 5000n, 1n], 'queue.ERR_SCHEDULER_ONLY'],
  ],
  scheduler: [
    ['schedule-task', producer, () => [3n, 900n], 'queue.ERR_NOT_OWNER'],
    ['schedule-task-on', producer, () => [3n, 1n, 900n], 'queue.ERR_NOT_OWNER'],
    ['create-and-schedule', producer, () => [1n, taskData(), 0n, 900n], 'registry.ERR_ROLE'],
    ['unschedule-task', producer, () => [4n], 'queue.ERR_NOT_OWNER'],
    ['cancel-scheduled-task', producer, () => [4n], 'queue.ERR_NOT_OWNER'],
  ],
};

// What anybody may call, through a contract too.
const FOR_ANYONE = ['reclaim-leases', 'trigger-due-tasks'];

const contracts = Object.keys(ROWS) as Contract[];

/** Task 1 runs under a lease of alice, 2 waits in its lane, 3 is held, 4 scheduled; the stranger may own everything. */
function busyScene(): Scene {
  const scene = standardScene();
  enqueueAll(scene, [{ priority: 9n }, {}, { hold: true }]);
  expectOk(createAndSchedule(scene.template, {}, 0n, 800n, scene.producer));
  expectOk(dequeueAs(scene.alice));
  expectOk(call('registry', 'propose-owner', [scene.stranger], scene.deployer));
  return scene;
}

describe.each(contracts)('the authority over the %s', (contract) => {
  it('is with whoever calls, not with whoever signed: a contract between them has none', () => {
    const scene = busyScene();
    deployProxy(contract);
    for (const [name, by, args, error] of ROWS[contract]) {
      expectErr(callByProxy(contract, name, args(scene), by(scene)), error);
    }
  });

  it('is proved for every public function', () => {
    const names = functionsOf(contract)
      .filter(({ access, name }) => access === 'public' && !FOR_ANYONE.includes(name))
      .map(({ name }) => name);
    expect(ROWS[contract].map(([name]) => name).sort()).toEqual(names.sort());
  });
});

describe('a contract between a person and ours', () => {
  it('has the permissions it was given itself', () => {
    const scene = standardScene();
    expectOk(registerCoordinator(deployProxy('queue'), ROLE.producer + ROLE.worker));
    enqueueAll(scene, [{ reward: 0n }]);

    expect(expectOk(callByProxy('queue', 'dequeue-task', [], scene.stranger))).toEqual([1n]);

    expectErr(complete(1n, 1n, scene.stranger), 'queue.ERR_NOT_HOLDER');
    expect(expectOk(callByProxy('queue', 'complete-task', [1n, 1n, '0x'], scene.bob))).toBe(0n);
  });

  it('may reclaim and trigger like anyone', () => {
    const scene = standardScene();
    deployProxy('queue');
    deployProxy('scheduler');

    expect(expectOk(callByProxy('queue', 'reclaim-leases', [[1n]], scene.stranger))).toEqual([
      { err: 'queue.ERR_UNKNOWN_TASK' },
    ]);
    expect(expectOk(callByProxy('scheduler', 'trigger-due-tasks', [0n, 1n], scene.stranger))).toEqual({
      due: 0n,
      created: 0n,
      paid: 0n,
    });
  });
});
