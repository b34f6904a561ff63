import { Cl } from '@stacks/transactions';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  balanceOf,
  callDeployed,
  contractId,
  deploy,
  expectErr,
  expectOk,
  type Outcome,
} from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  creditsOf,
  dequeueAs,
  enqueue,
  fail,
  ROLE,
  registerCoordinator,
  releaseChildren,
  STATUS,
  stateOf,
  taskOf,
} from '../../helpers/tasks.js';

// A contract that owns tasks and also works on them.
const SHOP = `
(define-constant DATA {priority: none, reward: u1000, reward-min: none, deadline: none, hold: false, tag: none,
  key: none, parents: (list), after-items: (list), lax: false, payload: 0x00})
(define-public (enqueue-plainly)
  (contract-call? .async-queue enqueue-task u1 DATA))
(define-public (enqueue-with-allowance (amount uint))
  (as-contract? ((with-stx amount)) (try! (contract-call? .async-queue enqueue-task u1 DATA))))
(define-public (schedule-with-allowance (amount uint))
  (as-contract? ((with-stx amount))
    (try! (contract-call? .task-scheduler create-and-schedule u1 DATA u0 u1000))))
(define-public (cancel (id uint))
  (contract-call? .task-control cancel-task id))
(define-public (cancel-all (id uint))
  (contract-call? .task-control cancel-tasks (list id)))
(define-public (top-up (id uint))
  (contract-call? .task-control top-up-task id u9))
(define-public (requeue (id uint))
  (contract-call? .task-control requeue-task id u9))
(define-public (withdraw)
  (contract-call? .async-queue withdraw-credits))
(define-public (enqueue-child (parent uint))
  (as-contract? ((with-stx u1000)) (try! (contract-call? .async-queue enqueue-task u1
    (merge DATA {parents: (list parent)})))))
(define-public (dequeue)
  (contract-call? .async-queue dequeue-task))
(define-public (complete (id uint) (attempt uint))
  (contract-call? .async-queue complete-task id attempt 0x00))`;

describe('a contract that owns tasks', () => {
  let scene: Scene;
  let shop: string;
  const call = (fn: string, ...numbers: bigint[]): Outcome =>
    callDeployed('shop', fn, numbers.map(Cl.uint), scene.producer);

  beforeEach(() => {
    scene = standardScene({ 'max-attempts': 1n });
    shop = deploy('shop', SHOP);
    expectOk(registerCoordinator(shop, ROLE.producer + ROLE.worker));
    simnet.transferSTX(5000, shop, scene.producer);
  });

  it('cannot make its caller pay, who may well be a producer', () => {
    const caller = balanceOf(scene.producer);

    expectErr(call('enqueue-plainly'), 'queue.ERR_PAYER');

    expect(balanceOf(scene.producer)).toBe(caller);
    expect(balanceOf(shop)).toBe(5000n);
  });

  it('pays from its own balance with an allowance, and owns the task', () => {
    const outcome = call('enqueue-with-allowance', 1000n);

    expect(outcome.result).toEqual({ ok: 1n });
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: shop, to: scene.vault }]);
    expect(taskOf(1n)).toMatchObject({ owner: shop });
    expect(balanceOf(shop)).toBe(4000n);
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('is held to its allowance', () => {
    expect(call('enqueue-with-allowance', 999n)).toEqual({ result: { err: 0n }, prints: [], transfers: [] });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('is refused when its balance is too small', () => {
    for (let i = 0; i < 5; i++) expectOk(call('enqueue-with-allowance', 1000n));
    expectErr(call('enqueue-with-allowance', 1000n), 'queue.ERR_INSUFFICIENT');
  });

  it('schedules in the same way', () => {
    expect(call('schedule-with-allowance', 1000n)).toMatchObject({
      result: { ok: 1n },
      transfers: [{ amount: 1000n, from: shop, to: scene.vault }],
    });
    expect(taskOf(1n)).toMatchObject({ owner: shop });
  });

  it('gets its refunds itself', () => {
    expectOk(call('enqueue-with-allowance', 1000n));
    expectOk(call('enqueue-with-allowance', 1000n));

    expect(call('cancel', 1n).transfers).toEqual([{ amount: 1000n, from: scene.vault, to: shop }]);
    expectOk(dequeueAs(scene.alice));
    expect(fail(2n, 1n, scene.alice).transfers).toEqual([{ amount: 1000n, from: scene.vault, to: shop }]);

    expect(balanceOf(shop)).toBe(5000n);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('cannot make its caller pay for more either', () => {
    expectOk(call('enqueue-with-allowance', 1000n));
    expectErr(call('top-up', 1n), 'queue.ERR_PAYER');
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    expectErr(call('requeue', 1n), 'queue.ERR_PAYER');
  });

  it('gets what is credited to it', () => {
    expectOk(call('enqueue-with-allowance', 1000n));
    expectOk(call('enqueue-child', 1n));
    expect(call('cancel-all', 1n).transfers).toEqual([{ amount: 1000n, from: scene.vault, to: shop }]);
    expectOk(releaseChildren(8n, scene.stranger));
    expect(creditsOf(shop)).toBe(1000n);

    expect(call('withdraw').transfers).toEqual([{ amount: 1000n, from: scene.vault, to: shop }]);

    expect(balanceOf(shop)).toBe(5000n);
  });

  it('holds leases, completes and is paid itself', () => {
    expectOk(enqueue(scene.template, {}, scene.producer));

    expect(call('dequeue').result).toEqual({ ok: [1n] });
    expect(stateOf(1n)).toMatchObject({ worker: contractId('shop'), status: STATUS.RUNNING });
    expectErr(complete(1n, 1n, scene.producer), 'queue.ERR_NOT_HOLDER');
    expect(call('complete', 1n, 1n).transfers).toEqual([{ amount: 1000n, from: scene.vault, to: shop }]);

    expect(balanceOf(shop)).toBe(6000n);
  });

  it('may be the worker of its own task', () => {
    expectOk(call('enqueue-with-allowance', 1000n));
    expectOk(call('dequeue'));
    expectOk(call('complete', 1n, 1n));

    expect(balanceOf(shop)).toBe(5000n);
    expect(balanceOf(scene.vault)).toBe(0n);
  });
});
