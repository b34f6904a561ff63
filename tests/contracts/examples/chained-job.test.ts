import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { errorName } from '../../helpers/contract-errors.js';
import { balanceOf, contractId, expectOk, read } from '../../helpers/contracts.js';
import { STATUS, stateOf } from '../../helpers/tasks.js';
import { chainScene, enqueueWork, execute } from '../scheduler/handlers.js';

const job = (units: bigint, done = 0n, sum = 0n) =>
  `0x${Cl.serialize(Cl.tuple({ units: Cl.uint(units), done: Cl.uint(done), sum: Cl.uint(sum) }))}`;
const consensus = (value: bigint) => `0x${Cl.serialize(Cl.uint(value))}`;

describe('chained-job', () => {
  it('does five units a step and continues itself until all are done', () => {
    const scene = chainScene(contractId('chained-job'), { 'max-steps': 4n });
    const id = enqueueWork(scene, { reward: 100n, payload: job(12n) });

    for (const [done, sum] of [
      [5n, 55n],
      [10n, 385n],
    ] as const) {
      const outcome = execute(scene, id);
      expect(outcome.result).toEqual({ ok: 100n });
      expect(outcome.prints).toContainEqual({ topic: 'units-done', id, units: 12n, done, sum });
      expect(read('control', 'get-input', id)).toBe(job(12n, done, sum));
      expect(stateOf(id)).toMatchObject({ status: STATUS.PENDING, result: consensus(done) });
    }
    const last = execute(scene, id);

    expect(stateOf(id)).toMatchObject({ status: STATUS.SUCCEEDED, code: 0n, result: consensus(650n) });
    expect(last.transfers).toContainEqual({ amount: 100n, from: scene.vault, to: scene.producer }); // the step not used
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it.each([
    [0n, 0n],
    [1n, 1n],
    [5n, 55n],
  ])('does %d units in one step', (units, sum) => {
    const scene = chainScene(contractId('chained-job'));
    const id = enqueueWork(scene, { payload: job(units) });
    expectOk(execute(scene, id));
    expect(stateOf(id)).toMatchObject({ status: STATUS.SUCCEEDED, result: consensus(sum) });
  });

  it('fails for a payload that is no job', () => {
    const scene = chainScene(contractId('chained-job'), { 'max-attempts': 1n });
    for (const payload of ['0x', job(10_001n), job(4n, 5n), job(4n, 0n, 2n ** 64n), consensus(5n)]) {
      const id = enqueueWork(scene, { payload });
      expectOk(execute(scene, id));
      const { status, code } = stateOf(id);
      expect([status, errorName(code)]).toEqual([STATUS.FAILED, 'chained-job.ERR_PAYLOAD']);
    }
  });
});
