import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { errorName } from '../../helpers/contract-errors.js';
import { callDeployed, contractId, expectErr, expectOk } from '../../helpers/contracts.js';
import { STATUS, stateOf } from '../../helpers/tasks.js';
import { ask, chainScene, enqueueWork, execute } from '../scheduler/handlers.js';

const NAME = 'price-condition';
const NOT_READY = 2999n;
const consensus = (value: bigint) => `0x${Cl.serialize(Cl.uint(value))}`;
const setPrice = (price: bigint, by: string) => callDeployed(NAME, 'set-price', [Cl.uint(price)], by);

describe('price-condition', () => {
  it('lets a task wait, at no cost of attempts, until the price has reached its limit', () => {
    const scene = chainScene(contractId(NAME), { 'max-attempts': 1n });
    const id = enqueueWork(scene, { payload: consensus(50n) });
    expectOk(setPrice(49n, scene.deployer));
    for (let i = 0; i < 3; i++) {
      expect(expectOk(execute(scene, id))).toBe(0n);
      expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: NOT_READY, attempts: 0n });
      mineUntil(stateOf(id).retry as bigint);
    }
    expectOk(setPrice(50n, scene.deployer));

    const outcome = execute(scene, id);

    expect(outcome.result).toEqual({ ok: 1000n });
    expect(outcome.prints).toContainEqual({ topic: 'price-reached', id, limit: 50n, price: 50n });
    expect(stateOf(id)).toMatchObject({ status: STATUS.SUCCEEDED, code: 0n, result: consensus(50n) });
  });

  it('fails for a payload that is no limit', () => {
    const scene = chainScene(contractId(NAME), { 'max-attempts': 1n });
    const id = enqueueWork(scene, { payload: '0x' });
    expectOk(execute(scene, id));
    const { status, code } = stateOf(id);
    expect([status, errorName(code)]).toEqual([STATUS.FAILED, 'price-condition.ERR_PAYLOAD']);
  });

  it('has its price set by its owner', () => {
    const scene = chainScene(contractId(NAME));
    expectErr(setPrice(7n, scene.alice), 'price-condition.ERR_NOT_OWNER');
    expect(setPrice(7n, scene.deployer).prints).toEqual([{ topic: 'price-set', price: 7n }]);
    expect(ask(NAME, 'get-price')).toBe(7n);
  });
});
