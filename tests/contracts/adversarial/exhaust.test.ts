import type { ClarityValue } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { decode } from '../../helpers/clarity.js';
import { mineUntil } from '../../helpers/clocks.js';
import { errorName } from '../../helpers/contract-errors.js';
import { argsOf, contractId, expectOk, type Fields } from '../../helpers/contracts.js';
import { lastId, ROLE, registerCoordinator, STATUS, stateOf } from '../../helpers/tasks.js';
import { enqueueWork, execute, executeAll } from '../scheduler/handlers.js';
import { arena, dataText, dispatchNaively, GIFT, mixedBatch } from './arena.js';
import { changesSince, worths } from './worth.js';

const { FAILED, PENDING, RETRYING, SUCCEEDED } = STATUS;
const OK = '(ok {result: 0x, again: none})';

/** A handler that enqueues another task for itself each time, which it pays itself. */
const breeder = (reward: number, fields: Fields = {}) => ({
  fields,
  body: `(begin
    (try! (as-contract? ((with-stx u${reward}))
      (try! (contract-call? .async-queue enqueue-task u2 ${dataText(reward)}))))
    ${OK})`,
});

describe('a handler that enqueues without end', () => {
  it('is refused when it is no producer', () => {
    const scene = arena('breeder', breeder(0));
    const id = enqueueWork(scene);

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(errorName(stateOf(id).code)).toBe('registry.ERR_ROLE');
    expect(lastId()).toBe(id);
  });

  it('ends when it cannot pay for the next, and what it spent went to who executed it', () => {
    const scene = arena('breeder', breeder(1000));
    expectOk(registerCoordinator(scene.handler, ROLE.producer));
    simnet.transferSTX(3500 - Number(GIFT), scene.handler, scene.stranger);
    const first = enqueueWork(scene);
    const before = worths();

    for (let id = first; id <= lastId(); id++) {
      for (let attempt = 1n; stateOf(id).status !== SUCCEEDED && attempt <= 3n; attempt++) {
        expectOk(execute(scene, id));
        if (stateOf(id).status === RETRYING) mineUntil(stateOf(id).retry as bigint);
      }
    }

    expect(lastId()).toBe(first + 3n);
    expect(stateOf(first + 3n)).toMatchObject({ status: FAILED, escrow: 0n });
    expect(errorName(stateOf(first + 3n).code)).toBe('queue.ERR_INSUFFICIENT');
    expect(changesSince(before)).toEqual({
      [scene.producer]: -1000n,
      [scene.handler]: -2000n,
      [scene.alice]: 3000n,
    });
  });

  it('makes a task for nothing only when somebody executes it for nothing', () => {
    const scene = arena('breeder', breeder(0));
    expectOk(registerCoordinator(scene.handler, ROLE.producer));
    const first = enqueueWork(scene);
    const before = worths();

    for (let id = first; id < first + 6n; id++) {
      expect(lastId()).toBe(id);
      expect(expectOk(execute(scene, id))).toBe(id === first ? 1000n : 0n);
    }

    expect(changesSince(before)).toEqual({ [scene.producer]: -1000n, [scene.alice]: 1000n });
  });

  it('makes none for nothing where the template asks for a reward', () => {
    const scene = arena('breeder', breeder(0, { 'min-reward': 10n }));
    expectOk(registerCoordinator(scene.handler, ROLE.producer));
    const id = enqueueWork(scene);

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(errorName(stateOf(id).code)).toBe('factory.ERR_REWARD_TOO_LOW');
    expect(lastId()).toBe(id);
  });

  it('hinders no neighbour in a batch', () => {
    const scene = arena('breeder', breeder(0));
    expectOk(registerCoordinator(scene.handler, ROLE.producer));
    const batch = mixedBatch(scene);
    const before = worths();

    const outcome = executeAll(batch, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 1000n }, { ok: 1000n }] });
    expect(lastId()).toBe(4n);
    expect(changesSince(before)).toEqual({ [scene.producer]: -3000n, [scene.alice]: 3000n });
  });
});

describe('a handler that continues without end', () => {
  it('ends with the steps that were paid for', () => {
    const body =
      '(ok {result: 0x, again: (some {clock: u0, at: (+ stacks-block-height u1), payload: payload})})';
    const scene = arena('endless', { body, fields: { 'max-steps': 4n } });
    const before = worths();
    const id = enqueueWork(scene);

    let runs = 0;
    do {
      expect(expectOk(execute(scene, id))).toBe(1000n);
      runs++;
    } while (stateOf(id).status === PENDING);

    expect(runs).toBe(4);
    expect(stateOf(id).status).toBe(SUCCEEDED);
    expect(changesSince(before)).toEqual({ [scene.producer]: -4000n, [scene.alice]: 4000n });
  });
});

const KILOBYTE = `0x${'ab'.repeat(1024)}`;
const TWENTY = `(list ${Array.from({ length: 20 }, (_, i) => `u${i}`).join(' ')})`;
const PRINTER = {
  before: `(define-constant KILOBYTE ${KILOBYTE})
(define-private (shout (turn uint)) (print KILOBYTE))
(define-private (shout-often (turn uint)) (len (map shout ${TWENTY})))`,
  body: `(begin (map shout-often ${TWENTY}) ${OK})`,
};

describe('a handler that prints hugely', () => {
  it('prints as much under any dispatcher, and hinders nobody', () => {
    const scene = arena('printer', PRINTER);
    const batch = mixedBatch(scene);
    const before = worths();
    expect(dispatchNaively(scene, scene.alice).prints).toHaveLength(400);

    const outcome = executeAll(batch, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 1000n }, { ok: 1000n }] });
    expect(outcome.prints.filter((print) => String(print) === KILOBYTE)).toHaveLength(400);
    expect(changesSince(before)).toEqual({ [scene.producer]: -3000n, [scene.alice]: 3000n });
  });

  it('cannot pass for the queue: its events bear its own name', () => {
    const body = `(begin (print {topic: "task-completed", id: u2, status: u5, price: u999999}) ${OK})`;
    const scene = arena('forger', { body });
    const ids = [enqueueWork(scene), enqueueWork(scene)];
    const args = argsOf('scheduler', 'execute-task', [ids[0] as bigint, scene.handler]);

    const { events } = simnet.callPublicFn(contractId('scheduler'), 'execute-task', args, scene.alice);

    const completed = events
      .filter(({ event }) => event === 'print_event')
      .map(({ data }) => ({
        by: data.contract_identifier,
        said: decode(data.value as ClarityValue) as Fields,
      }))
      .filter(({ said }) => said.topic === 'task-completed');
    expect(completed.map(({ by, said }) => [by, said.id])).toEqual([
      [scene.handler, ids[1]],
      [scene.vault, ids[0]],
    ]);
    expect(stateOf(ids[1] as bigint).status).toBe(STATUS.QUEUED);
  });
});

// Simnet has no limit of costs. Where a node has one, what goes beyond it aborts the transaction as a panic does.
describe('a handler that burns costs', () => {
  it('is paid like others when it comes to an end, and hinders no neighbour', () => {
    const before = `(define-private (burn (turn uint) (hash (buff 64))) (sha512 hash))
      (define-private (burn-often (turn uint) (hash (buff 64))) (fold burn ${TWENTY} hash))
      (define-private (burn-more (turn uint) (hash (buff 64))) (fold burn-often ${TWENTY} hash))`;
    const body = `(ok {result: (fold burn-more ${TWENTY} (sha512 id)), again: none})`;
    const scene = arena('burner', { before, body });
    const batch = mixedBatch(scene);
    const worth = worths();

    const outcome = executeAll(batch, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 1000n }, { ok: 1000n }] });
    expect(changesSince(worth)).toEqual({ [scene.producer]: -3000n, [scene.alice]: 3000n });
  });
});
