import { createFac, type PreparedCall } from '@fac/sdk';
import { Cl, makeUnsignedContractCall, Pc } from '@stacks/transactions';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, DEPLOYER } from '../helpers/keys.js';

const { registry, factory, queue, scheduler, topics } = createFac({ deployer: DEPLOYER });
const deny = { postConditions: [], postConditionMode: 'deny' };
const keepsAll = { postConditions: [], postConditionMode: 'originator' };
const sends = (amount: bigint) => ({
  postConditions: [Pc.origin().willSendEq(amount).ustx()],
  postConditionMode: 'deny',
});
const sendsAtMost = (amount: bigint) => ({
  postConditions: [Pc.origin().willSendLte(amount).ustx()],
  postConditionMode: 'deny',
});
const vault = Pc.principal(`${DEPLOYER}.async-queue`);
const key = Uint8Array.of(1);
const handler = `${DEPLOYER}.chained-job`;
const attempt = { id: 1n, attempt: 1n };
const series = { template: 1n, clock: 'burn', at: 9n, every: 144n, runs: 10n } as const;
const place = { topic: 'price', index: 0n };

describe('prepare', () => {
  const cases: [PreparedCall, string, object][] = [
    [
      registry.prepare.registerCoordinator({ coordinator: DEPLOYER, roles: ['worker'] }),
      'register-coordinator',
      deny,
    ],
    [registry.prepare.acceptOwner(), 'accept-owner', deny],
    [registry.prepare.suspendCoordinator({ coordinator: DEPLOYER }), 'suspend-coordinator', deny],
    [registry.prepare.reinstateCoordinator({ coordinator: DEPLOYER }), 'reinstate-coordinator', deny],
    [registry.prepare.removeCoordinator({ coordinator: DEPLOYER }), 'remove-coordinator', deny],
    [registry.prepare.pause({ activities: ['claim'] }), 'pause', deny],
    [registry.prepare.unpause({ activities: ['claim'] }), 'unpause', deny],
    [registry.prepare.joinAsWorker({ amountUstx: 9n }), 'join-as-worker', sends(9n)],
    [registry.prepare.leave(), 'leave', deny],
    [registry.prepare.withdrawBond(), 'withdraw-bond', keepsAll],
    [registry.prepare.withdrawSink(), 'withdraw-sink', keepsAll],
    [factory.prepare.createTaskType({ name: 'greet' }), 'create-task-type', deny],
    [factory.prepare.setActive({ template: 1n, active: false }), 'set-active', deny],
    [factory.prepare.transferTemplate({ template: 1n, owner: ALICE }), 'transfer-template', deny],
    [queue.prepare.enqueueTask({ template: 1n, rewardUstx: 5n }), 'enqueue-task', sends(5n)],
    [queue.prepare.enqueueTask({ template: 1n, rewardUstx: 5n, steps: 3n }), 'enqueue-task', sends(15n)],
    [queue.prepare.enqueueTask({ template: 1n, rewardUstx: 5n, key }), 'enqueue-task', sendsAtMost(5n)],
    [queue.prepare.enqueueTask({ template: 1n }), 'enqueue-task', deny],
    [
      queue.prepare.enqueueTasks({
        items: [
          { template: 1n, rewardUstx: 5n },
          { template: 2n, rewardUstx: 2n, steps: 3n },
        ],
      }),
      'enqueue-tasks',
      sendsAtMost(11n),
    ],
    [queue.prepare.enqueueTasks({ items: [{ template: 1n }] }), 'enqueue-tasks', deny],
    [queue.prepare.withdrawCredits(), 'withdraw-credits', keepsAll],
    [queue.prepare.cancelTasks({ ids: [1n] }), 'cancel-tasks', keepsAll],
    [queue.prepare.setPriority({ id: 1n, priority: 15n }), 'set-priority', deny],
    [queue.prepare.topUpTask({ id: 1n, amountUstx: 4n }), 'top-up-task', sends(4n)],
    [queue.prepare.topUpTask({ id: 1n, amountUstx: 4n, steps: 2n }), 'top-up-task', sends(8n)],
    [queue.prepare.requeueTask({ id: 1n, rewardUstx: 4n, steps: 2n }), 'requeue-task', sends(8n)],
    [queue.prepare.requeueTask({ id: 1n }), 'requeue-task', deny],
    [queue.prepare.claimTasks({ ids: [1n] }), 'claim-tasks', deny],
    [queue.prepare.releaseTask(attempt), 'release-task', keepsAll],
    [queue.prepare.expireTasks({ ids: [1n] }), 'expire-tasks', keepsAll],
    [queue.prepare.releaseChildren({ n: 8n }), 'release-children', deny],
    [queue.prepare.completeTasks({ items: [attempt] }), 'complete-tasks', keepsAll],
    [
      queue.prepare.completeTasks({ items: [{ ...attempt, rewardUstx: 5n }, attempt] }),
      'complete-tasks',
      keepsAll,
    ],
    [
      queue.prepare.completeTasks({
        items: [
          { ...attempt, rewardUstx: 5n },
          { id: 2n, attempt: 1n, rewardUstx: 6n },
        ],
      }),
      'complete-tasks',
      { postConditions: [vault.willSendLte(11n).ustx()], postConditionMode: 'deny' },
    ],
    [queue.prepare.cancelTask({ id: 1n }), 'cancel-task', keepsAll],
    [queue.prepare.dequeueTask(), 'dequeue-task', deny],
    [queue.prepare.heartbeatTask({ id: 1n, attempt: 1n, blocks: 12n }), 'heartbeat-task', deny],
    [queue.prepare.completeTask({ id: 1n, attempt: 1n }), 'complete-task', keepsAll],
    [
      queue.prepare.completeTask({ id: 1n, attempt: 1n, rewardUstx: 5n }),
      'complete-task',
      {
        postConditions: [vault.willSendEq(5n).ustx()],
        postConditionMode: 'deny',
      },
    ],
    [queue.prepare.failTask({ id: 1n, attempt: 1n, code: 1n, retryable: true }), 'fail-task', keepsAll],
    [queue.prepare.reclaimLeases({ ids: [1n] }), 'reclaim-leases', keepsAll],
    [scheduler.prepare.scheduleTask({ id: 1n, at: 9n }), 'schedule-task', deny],
    [scheduler.prepare.cancelScheduledTask({ id: 1n }), 'cancel-scheduled-task', keepsAll],
    [
      scheduler.prepare.createAndSchedule({ template: 1n, rewardUstx: 6n, clock: 'burn', at: 9n }),
      'create-and-schedule',
      sends(6n),
    ],
    [scheduler.prepare.createSeries({ ...series, rewardUstx: 5n, steps: 2n }), 'create-series', sends(100n)],
    [scheduler.prepare.createSeries(series), 'create-series', deny],
    [scheduler.prepare.topUpSeries({ n: 1n, runs: 3n, rewardUstx: 5n }), 'top-up-series', sends(15n)],
    [scheduler.prepare.skipNext({ n: 1n }), 'skip-next', deny],
    [scheduler.prepare.resumeSeries({ n: 1n }), 'resume-series', deny],
    [scheduler.prepare.cancelSeries({ n: 1n }), 'cancel-series', keepsAll],
    [scheduler.prepare.executeTask({ id: 1n, handler }), 'execute-task', keepsAll],
    [scheduler.prepare.executeTasks({ items: [{ id: 1n, handler }] }), 'execute-tasks', keepsAll],
    [topics.prepare.createTopic({ topic: 'price' }), 'create-topic', deny],
    [topics.prepare.publish({ topic: 'price', data: key }), 'publish', deny],
    [
      topics.prepare.subscribe({ topic: 'price', template: 1n, runs: 4n, rewardUstx: 5n, steps: 2n }),
      'subscribe',
      sends(40n),
    ],
    [
      topics.prepare.topUpSubscription({ ...place, runs: 4n, rewardUstx: 5n }),
      'top-up-subscription',
      sends(20n),
    ],
    [topics.prepare.unsubscribe(place), 'unsubscribe', keepsAll],
    [topics.prepare.awaitTopic({ id: 1n, topic: 'price' }), 'await-topic', deny],
    [topics.prepare.deliver({ topic: 'price', n: 6n }), 'deliver', deny],
    [scheduler.prepare.triggerDueTasks({ clock: 'time', n: 20n }), 'trigger-due-tasks', keepsAll],
  ];

  it.each(cases)('says what $functionName may move', (call, functionName, funds) => {
    expect(call).toMatchObject({ contractAddress: DEPLOYER, functionName, ...funds });
  });

  it('fills in what is left out', () => {
    const { functionArgs } = queue.prepare.enqueueTask({ template: 3n, priority: 15n, rewardUstx: 5n });
    const data = {
      priority: Cl.some(Cl.uint(15)),
      reward: Cl.uint(5),
      'reward-min': Cl.none(),
      deadline: Cl.none(),
      hold: Cl.bool(false),
      tag: Cl.none(),
      key: Cl.none(),
      parents: Cl.list([]),
      'after-items': Cl.list([]),
      lax: Cl.bool(false),
      payload: Cl.buffer(new Uint8Array()),
    };
    expect(functionArgs).toEqual([Cl.uint(3), Cl.tuple(data)]);
  });

  it('fits sponsored building', async () => {
    const call = queue.prepare.enqueueTask({ template: 1n, rewardUstx: 5n });
    const publicKey = '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';
    const built = await makeUnsignedContractCall({ ...call, publicKey, fee: 0, nonce: 0, sponsored: true });
    expect(built.payload).toMatchObject({ functionArgs: call.functionArgs });
  });

  it('carries the type of the answer', () => {
    expectTypeOf(queue.prepare.enqueueTask).returns.toExtend<PreparedCall<bigint>>();
    expectTypeOf(queue.prepare.dequeueTask).returns.toExtend<PreparedCall<readonly bigint[]>>();
    expectTypeOf(queue.prepare.enqueueTask).returns.not.toExtend<PreparedCall<boolean>>();
  });
});

describe('enqueueTask', () => {
  it('refuses a payload of 1,025 bytes', async () => {
    const error = await refusalOf(() => queue.enqueueTask({ template: 1n, payload: new Uint8Array(1025) }));
    expect(error.code).toBe('EXCEEDED_LENGTH');
    expect(error.message).toBe('async-queue.enqueue-task: data.payload of 1,025 bytes, at most 1,024 bytes');
  });

  it('refuses a key it does not know rather than lose it', async () => {
    const input = { template: 1n, reward: 5n };
    const error = await refusalOf(() => queue.enqueueTask(input));
    expect(error).toMatchObject({ code: 'INVALID_FIELD', context: { path: 'reward' } });
  });

  it.each([
    [{ template: 1 }, 'INVALID_ARGUMENT', 'template'],
    [{ template: -1n }, 'OUT_OF_RANGE_ARGUMENT', 'template'],
    [{}, 'EXPECTED_FIELD', 'template'],
    [{ template: 1n, payload: 'text' }, 'INVALID_ARGUMENT', 'data.payload'],
    [{ template: 1n, hold: 'yes' }, 'INVALID_ARGUMENT', 'data.hold'],
    [{ template: 1n, rewardUstx: 5 }, 'INVALID_ARGUMENT', 'data.reward'],
    [{ template: 1n, steps: 3 }, 'INVALID_ARGUMENT', 'steps'],
  ])('refuses %o with %s at %s', async (input, code, path) => {
    // What JavaScript callers may write; the types refuse it already.
    const error = await refusalOf(() => queue.enqueueTask(input as never));
    expect(error).toMatchObject({ code, context: { function: 'async-queue.enqueue-task', path } });
  });
});

describe('triggerDueTasks', () => {
  it('refuses a clock it does not know', async () => {
    const error = await refusalOf(() => scheduler.triggerDueTasks({ clock: 'moon' as never, n: 1n }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', context: { path: 'clock', came: '"moon"' } });
  });
});

describe('enqueueTasks', () => {
  it.each([
    [{ items: { template: 1n } }, 'async-queue.enqueue-tasks', 'items'],
    [{ items: [{ template: 1n }, { template: 1 }] }, 'async-queue.enqueue-tasks', 'items[1].template'],
    [{ items: [{ template: 1n, reward: 5n }] }, 'async-queue.enqueue-tasks: items[0]', 'reward'],
  ])('refuses %o of %s at %s', async (input, functionName, path) => {
    const error = await refusalOf(() => queue.enqueueTasks(input as never)); // what JavaScript callers may write
    expect(error).toMatchObject({ context: { function: functionName, path } });
  });

  it('takes earlier items as parents', () => {
    const { functionArgs } = queue.prepare.enqueueTasks({ items: [{ template: 1n, afterItems: [0n] }] });
    expect(functionArgs).toMatchObject([
      { value: [{ value: { 'after-items': Cl.list([Cl.uint(0)]), template: Cl.uint(1) } }] },
    ]);
  });
});

describe('createSeries', () => {
  it.each([
    [{ ...series, policy: 'often' }, 'INVALID_ARGUMENT', 'policy'],
    [{ ...series, runs: undefined }, 'EXPECTED_FIELD', 'runs'],
    [{ ...series, count: 3n }, 'INVALID_FIELD', 'count'],
  ])('refuses %o with %s at %s', async (input, code, path) => {
    const error = await refusalOf(() => scheduler.createSeries(input as never)); // what JavaScript callers may write
    expect(error).toMatchObject({ code, context: { function: 'task-scheduler.create-series', path } });
  });
});

describe('executeTask', () => {
  it('refuses a handler that is no contract', async () => {
    const error = await refusalOf(() => scheduler.executeTask({ id: 1n, handler: ALICE }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', context: { path: 'handler' } });
  });
});

describe('pause', () => {
  it('refuses an activity it does not know', async () => {
    const error = await refusalOf(() => registry.pause({ activities: ['sleep' as never] }));
    expect(error).toMatchObject({
      code: 'INVALID_ARGUMENT',
      context: { path: 'activities', came: '"sleep"' },
    });
  });
});

describe('registerCoordinator', () => {
  it('refuses a role it does not know', async () => {
    const args = { coordinator: DEPLOYER, roles: ['king' as never] };
    const error = await refusalOf(() => registry.registerCoordinator(args));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', context: { path: 'roles', came: '"king"' } });
  });
});
