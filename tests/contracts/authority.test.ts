import { describe, expect, it } from 'vitest';
import type { Plain } from '../helpers/clarity.js';
import { assertErrorName, type Contract, type ErrorName } from '../helpers/contract-errors.js';
import { call, contractId, expectErr, expectOk, functionsOf, type Outcome } from '../helpers/contracts.js';
import { callByProxy, deployProxy } from '../helpers/proxy.js';
import { enqueueAll, type Scene, standardScene } from '../helpers/scene.js';
import {
  complete,
  config,
  createAndSchedule,
  dequeueAs,
  fail,
  joinAsWorker,
  ROLE,
  registerCoordinator,
  taskData,
} from '../helpers/tasks.js';

type Row = [name: string, by: (scene: Scene) => string, args: (scene: Scene) => Plain[], error: ErrorName];

const { alice, deployer, manager, producer, stranger } = {
  alice: (scene: Scene) => scene.alice,
  deployer: (scene: Scene) => scene.deployer,
  manager: (scene: Scene) => scene.manager,
  producer: (scene: Scene) => scene.producer,
  stranger: (scene: Scene) => scene.stranger,
};

const handler = () => contractId('heartbeat-counter');

/** A new task as the scheduler asks for it. */
const item = (owner: string) => ({
  ...taskData(),
  ...{ owner, template: 1n, series: 0n, origin: null, clock: 0n, at: 900n },
});

// Each call would succeed if whoever signs it called directly, but for those that only our contracts may make.
const ROWS: { readonly [contract in Contract]: readonly Row[] } = {
  registry: [
    ['register-coordinator', deployer, ({ stranger }) => [stranger, 1n], 'registry.ERR_ROLE'],
    ['update-coordinator-permissions', deployer, (s) => [s.alice, 1n], 'registry.ERR_ROLE'],
    ['suspend-coordinator', deployer, (s) => [s.alice], 'registry.ERR_ROLE'],
    ['reinstate-coordinator', deployer, (s) => [s.alice], 'registry.ERR_ROLE'],
    ['remove-coordinator', deployer, (s) => [s.bob], 'registry.ERR_ROLE'],
    ['set-capacity', deployer, (s) => [s.alice, 1n], 'registry.ERR_ROLE'],
    ['set-param', deployer, () => ['open-enqueue', 1n], 'registry.ERR_ROLE'],
    ['pause', deployer, () => [1n], 'registry.ERR_ROLE'],
    ['unpause', deployer, () => [1n], 'registry.ERR_ROLE'],
    ['propose-owner', deployer, ({ stranger }) => [stranger], 'registry.ERR_NOT_OWNER'],
    ['accept-owner', stranger, () => [], 'registry.ERR_NOT_OWNER'],
    ['join-as-worker', manager, () => [200_000_000n], 'registry.ERR_TRANSFER'],
    ['leave', stranger, () => [], 'registry.ERR_BOND'],
    ['withdraw-bond', stranger, () => [], 'registry.ERR_BOND'],
    ['open-leases', alice, (s) => [s.alice, [1n], 90n, 0n], 'registry.ERR_SYSTEM_ONLY'],
    ['close-leases', alice, (s) => [s.alice, [0n], 1n, 0n, 0n], 'registry.ERR_SYSTEM_ONLY'],
    ['lose-leases', alice, (s) => [[null], s.alice], 'registry.ERR_SYSTEM_ONLY'],
  ],
  factory: [
    ['create-task-type', manager, () => ['echo', ''], 'registry.ERR_ROLE'],
    ['create-queue', deployer, () => ['fast', 0n, 0n, false, 0n], 'registry.ERR_ROLE'],
    ['create-task-template', manager, () => [1n, config()], 'registry.ERR_ROLE'],
    ['update-task-template', manager, () => [1n, config()], 'factory.ERR_NOT_OWNER'],
    ['set-active', manager, () => [1n, false], 'factory.ERR_NOT_OWNER'],
    ['transfer-template', manager, (s) => [1n, s.stranger], 'factory.ERR_NOT_OWNER'],
    ['make-all', producer, (s) => [[item(s.producer)], []], 'factory.ERR_QUEUE_ONLY'],
  ],
  index: [
    ['relocate', deployer, () => [[]], 'index.ERR_QUEUE_ONLY'],
    ['pop-lanes', deployer, () => [0n, 1n], 'index.ERR_QUEUE_ONLY'],
    ['set-guards', deployer, () => [[{ queue: 0n, every: 2n }]], 'index.ERR_QUEUE_ONLY'],
    ['promote', deployer, () => [0n, 900n, 1n], 'index.ERR_QUEUE_ONLY'],
  ],
  graph: [['update', deployer, () => [[], 1n], 'graph.ERR_QUEUE_ONLY']],
  queue: [
    ['enqueue-task', producer, () => [1n, taskData()], 'registry.ERR_ROLE'],
    ['enqueue-tasks', producer, () => [[{ template: 1n, ...taskData() }]], 'registry.ERR_ROLE'],
    ['withdraw-credits', producer, () => [], 'queue.ERR_NO_CREDIT'],
    ['dequeue-task', alice, () => [], 'registry.ERR_ROLE'],
    ['dequeue-from', alice, () => [0n, 1n], 'registry.ERR_ROLE'],
    ['claim-tasks', alice, () => [[3n]], 'registry.ERR_ROLE'],
    ['complete-task', alice, () => [2n, 1n, '0x'], 'queue.ERR_NOT_HOLDER'],
    ['complete-tasks', alice, () => [[{ id: 2n, attempt: 1n, result: '0x' }]], 'queue.ERR_NOT_HOLDER'],
    ['transact', producer, (s) => [[], [], s.producer, 0n, s.producer, 0n], 'queue.ERR_SYSTEM_ONLY'],
    ['begin-execution', producer, (s) => [3n, s.producer, 9n], 'queue.ERR_SYSTEM_ONLY'],
    ['settle-execution', producer, (s) => [2n, s.producer, 9n, 0n, '0x'], 'queue.ERR_SYSTEM_ONLY'],
    ['enqueue-for', producer, (s) => [[item(s.producer)]], 'queue.ERR_SYSTEM_ONLY'],
    ['take-children', producer, () => [1n], 'queue.ERR_SYSTEM_ONLY'],
    ['fund-series', producer, (s) => [s.producer, 1n, 5n], 'queue.ERR_SYSTEM_ONLY'],
    ['drain-series', producer, (s) => [1n, s.producer], 'queue.ERR_SYSTEM_ONLY'],
  ],
  control: [
    ['cancel-task', producer, () => [3n], 'control.ERR_NOT_OWNER'],
    ['cancel-tasks', producer, () => [[3n]], 'control.ERR_NOT_OWNER'],
    ['set-priority', producer, () => [3n, 9n], 'control.ERR_NOT_OWNER'],
    ['top-up-task', producer, () => [3n, 9n], 'control.ERR_NOT_OWNER'],
    ['requeue-task', producer, () => [1n, 9n], 'control.ERR_NOT_OWNER'],
    ['heartbeat-task', alice, () => [2n, 1n, 20n, '0x'], 'control.ERR_NOT_HOLDER'],
    ['fail-task', alice, () => [2n, 1n, 0n, true], 'control.ERR_NOT_HOLDER'],
    ['release-task', alice, () => [2n, 1n], 'control.ERR_NOT_HOLDER'],
    ['hold-until', producer, (s) => [s.producer, 4n, 0n, 900n], 'control.ERR_SCHEDULER_ONLY'],
    ['hold-open', producer, (s) => [s.producer, 5n], 'control.ERR_SCHEDULER_ONLY'],
    ['cancel-for', producer, (s) => [s.producer, 5n], 'control.ERR_SCHEDULER_ONLY'],
    ['cancel-occurrence', producer, (s) => [s.producer, 6n], 'control.ERR_SCHEDULER_ONLY'],
    ['defer', producer, () => [[{ id: 6n, at: 999n }]], 'control.ERR_SCHEDULER_ONLY'],
    ['release-held', producer, () => [[{ id: 4n, input: '0x' }]], 'control.ERR_SCHEDULER_ONLY'],
    ['fail-execution', alice, () => [2n, 9n, 1n], 'control.ERR_SCHEDULER_ONLY'],
    ['continue-execution', alice, (s) => [2n, s.alice, 0n, 900n, '0x', '0x'], 'control.ERR_SCHEDULER_ONLY'],
  ],
  overview: [],
  scheduler: [
    ['schedule-task', producer, () => [4n, 900n], 'control.ERR_NOT_OWNER'],
    ['schedule-task-on', producer, () => [4n, 1n, 900n], 'control.ERR_NOT_OWNER'],
    ['create-and-schedule', producer, () => [1n, taskData(), 0n, 900n], 'registry.ERR_ROLE'],
    ['unschedule-task', producer, () => [5n], 'control.ERR_NOT_OWNER'],
    ['cancel-scheduled-task', producer, () => [5n], 'control.ERR_NOT_OWNER'],
    ['create-series', producer, () => series, 'registry.ERR_ROLE'],
    ['top-up-series', producer, () => [1n, 1n], 'queue.ERR_PAYER'],
    ['skip-next', producer, () => [1n], 'scheduler.ERR_NOT_OWNER'],
    ['resume-series', producer, () => [1n], 'scheduler.ERR_NOT_OWNER'],
    ['cancel-series', producer, () => [1n], 'scheduler.ERR_NOT_OWNER'],
    ['execute-task', alice, () => [3n, handler()], 'registry.ERR_ROLE'],
    ['execute-tasks', alice, () => [[{ id: 3n, h: handler() }]], 'registry.ERR_ROLE'],
    ['execute-one', alice, (s) => [{ id: 3n, h: handler() }, s.alice], 'scheduler.ERR_SELF_ONLY'],
  ],
  topics: [
    ['create-topic', manager, () => ['weather'], 'registry.ERR_ROLE'],
    ['publish', manager, () => ['news', '0x01'], 'registry.ERR_ROLE'],
    ['subscribe', producer, () => ['news', 1n, 10n, 1n], 'registry.ERR_ROLE'],
    ['top-up-subscription', producer, () => ['news', 0n, 1n], 'queue.ERR_PAYER'],
    ['unsubscribe', producer, () => ['news', 0n], 'topics.ERR_NOT_OWNER'],
    ['await-topic', producer, () => [4n, 'news'], 'topics.ERR_NOT_OWNER'],
  ],
};

/** Runs of template 1 for 10 uSTX each, at 800 and then every 50 Stacks blocks. */
const series: Plain[] = [1n, 0n, 800n, 50n, 3n, 10n, 0n, false, '0x00'];

// What anybody may call, through a contract too.
const FOR_ANYONE = [
  'deliver',
  'expire-tasks',
  'reclaim-leases',
  'release-children',
  'trigger-due-tasks',
  'withdraw-sink',
];

const contracts = Object.keys(ROWS) as Contract[];

/**
 * Task 1 has failed, 2 runs under a lease of alice, 3 waits in its lane, 4 is held, 5 scheduled, 6 the held occurrence
 * of series 1; 7 was cancelled with its parent, task 1, and its reward credited to the producer, who subscribes to the
 * manager's topic; the stranger has a bond and may own everything.
 */
function busyScene(): Scene {
  const scene = standardScene();
  enqueueAll(scene, [{ priority: 9n }, { priority: 8n }, {}, { hold: true }]);
  expectOk(createAndSchedule(scene.template, {}, 0n, 800n, scene.producer));
  expectOk(call('scheduler', 'create-series', series, scene.producer));
  enqueueAll(scene, [{ parents: [1n] }]);
  expectOk(dequeueAs(scene.alice));
  expectOk(fail(1n, 1n, scene.alice, { retryable: false }));
  expectOk(dequeueAs(scene.alice));
  const both = [scene.manager, ROLE.manager + ROLE.publisher];
  expectOk(call('registry', 'update-coordinator-permissions', both, scene.deployer));
  expectOk(call('topics', 'create-topic', ['news'], scene.manager));
  expectOk(call('topics', 'subscribe', ['news', 1n, 10n, 2n], scene.producer));
  expectOk(joinAsWorker(scene.stranger));
  expectOk(call('registry', 'propose-owner', [scene.stranger], scene.deployer));
  return scene;
}

/** The error of a call, or of the one item of a batch that it was. */
function refusalOf({ result, prints, transfers }: Outcome): Plain | undefined {
  expect([prints, transfers]).toEqual([[], []]);
  return 'err' in result ? result.err : (result.ok as { err: Plain }[])[0]?.err;
}

describe.each(contracts.filter((contract) => ROWS[contract].length > 0))(
  'the authority over the %s',
  (contract) => {
    it('is with whoever calls, not with whoever signed: a contract between them has none', () => {
      const scene = busyScene();
      deployProxy(contract);
      for (const [name, by, args, error] of ROWS[contract]) {
        assertErrorName(error);
        expect([name, refusalOf(callByProxy(contract, name, args(scene), by(scene)))]).toEqual([name, error]);
      }
    });

    it('is proved for every public function', () => {
      const names = functionsOf(contract)
        .filter(({ access, name }) => access === 'public' && !FOR_ANYONE.includes(name))
        .map(({ name }) => name);
      expect(ROWS[contract].map(([name]) => name).sort()).toEqual(names.sort());
    });
  },
);

describe('a contract between a person and ours', () => {
  it('has the permissions it was given itself', () => {
    const scene = standardScene();
    expectOk(registerCoordinator(deployProxy('queue'), ROLE.producer + ROLE.worker));
    enqueueAll(scene, [{ reward: 0n }]);

    expect(expectOk(callByProxy('queue', 'dequeue-task', [], scene.stranger))).toEqual([1n]);

    expectErr(complete(1n, 1n, scene.stranger), 'queue.ERR_NOT_HOLDER');
    expect(expectOk(callByProxy('queue', 'complete-task', [1n, 1n, '0x'], scene.bob))).toBe(0n);
  });

  it('may reclaim, expire, release and trigger like anyone', () => {
    const scene = standardScene();
    deployProxy('control');
    deployProxy('scheduler');
    const unknown = [{ err: 'control.ERR_UNKNOWN_TASK' }];

    expect(expectOk(callByProxy('control', 'reclaim-leases', [[1n]], scene.stranger))).toEqual(unknown);
    expect(expectOk(callByProxy('control', 'expire-tasks', [[1n]], scene.stranger))).toEqual(unknown);
    expect(expectOk(callByProxy('control', 'release-children', [1n], scene.stranger))).toBe(0n);
    expect(expectOk(callByProxy('scheduler', 'trigger-due-tasks', [0n, 1n], scene.stranger))).toEqual({
      due: 0n,
      created: 0n,
      paid: 0n,
    });
  });
});
