import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, callDeployed, contractId, expectOk } from '../../helpers/contracts.js';
import { createAndSchedule, ROLE, registerCoordinator, STATUS, stateOf } from '../../helpers/tasks.js';
import {
  ask,
  type ChainScene,
  chainScene,
  deployHandler,
  dispatchNaively,
  enqueueWork,
  execute,
  executeAll,
} from './handlers.js';
import { SERIES, seriesOf } from './series.js';

const OK = '(ok {result: 0x, again: none})';
const VIOLATION = 2000n;

const THIEF = `(begin
  (try! (stx-transfer? (stx-get-balance tx-sender) tx-sender (var-get thief)))
  ${OK})`;
const THIEF_DATA = '(define-data-var thief principal tx-sender)';

/** Lets handlers enqueue and make series without a role of their own. */
function openEnqueue(scene: ChainScene): void {
  expectOk(call('registry', 'set-param', ['open-enqueue', 1n], scene.deployer));
}

function giveTo(contract: string, amount: number): void {
  simnet.transferSTX(amount, contract, simnet.getAccounts().get('wallet_8') as string);
}

describe('a handler that takes what its caller has', () => {
  it('empties an account under a dispatcher that shields nothing', () => {
    const thief = deployHandler('thief', THIEF, THIEF_DATA);
    const victim = simnet.getAccounts().get('wallet_7') as string;
    const before = balanceOf(victim);

    const { transfers } = dispatchNaively(thief, victim);

    expect(transfers).toEqual([{ amount: before, from: victim, to: simnet.deployer }]);
  });

  it('gets nothing from whoever executes it', () => {
    const scene = chainScene(deployHandler('thief', THIEF, THIEF_DATA));
    const id = enqueueWork(scene);
    const before = balanceOf(scene.alice);

    const outcome = execute(scene, id);

    expect(outcome.result).toEqual({ ok: 0n });
    expect(outcome.transfers).toEqual([]);
    expect(balanceOf(scene.alice)).toBe(before);
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: 3n }); // stx-transfer? of nothing
  });

  it('gets nothing from the scheduler, though somebody gave it something', () => {
    const scene = chainScene(deployHandler('thief', THIEF, THIEF_DATA));
    const id = enqueueWork(scene);
    giveTo(contractId('scheduler'), 100);

    const outcome = execute(scene, id);

    expect(outcome.transfers).toEqual([]);
    expect(balanceOf(contractId('scheduler'))).toBe(100n);
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: VIOLATION + 128n });
  });
});

describe('a handler that calls back', () => {
  it('may trigger: what is due is set free', () => {
    const body = `(begin (try! (contract-call? .task-scheduler trigger-due-tasks u0 u20)) ${OK})`;
    const scene = chainScene(deployHandler('eager', body));
    const at = nextHeight() + 5n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    const id = enqueueWork(scene);
    mineUntil(at);

    expect(expectOk(execute(scene, id))).toBe(1000n);

    expect(stateOf(1n).status).toBe(STATUS.QUEUED);
    expect(stateOf(id).status).toBe(STATUS.SUCCEEDED);
  });

  it('aborts the whole transaction when it executes a task itself, and leaves nothing behind', () => {
    const body = `(begin (try! (contract-call? .task-scheduler execute-task (+ id u1) .nested)) ${OK})`;
    // A contract cannot name itself as a trait, so that it executes another.
    deployHandler('nested', OK);
    const scene = chainScene(deployHandler('nesting', body));
    expectOk(registerCoordinator(scene.handler, ROLE.worker));
    const ids = [enqueueWork(scene), enqueueWork(scene)];
    const before = ids.map(stateOf);

    expect(() => execute(scene, ids[0] as bigint)).toThrow();
    expect(() => executeAll([[ids[0] as bigint, scene.handler]], scene.alice)).toThrow();

    expect(ids.map(stateOf)).toEqual(before);
    expect(balanceOf(scene.vault)).toBe(2000n);
  });

  it.each([
    ['begin', 'async-queue begin-execution id tx-sender u1'],
    ['settle', 'async-queue settle-execution id tx-sender u1 u0 0x'],
    ['fail', 'task-control fail-execution id u10 u0'],
    ['continue', 'task-control continue-execution id tx-sender u0 u99999 0x 0x'],
    ['spend the prepaid runs', 'async-queue drain-series u1 .greedy'],
    ['cancel the occurrence', 'task-control cancel-occurrence tx-sender id'],
  ])('cannot %s in place of the scheduler', (_, target) => {
    const body = `(begin
      (var-set refused (is-err (contract-call? .${target})))
      ${OK})`;
    const before = '(define-data-var refused bool false) (define-read-only (was-refused) (var-get refused))';
    const scene = chainScene(deployHandler('greedy', body, before));
    const id = enqueueWork(scene);

    expect(expectOk(execute(scene, id))).toBe(1000n);

    expect(ask('greedy', 'was-refused')).toBe(true);
    expect(stateOf(id).status).toBe(STATUS.SUCCEEDED);
  });

  it('cannot execute in the name of the scheduler', () => {
    deployHandler('other', OK);
    const body = `(begin
      (asserts! (is-eq (contract-call? .task-scheduler execute-one {id: id, h: .other} tx-sender) (err u1311)) (err u1))
      ${OK})`;
    const scene = chainScene(deployHandler('posing', body));
    expect(expectOk(execute(scene, enqueueWork(scene)))).toBe(1000n);
  });

  it('is paid once, though it asks to stop the task that runs', () => {
    const body = `(begin (try! (contract-call? .task-control cancel-task id)) ${OK})`;
    const before = `(define-public (enqueue (template uint)) (as-contract? ((with-stx u1000))
      (try! (contract-call? .async-queue enqueue-task template {priority: none, reward: u1000, reward-min: none,
        deadline: none, hold: false, tag: none, key: none, parents: (list), after-items: (list), lax: false,
        payload: 0x}))))`;
    const scene = chainScene(deployHandler('regretful', body, before));
    openEnqueue(scene);
    giveTo(contractId('regretful'), 1000);
    const id = expectOk(
      callDeployed('regretful', 'enqueue', [Cl.uint(scene.template)], scene.alice),
    ) as bigint;

    const outcome = execute(scene, id);

    expect(outcome.result).toEqual({ ok: 1000n });
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: scene.vault, to: scene.alice }]);
    expect(stateOf(id).status).toBe(STATUS.SUCCEEDED);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('may end the series that it runs for: the run is paid, the rest refunded', () => {
    const body = `(begin (try! (contract-call? .task-scheduler cancel-series u1)) ${OK})`;
    const before = `(define-public (start (template uint) (at uint)) (as-contract? ((with-stx u3000))
      (try! (contract-call? .task-scheduler create-series template u0 at u10 u3 u1000 u0 true 0x))))`;
    const scene = chainScene(deployHandler('finite', body, before));
    openEnqueue(scene);
    const finite = contractId('finite');
    giveTo(finite, 3000);
    const at = nextHeight() + 10n;
    expectOk(callDeployed('finite', 'start', [Cl.uint(scene.template), Cl.uint(at)], scene.alice));
    mineUntil(at);

    const outcome = execute(scene, 1n);

    expect(outcome.result).toEqual({ ok: 1000n });
    expect(seriesOf(1n).status).toBe(SERIES.cancelled);
    expect([1n, 2n].map((id) => stateOf(id).status)).toEqual([STATUS.SUCCEEDED, STATUS.CANCELLED]);
    expect(balanceOf(finite)).toBe(2000n);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('has what it did undone when it then fails', () => {
    const body = `(begin
      (try! (contract-call? .task-scheduler trigger-due-tasks u0 u20))
      (if (is-eq id u2) (err u7) ${OK}))`;
    const scene = chainScene(deployHandler('undone', body));
    const at = nextHeight() + 5n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    const id = enqueueWork(scene);
    mineUntil(at);

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(stateOf(1n).status).toBe(STATUS.PENDING);
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: 7n });
  });
});

describe('a handler that ends in a runtime error', () => {
  it('undoes a batch as a whole', () => {
    const body = `(if (is-eq payload 0x) (ok {result: 0x, again: (some {clock: (/ u1 u0), at: u0, payload: 0x})}) ${OK})`;
    const scene = chainScene(deployHandler('dividing', body));
    const ids = [enqueueWork(scene, { payload: '0x01' }), enqueueWork(scene, { payload: '0x' })];
    const before = ids.map(stateOf);

    expect(() =>
      executeAll(
        ids.map((id) => [id, scene.handler] as const),
        scene.alice,
      ),
    ).toThrow();

    expect(ids.map(stateOf)).toEqual(before);
  });
});
