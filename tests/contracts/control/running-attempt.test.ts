import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { type ErrorName, errorName } from '../../helpers/contract-errors.js';
import { expectErr, expectOk } from '../../helpers/contracts.js';
import { createLine, enqueueAll, pinnedHandler, runningScene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  dequeueAs,
  execute,
  fail,
  heartbeat,
  reclaim,
  release,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

type Settle = (id: bigint, attempt: bigint, by: string) => ReturnType<typeof complete>;

const settleCalls: readonly (readonly [string, 'queue' | 'control', Settle])[] = [
  ['heartbeat-task', 'control', (id, attempt, by) => heartbeat(id, attempt, 20n, by)],
  ['complete-task', 'queue', (id, attempt, by) => complete(id, attempt, by)],
  ['fail-task', 'control', (id, attempt, by) => fail(id, attempt, by)],
  ['release-task', 'control', (id, attempt, by) => release(id, attempt, by)],
];

const STALE_ATTEMPT = {
  queue: 'queue.ERR_STALE_ATTEMPT',
  control: 'control.ERR_STALE_ATTEMPT',
} as const;

describe.each(settleCalls)('%s', (_, contract, settle) => {
  const error = (name: string) => `${contract}.ERR_${name}` as ErrorName;

  it('refuses an id that is no task', () => {
    const { alice } = standardScene();
    expectErr(settle(1n, 1n, alice), error('UNKNOWN_TASK'));
  });

  it('refuses a task that does not run', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { hold: true }, {}]);
    expectErr(settle(1n, 0n, scene.alice), error('STATE'));
    expectErr(settle(2n, 0n, scene.alice), error('STATE'));

    expectOk(dequeueAs(scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectErr(settle(1n, 1n, scene.alice), error('STATE'));

    expectOk(dequeueAs(scene.alice));
    expectOk(fail(3n, 1n, scene.alice));
    expectErr(settle(3n, 1n, scene.alice), error('STATE'));
  });

  it('is for the worker that holds the lease', () => {
    const scene = runningScene();
    for (const by of [scene.bob, scene.producer, scene.manager, scene.deployer, scene.stranger]) {
      expectErr(settle(1n, 1n, by), error('NOT_HOLDER'));
    }
  });

  it('refuses another attempt than the running one, also one that the caller held itself', () => {
    const scene = runningScene();
    expectErr(settle(1n, 0n, scene.alice), STALE_ATTEMPT[contract]);
    expectErr(settle(1n, 2n, scene.alice), STALE_ATTEMPT[contract]);
    mineUntil(stateOf(1n).until as bigint);
    expectOk(reclaim([1n], scene.stranger));
    mineUntil(stateOf(1n).retry as bigint);
    expectOk(trigger(0n));
    expectOk(dequeueAs(scene.alice));

    expectErr(settle(1n, 1n, scene.alice), STALE_ATTEMPT[contract]);
    expectOk(settle(1n, 2n, scene.alice));
  });

  it('works past the end of the lease until somebody reclaims it', () => {
    const scene = runningScene();
    mineUntil((stateOf(1n).until as bigint) + 10n);
    expectOk(settle(1n, 1n, scene.alice));
  });
});

describe('the attempt of an on-chain task', () => {
  it.each([
    ['complete-task', 'queue.ERR_KIND', '(contract-call? .async-queue complete-task id u1 0x)'],
    ['fail-task', 'control.ERR_KIND', '(contract-call? .task-control fail-task id u1 u0 true)'],
    ['release-task', 'control.ERR_KIND', '(contract-call? .task-control release-task id u1)'],
    ['heartbeat-task', 'control.ERR_KIND', '(contract-call? .task-control heartbeat-task id u1 u9 0x)'],
  ])('is not settled by hand: %s from inside the handler', (_, name, call) => {
    const scene = standardScene();
    const handler = pinnedHandler(`(begin (try! ${call}) (ok {result: 0x, again: none}))`);
    const { template } = createLine(scene, 'chain', { kind: 1n }, { handler });
    enqueueAll({ ...scene, template }, [{}]);

    expect(execute(1n, handler.contract, scene.alice).result).toEqual({ ok: 0n });

    const { status, code } = stateOf(1n);
    expect([status, errorName(code)]).toEqual([STATUS.RETRYING, name]);
  });
});
