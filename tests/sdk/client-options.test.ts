import { createFac, createKeySigner, type FacOptions } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './helpers/errors.js';
import { ALICE_KEY, DEPLOYER } from './helpers/keys.js';

describe('createFac', () => {
  const wrong: [string, FacOptions][] = [
    ['deployer', { deployer: 'nobody' }],
    ['deployer', { deployer: `${DEPLOYER}.async-queue` }],
    ['nodeUrl', { deployer: DEPLOYER, network: 'moonnet' }],
    ['timeoutMs', { deployer: DEPLOYER, timeoutMs: -1 }],
    ['pollMs', { deployer: DEPLOYER, pollMs: 0 }],
  ];

  it.each(wrong)('refuses a wrong %s', async (option, options) => {
    const error = await refusalOf(() => createFac(options));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', context: { option } });
  });

  it('refuses a signer of another network', async () => {
    const signer = createKeySigner({ privateKey: ALICE_KEY, network: 'mainnet' });
    const error = await refusalOf(() => createFac({ deployer: DEPLOYER, signer }));
    expect(error).toMatchObject({ code: 'MISMATCH_NETWORK', context: { deployer: DEPLOYER } });
  });
});
