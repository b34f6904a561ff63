import { createFac, createKeySigner, measureCall } from '@fac/sdk';
import { AuthType, deserializeTransaction, PostConditionMode } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, ALICE_KEY, DEPLOYER } from '../helpers/keys.js';

const { queue } = createFac({ deployer: DEPLOYER });
const terms = { nonce: 7n, feeUstx: 500n };

describe('createKeySigner', () => {
  it.each([ALICE_KEY, ALICE_KEY.slice(0, 64)])('has the address of the key', (privateKey) => {
    expect(createKeySigner({ privateKey, network: 'devnet' }).address).toBe(ALICE);
    expect(createKeySigner({ privateKey, network: 'mainnet' }).address).toMatch(/^SP/);
  });

  it('signs what a node reads back, with a txid known before sending', async () => {
    const signer = createKeySigner({ privateKey: ALICE_KEY, network: 'devnet' });
    const call = queue.prepare.enqueueTask({ template: 1n, rewardUstx: 42n, payload: Uint8Array.of(9) });
    const signed = await signer.sign(call, terms);
    const read = deserializeTransaction(signed.raw);
    expect(signed).toMatchObject({ ...terms, txid: read.txid(), rawHex: read.serialize() });
    expect(() => read.verifyOrigin()).not.toThrow();
    expect(read.auth.authType).toBe(AuthType.Standard);
    expect(read.auth.spendingCondition).toMatchObject({ nonce: 7n, fee: 500n });
    expect(read.postConditionMode).toBe(PostConditionMode.Deny);
    expect(read.postConditions.values).toHaveLength(1);
    expect(read.payload).toMatchObject({ functionArgs: call.functionArgs });
  });

  it('keeps originator mode', async () => {
    const signer = createKeySigner({ privateKey: ALICE_KEY, network: 'testnet' });
    const { raw } = await signer.sign(queue.prepare.cancelTask({ id: 1n }), terms);
    expect(deserializeTransaction(raw).postConditionMode).toBe(PostConditionMode.Originator);
  });

  it.each(['', 'secret', ALICE_KEY.slice(4), `${ALICE_KEY.slice(0, 64)}02`, '0'.repeat(64), 'f'.repeat(64)])(
    'refuses the key %j without printing it',
    async (privateKey) => {
      const error = await refusalOf(() => createKeySigner({ privateKey, network: 'devnet' }));
      expect(error.code).toBe('INVALID_KEY');
      expect(error.cause).toBeUndefined();
      if (privateKey !== '')
        expect(`${error.message}${JSON.stringify(error.context)}`).not.toContain(privateKey);
    },
  );
});

describe('measureCall', () => {
  it('gives the size of the signed transaction', async () => {
    const signer = createKeySigner({ privateKey: ALICE_KEY, network: 'devnet' });
    const call = queue.prepare.enqueueTask({ template: 1n, rewardUstx: 42n });
    const { raw } = await signer.sign(call, terms);
    expect((await measureCall(call)).bytes).toBe(raw.length);
  });
});
