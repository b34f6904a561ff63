import { Cl, makeContractCall, makeContractDeploy } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYER, FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

async function refusal(transaction: Parameters<Harness['broadcast']>[0]) {
  const before = await h.get('/localnet/state');
  const { status, body } = await h.broadcast(transaction);
  expect((await h.get('/localnet/state')).body).toEqual(before.body);
  return { status, body };
}

const rejected = (txid: string | null, reason: string, reason_data?: unknown) => ({
  status: 400,
  body: {
    txid,
    error: 'transaction rejected',
    reason,
    ...(reason_data === undefined ? {} : { reason_data }),
  },
});

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

describe('POST /v2/transactions refuses', () => {
  it('BadTransactionVersion: a transaction of another network', async () => {
    const { alice } = h;
    const transaction = await makeContractCall({
      network: 'mainnet',
      contractAddress: DEPLOYER,
      contractName: 'counter',
      functionName: 'increment',
      functionArgs: [],
      senderKey: alice.privateKey,
      nonce: 0,
      fee: FEE,
    });
    expect(await refusal(transaction)).toEqual(rejected(transaction.txid(), 'BadTransactionVersion'));
  });

  it('SignatureValidation: bytes changed after signing', async () => {
    const transaction = await h.call(h.alice, 'increment');
    transaction.setFee(FEE + 1n);
    expect(await refusal(transaction)).toMatchObject(rejected(transaction.txid(), 'SignatureValidation', {}));
  });

  it('SignatureValidation: the higher of the two signatures', async () => {
    const transaction = await h.call(h.alice, 'increment');
    const condition = transaction.auth.spendingCondition;
    if (!('signature' in condition)) throw new Error('expected a single signature');
    const { data } = condition.signature;
    const high = (ORDER - BigInt(`0x${data.slice(66)}`)).toString(16).padStart(64, '0');
    const recovery = data.slice(0, 2) === '00' ? '01' : '00';
    condition.signature.data = `${recovery}${data.slice(2, 66)}${high}`;
    expect(await refusal(transaction)).toEqual(
      rejected(transaction.txid(), 'SignatureValidation', { message: 'Invalid signature: high-S' }),
    );
  });

  it('FeeTooLow: under one microSTX a byte', async () => {
    const transaction = await h.call(h.alice, 'increment', { fee: 10n });
    const expected = transaction.serialize().length / 2;
    expect(await refusal(transaction)).toEqual(
      rejected(transaction.txid(), 'FeeTooLow', { expected, actual: 10 }),
    );
  });

  it('BadNonce: a nonce that was used', async () => {
    const used = await h.call(h.bob, 'increment', { nonce: 0n });
    await h.run(used);
    const transaction = await h.call(h.bob, 'increment', { nonce: 0n, fee: FEE + 1n });
    expect(await refusal(transaction)).toEqual(
      rejected(transaction.txid(), 'BadNonce', {
        expected: 1,
        actual: 0,
        principal: h.bob.address,
        is_origin: true,
      }),
    );
  });

  it('TooMuchChaining: a nonce more than 26 ahead, while the 26th is taken', async () => {
    const { nonce } = await h.account(h.bob.address);
    const transaction = await h.call(h.bob, 'increment', { nonce: BigInt(nonce) + 27n });
    expect(await refusal(transaction)).toMatchObject(
      rejected(transaction.txid(), 'TooMuchChaining', {
        expected: nonce + 26,
        actual: nonce + 27,
        principal: h.bob.address,
        is_origin: true,
      }),
    );
    expect((await h.broadcast(await h.call(h.bob, 'increment', { nonce: BigInt(nonce) + 26n }))).status).toBe(
      200,
    );
  });

  it('NotEnoughFunds: more than the account has', async () => {
    const { balance } = await h.account(h.alice.address);
    const transaction = await h.transfer(h.alice, h.bob.address, balance - FEE + 1n);
    const hex = (value: bigint) => `0x${value.toString(16).padStart(32, '0')}`;
    expect(await refusal(transaction)).toEqual(
      rejected(transaction.txid(), 'NotEnoughFunds', { expected: hex(balance + 1n), actual: hex(balance) }),
    );
  });

  it('ConflictingNonceInMempool: the same nonce without a higher fee', async () => {
    const first = await h.call(h.alice, 'increment', { nonce: 0n });
    expect((await h.broadcast(first)).status).toBe(200);
    const transaction = await h.call(h.alice, 'refuse', { nonce: 0n });
    expect(await refusal(transaction)).toEqual(rejected(transaction.txid(), 'ConflictingNonceInMempool'));
    await h.node.mine();
  });

  it('NoSuchContract, NoSuchPublicFunction, BadFunctionArgument: a call that cannot be', async () => {
    const { network, alice } = h;
    const missing = await makeContractCall({
      network,
      contractAddress: DEPLOYER,
      contractName: 'nothing',
      functionName: 'increment',
      functionArgs: [],
      senderKey: alice.privateKey,
      nonce: 1,
      fee: FEE,
    });
    expect(await refusal(missing)).toEqual(rejected(missing.txid(), 'NoSuchContract'));
    for (const functionName of ['nothing', 'hidden', 'get-count']) {
      const transaction = await h.call(alice, functionName);
      expect(await refusal(transaction)).toEqual(rejected(transaction.txid(), 'NoSuchPublicFunction'));
    }
    for (const args of [[], [Cl.int(1)], [Cl.uint(1), Cl.uint(2)]]) {
      const transaction = await h.call(alice, 'deposit', { args });
      expect((await refusal(transaction)).body).toMatchObject({ reason: 'BadFunctionArgument' });
    }
  });

  it('ContractAlreadyExists: a name deployed before', async () => {
    const [deployer] = h.node.accounts;
    const transaction = await makeContractDeploy({
      network: h.network,
      senderKey: deployer?.privateKey ?? '',
      contractName: 'counter',
      codeBody: '(define-public (hi) (ok true))',
      clarityVersion: 6,
      fee: FEE,
    });
    expect(await refusal(transaction)).toEqual(
      rejected(transaction.txid(), 'ContractAlreadyExists', { contract_identifier: `${DEPLOYER}.counter` }),
    );
  });

  it('TransferRecipientCannotEqualSender and TransferAmountMustBePositive', async () => {
    const toSelf = await h.transfer(h.alice, h.alice.address, 5n);
    expect((await refusal(toSelf)).body).toMatchObject({ reason: 'TransferRecipientCannotEqualSender' });
    const nothing = await h.transfer(h.alice, h.bob.address, 0n);
    expect((await refusal(nothing)).body).toMatchObject({ reason: 'TransferAmountMustBePositive' });
  });

  it('BadAddressVersionByte: a contract or a recipient of another network', async () => {
    const contract = 'SP000000000000000000002Q6VF78.pox-4';
    const call = await h.call(h.alice, 'stack', { contract });
    expect(await refusal(call)).toEqual(rejected(call.txid(), 'BadAddressVersionByte'));
    const transfer = await h.transfer(h.alice, contract, 5n);
    expect(await refusal(transfer)).toEqual(rejected(transfer.txid(), 'BadAddressVersionByte'));
  });

  it('SignatureValidation: another chain id, however well signed', async () => {
    const chainId = 0x80000005;
    const transaction = await makeContractCall({
      ...{ network: { ...h.network, chainId }, contractAddress: DEPLOYER, contractName: 'counter' },
      ...{ functionName: 'increment', functionArgs: [], senderKey: h.alice.privateKey, nonce: 1, fee: FEE },
    });
    const txid = transaction.txid();
    const message = `Invalid tx ${txid}: invalid chain ID ${chainId} (expected ${0x80000000})`;
    expect(await refusal(transaction)).toEqual(rejected(txid, 'SignatureValidation', { message }));
  });

  it('the first reason in the order of the node', async () => {
    const { nonce, balance } = await h.account(h.bob.address);
    const faults = [
      ['BadAddressVersionByte', { to: 'SP000000000000000000002Q6VF78' }],
      ['SignatureValidation', { isBroken: true }],
      ['FeeTooLow', { fee: 1n }],
      ['TooMuchChaining', { nonce: BigInt(nonce) + 27n }],
      ['NotEnoughFunds', { amount: balance }],
    ] as const;
    for (const [index, [reason]] of faults.entries()) {
      const all = Object.assign({}, ...faults.slice(index).map(([, fault]) => fault));
      const { to = h.alice.address, amount = 1n, isBroken = false, ...options } = all;
      const transaction = await h.transfer(h.bob, to, amount, { nonce: BigInt(nonce), ...options });
      if (isBroken) transaction.auth.spendingCondition.signer = '00'.repeat(20);
      expect((await refusal(transaction)).body.reason).toBe(reason);
    }
  });
});
