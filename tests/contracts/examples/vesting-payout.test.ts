import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { errorName } from '../../helpers/contract-errors.js';
import {
  account,
  balanceOf,
  callDeployed,
  contractId,
  expectErr,
  expectOk,
} from '../../helpers/contracts.js';
import { STATUS, stateOf } from '../../helpers/tasks.js';
import { ask, chainScene, enqueueWork, execute } from '../scheduler/handlers.js';

const NAME = 'vesting-payout';
const NOT_READY = 2999n;
const MAX_BLOCKS = 2n ** 32n;

const consensus = (value: bigint) => `0x${Cl.serialize(Cl.uint(value))}`;
const createGrant = (to: string, amount: bigint, blocks: bigint, by: string) =>
  callDeployed(NAME, 'create-grant', [Cl.principal(to), Cl.uint(amount), Cl.uint(blocks)], by);
const grantOf = (grant: bigint) => ask(NAME, 'get-grant', Cl.uint(grant));

function grantScene() {
  const scene = chainScene(contractId(NAME), { 'retry-delay': 1n });
  return { ...scene, beneficiary: account('wallet_6'), vesting: contractId(NAME) };
}

describe('create-grant', () => {
  it('takes the amount and begins to vest', () => {
    const { beneficiary, stranger, vesting } = grantScene();
    const start = nextHeight();

    const outcome = createGrant(beneficiary, 1000n, 40n, stranger);

    const record = { beneficiary, total: 1000n, paid: 0n, start, blocks: 40n };
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [{ topic: 'grant-created', grant: 1n, ...record }],
      transfers: [{ amount: 1000n, from: stranger, to: vesting }],
    });
    expect(grantOf(1n)).toEqual(record);
  });

  it('refuses amounts, lengths and payers that will not do', () => {
    const { beneficiary, stranger } = grantScene();
    const grant = (amount: bigint, blocks: bigint) => createGrant(beneficiary, amount, blocks, stranger);
    expectErr(grant(0n, 40n), 'vesting-payout.ERR_BAD_VALUE');
    expectErr(grant(2n ** 64n + 1n, 40n), 'vesting-payout.ERR_BAD_VALUE');
    expectErr(grant(10n, 0n), 'vesting-payout.ERR_BAD_VALUE');
    expectErr(grant(10n, MAX_BLOCKS + 1n), 'vesting-payout.ERR_BAD_VALUE');
    expectErr(grant(balanceOf(stranger) + 1n, 40n), 'vesting-payout.ERR_TRANSFER');
    expectOk(createGrant(beneficiary, 10n, MAX_BLOCKS, stranger));
  });
});

describe('a payout', () => {
  it('pays the beneficiary what has vested, whoever executes it, from its own balance', () => {
    const scene = grantScene();
    const { alice, beneficiary, bob, stranger, vault, vesting } = scene;
    const start = nextHeight();
    expectOk(createGrant(beneficiary, 1000n, 40n, stranger));
    const [first, second] = [consensus(1n), consensus(1n)].map((payload) => enqueueWork(scene, { payload }));
    const before = balanceOf(beneficiary);
    mineUntil(start + 10n);

    const outcome = execute(scene, first as bigint, alice);

    expect(outcome.result).toEqual({ ok: 1000n });
    expect(outcome.transfers).toEqual([
      { amount: 250n, from: vesting, to: beneficiary },
      { amount: 1000n, from: vault, to: alice },
    ]);
    expect(outcome.prints).toContainEqual({
      topic: 'grant-paid',
      grant: 1n,
      amount: 250n,
      id: first,
      ...(grantOf(1n) as object),
    });
    expect(stateOf(first as bigint).result).toBe(consensus(250n));
    mineUntil(start + 90n);
    expectOk(execute(scene, second as bigint, bob));
    expect(balanceOf(beneficiary)).toBe(before + 1000n);
    expect(balanceOf(vesting)).toBe(0n);
    expect(grantOf(1n)).toMatchObject({ paid: 1000n });
  });

  it('is tried again while nothing has vested', () => {
    const scene = grantScene();
    expectOk(createGrant(scene.beneficiary, 10n, 1000n, scene.stranger));
    const id = enqueueWork(scene, { payload: consensus(1n) });

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: NOT_READY, attempts: 0n });
  });

  it('fails for a grant that there is not', () => {
    const scene = grantScene();
    for (const payload of [consensus(1n), '0x00', '0x']) {
      const id = enqueueWork(scene, { payload });
      expectOk(execute(scene, id));
      const { status, code } = stateOf(id);
      expect([status, errorName(code)]).toEqual([STATUS.RETRYING, 'vesting-payout.ERR_UNKNOWN_GRANT']);
    }
    expect(ask(NAME, 'get-payable', Cl.uint(1))).toBe(0n);
  });

  it('fails for a grant to the contract itself, which keeps what was paid in', () => {
    const scene = grantScene();
    expectOk(createGrant(scene.vesting, 10n, 1n, scene.stranger));
    const id = enqueueWork(scene, { payload: consensus(1n) });

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(errorName(stateOf(id).code)).toBe('vesting-payout.ERR_PAYOUT');
    expect(grantOf(1n)).toMatchObject({ paid: 0n });
    expect(balanceOf(scene.vesting)).toBe(10n);
  });

  it('never pays out of the money of another grant', () => {
    const scene = grantScene();
    const other = account('wallet_7');
    expectOk(createGrant(scene.beneficiary, 100n, 1n, scene.stranger));
    expectOk(createGrant(other, 900n, 1n, scene.stranger));
    mineUntil(nextHeight() + 5n);
    for (let i = 0; i < 3; i++) execute(scene, enqueueWork(scene, { payload: consensus(1n) }));
    expect(balanceOf(scene.vesting)).toBe(900n);
  });
});
