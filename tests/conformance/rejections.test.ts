import { describe, expect } from 'vitest';
import { itReads } from './case.js';
import { freshWallet, refusalOf, signCall, signDeploy, signTransfer } from './wallet.js';

/** All of it is signed by keys that have nothing: no case costs anything, on any network. */
describe('POST /v2/transactions refuses', () => {
  itReads('a fee below a microSTX per byte', async (target) => {
    const wallet = freshWallet(target);
    const transaction = await signTransfer(wallet, target.contract.address, 1n, { nonce: 0n, fee: 1n });
    expect(await refusalOf(target, transaction)).toMatchObject({
      reason: 'FeeTooLow',
      reason_data: { expected: transaction.serialize().length / 2, actual: 1 },
    });
  });

  itReads('more than the account has', async (target) => {
    const wallet = freshWallet(target);
    const transaction = await signTransfer(wallet, target.contract.address, 7n, { nonce: 0n });
    const hex = (amount: number) => `0x${amount.toString(16).padStart(32, '0')}`;
    expect(await refusalOf(target, transaction)).toMatchObject({
      reason: 'NotEnoughFunds',
      reason_data: { expected: hex(2_007), actual: hex(0) },
    });
  });

  itReads('a signature over something else', async (target) => {
    const wallet = freshWallet(target);
    const transaction = await signTransfer(wallet, target.contract.address, 7n, { nonce: 0n });
    transaction.setNonce(1n);
    expect((await refusalOf(target, transaction)).reason).toBe('SignatureValidation');
  });

  itReads('a transaction of another network', async (target) => {
    const other = freshWallet({ ...target, isMainnet: !target.isMainnet });
    const recipient = target.isMainnet ? 'ST000000000000000000002AMW42H' : 'SP000000000000000000002Q6VF78';
    const transaction = await signTransfer(other, recipient, 1n, { nonce: 0n });
    expect((await refusalOf(target, transaction)).reason).toBe('BadTransactionVersion');
  });

  itReads('a nonce too far ahead of the next', async (target) => {
    const wallet = freshWallet(target);
    const transaction = await signTransfer(wallet, target.contract.address, 1n, { nonce: 27n });
    const { reason } = await refusalOf(target, transaction);
    // A node that looks at funds first has a reason of its own, with the same answer.
    expect(['TooMuchChaining', 'NotEnoughFunds']).toContain(reason);
  });

  itReads('calls and deployments that nobody could pay for', async (target) => {
    const wallet = freshWallet(target);
    const { address, name } = target.contract;
    const call = await signCall(wallet, `${address}.${name}`, target.contract.readOnly, { nonce: 0n });
    expect((await refusalOf(target, call)).reason).toBe('NotEnoughFunds');
    const deploy = await signDeploy(wallet, 'empty', '(define-read-only (hi) true)', { nonce: 0n });
    expect((await refusalOf(target, deploy)).reason).toBe('NotEnoughFunds');
  });
});
