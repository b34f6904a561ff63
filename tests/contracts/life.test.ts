import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';

const accounts = simnet.getAccounts();
const deployer = accounts.get('deployer') ?? '';
const stranger = accounts.get('wallet_1') ?? '';

describe('register-coordinator', () => {
  it('gives a principal its permissions', () => {
    const { result } = simnet.callPublicFn(
      'coordinator-registry',
      'register-coordinator',
      [Cl.principal(stranger), Cl.uint(2)],
      deployer,
    );
    expect(result).toBeOk(Cl.bool(true));
  });

  it('refuses a caller who is no admin', () => {
    const { result } = simnet.callPublicFn(
      'coordinator-registry',
      'register-coordinator',
      [Cl.principal(stranger), Cl.uint(2)],
      stranger,
    );
    expect(result).toBeErr(Cl.uint(1002));
  });
});
