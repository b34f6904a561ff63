import { createFac, type PreparedCall } from '@fac/sdk';
import { Cl, makeUnsignedContractCall, Pc } from '@stacks/transactions';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { DEPLOYER } from '../helpers/keys.js';

const { registry, factory, queue, scheduler } = createFac({ deployer: DEPLOYER });
const deny = { postConditions: [], postConditionMode: 'deny' };
const keepsAll = { postConditions: [], postConditionMode: 'originator' };
const sends = (amount: bigint) => ({
  postConditions: [Pc.origin().willSendEq(amount).ustx()],
  postConditionMode: 'deny',
});

describe('prepare', () => {
  const cases: [PreparedCall, string, object][] = [
    [
      registry.prepare.registerCoordinator({ coordinator: DEPLOYER, roles: ['worker'] }),
      'register-coordinator',
      deny,
    ],
    [registry.prepare.acceptOwner(), 'accept-owner', deny],
    [factory.prepare.createTaskType({ name: 'greet' }), 'create-task-type', deny],
    [queue.prepare.enqueueTask({ template: 1n, rewardUstx: 5n }), 'enqueue-task', sends(5n)],
    [queue.prepare.enqueueTask({ template: 1n }), 'enqueue-task', deny],
    [queue.prepare.cancelTask({ id: 1n }), 'cancel-task', keepsAll],
    [queue.prepare.dequeueTask(), 'dequeue-task', deny],
    [queue.prepare.heartbeatTask({ id: 1n, attempt: 1n, blocks: 12n }), 'heartbeat-task', deny],
    [queue.prepare.completeTask({ id: 1n, attempt: 1n }), 'complete-task', keepsAll],
    [
      queue.prepare.completeTask({ id: 1n, attempt: 1n, rewardUstx: 5n }),
      'complete-task',
      {
        postConditions: [Pc.principal(`${DEPLOYER}.async-queue`).willSendEq(5n).ustx()],
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
    [scheduler.prepare.triggerDueTasks({ clock: 'time', n: 20n }), 'trigger-due-tasks', keepsAll],
  ];

  it.each(cases)('says what $functionName may move', (call, functionName, funds) => {
    expect(call).toMatchObject({ contractAddress: DEPLOYER, functionName, ...funds });
  });

  it('fills in what this version does not serve', () => {
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

describe('registerCoordinator', () => {
  it('refuses a role it does not know', async () => {
    const args = { coordinator: DEPLOYER, roles: ['king' as never] };
    const error = await refusalOf(() => registry.registerCoordinator(args));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', context: { path: 'roles', came: '"king"' } });
  });
});
