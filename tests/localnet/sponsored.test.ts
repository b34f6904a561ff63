import type { DevnetAccount } from '@fac/localnet';
import {
  makeUnsignedContractCall,
  makeUnsignedSTXTokenTransfer,
  privateKeyToPublic,
  type StacksTransactionWire,
  sponsorTransaction,
  TransactionSigner,
} from '@stacks/transactions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPLOYER, FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
let alice: DevnetAccount;
let bob: DevnetAccount;
let aliceNonce: bigint;
let bobNonce: bigint;

beforeAll(async () => {
  h = await startFixture();
  ({ alice, bob } = h);
});
afterAll(() => h.node.stop());
beforeEach(async () => {
  await h.node.mine();
  aliceNonce = BigInt((await h.account(alice.address)).nonce);
  bobNonce = BigInt((await h.account(bob.address)).nonce);
});

function signOrigin(unsigned: StacksTransactionWire, from: DevnetAccount): StacksTransactionWire {
  const signer = new TransactionSigner(unsigned);
  signer.signOrigin(from.privateKey);
  return signer.getTxInComplete();
}

async function callOf(from: DevnetAccount, nonce: bigint, functionName = 'increment') {
  const unsigned = await makeUnsignedContractCall({
    ...{ network: h.network, contractAddress: DEPLOYER, contractName: 'counter', functionName },
    ...{ functionArgs: [], publicKey: privateKeyToPublic(from.privateKey), sponsored: true, nonce, fee: 0 },
  });
  return signOrigin(unsigned, from);
}

function sponsor(transaction: StacksTransactionWire, by: DevnetAccount, nonce: bigint, fee = FEE) {
  const { network } = h;
  const keyAndFee = { sponsorPrivateKey: by.privateKey, sponsorNonce: nonce, fee };
  return sponsorTransaction({ transaction, network, ...keyAndFee });
}

const reasonOf = async (transaction: StacksTransactionWire) => (await h.broadcast(transaction)).body;

describe('a sponsored transaction', () => {
  it('runs as its origin and is paid by its sponsor, and both nonces advance', async () => {
    const before = await Promise.all([h.account(alice.address), h.account(bob.address)]);
    const mined = await h.run(await sponsor(await callOf(alice, aliceNonce), bob, bobNonce));

    expect(mined).toMatchObject({
      tx_status: 'success',
      sender_address: alice.address,
      nonce: Number(aliceNonce),
      sponsored: true,
      sponsor_address: bob.address,
      sponsor_nonce: Number(bobNonce),
      fee_rate: `${FEE}`,
    });
    expect(await h.account(alice.address)).toEqual({ ...before[0], nonce: before[0].nonce + 1 });
    expect(await h.account(bob.address)).toEqual({
      balance: before[1].balance - FEE,
      nonce: before[1].nonce + 1,
    });
  });

  it('that aborts costs the sponsor its fee and the origin nothing', async () => {
    const before = await Promise.all([h.account(alice.address), h.account(bob.address)]);
    const mined = await h.run(await sponsor(await callOf(alice, aliceNonce, 'refuse'), bob, bobNonce));
    expect(mined.tx_status).toBe('abort_by_response');
    expect((await h.account(alice.address)).balance).toBe(before[0].balance);
    expect((await h.account(bob.address)).balance).toBe(before[1].balance - FEE);
  });

  it('may be sponsored by its own origin, with one nonce', async () => {
    const mined = await h.run(await sponsor(await callOf(alice, aliceNonce), alice, aliceNonce));
    expect(mined).toMatchObject({ tx_status: 'success', sponsor_address: alice.address });
    expect((await h.account(alice.address)).nonce).toBe(Number(aliceNonce) + 1);
  });

  it('waits for the nonces of both, and shares a block with those before it', async () => {
    const late = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce + 1n);
    await h.broadcast(late);
    expect((await h.get(`/extended/v1/address/${bob.address}/nonces`)).body).toMatchObject({
      detected_missing_nonces: [Number(bobNonce)],
      detected_mempool_nonces: [Number(bobNonce) + 1],
    });
    await h.node.mine();
    expect((await h.transactionOf(late.txid())).tx_status).toBe('pending');

    await h.run(await h.call(bob, 'increment', { nonce: bobNonce }));
    expect(await h.transactionOf(late.txid())).toMatchObject({ tx_status: 'success', tx_index: 1 });
  });
});

describe('a sponsored transaction that is taken off the chain', () => {
  it('gives both nonces and the fee back', async () => {
    const before = await Promise.all([h.account(alice.address), h.account(bob.address)]);
    const { id } = (await h.post('/localnet/snapshot', {})).body;
    await h.run(await sponsor(await callOf(alice, aliceNonce), bob, bobNonce));
    expect((await h.post('/localnet/revert', { id })).status).toBe(200);
    expect(await Promise.all([h.account(alice.address), h.account(bob.address)])).toEqual(before);
  });

  it('waits again, and is mined on the other branch', async () => {
    const transaction = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce);
    await h.run(transaction);
    expect((await h.post('/localnet/fork', { depth: 1 })).status).toBe(200);
    expect(await h.transactionOf(transaction.txid())).toMatchObject({ tx_status: 'success' });
    expect((await h.account(bob.address)).nonce).toBe(Number(bobNonce) + 1);
  });
});

describe('POST /v2/transactions refuses of a sponsored transaction', () => {
  it('SignatureValidation: one that nobody has sponsored, or that was changed after', async () => {
    const unsponsored = await callOf(alice, aliceNonce);
    unsponsored.setFee(FEE);
    expect(await reasonOf(unsponsored)).toMatchObject({ reason: 'SignatureValidation' });

    const sponsored = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce);
    sponsored.setFee(FEE + 1n);
    expect(await reasonOf(sponsored)).toMatchObject({ reason: 'SignatureValidation' });
    sponsored.setFee(FEE);
    sponsored.setSponsorNonce(bobNonce + 1n);
    expect(await reasonOf(sponsored)).toMatchObject({ reason: 'SignatureValidation' });
  });

  it('BadNonce and TooMuchChaining: by the nonce of the sponsor', async () => {
    const used = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce - 1n);
    const data = { principal: bob.address, is_origin: false };
    expect(await reasonOf(used)).toMatchObject({
      reason: 'BadNonce',
      reason_data: { ...data, expected: Number(bobNonce), actual: Number(bobNonce) - 1 },
    });
    const far = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce + 27n);
    expect(await reasonOf(far)).toMatchObject({
      reason: 'TooMuchChaining',
      reason_data: { ...data, expected: Number(bobNonce) + 26, actual: Number(bobNonce) + 27 },
    });
  });

  it('NotEnoughFunds: the sponsor without the fee, the origin without the amount', async () => {
    const { balance } = await h.account(bob.address);
    const unpaid = await sponsor(await callOf(alice, aliceNonce), bob, bobNonce, balance + 1n);
    const hex = (value: bigint) => `0x${value.toString(16).padStart(32, '0')}`;
    expect(await reasonOf(unpaid)).toMatchObject({
      reason: 'NotEnoughFunds',
      reason_data: { expected: hex(balance + 1n), actual: hex(balance) },
    });

    const own = (await h.account(alice.address)).balance;
    const transferOf = async (amount: bigint) => {
      const unsigned = await makeUnsignedSTXTokenTransfer({
        ...{ network: h.network, recipient: DEPLOYER, amount, nonce: aliceNonce, fee: 0, sponsored: true },
        publicKey: privateKeyToPublic(alice.privateKey),
      });
      return sponsor(signOrigin(unsigned, alice), bob, bobNonce);
    };
    expect(await reasonOf(await transferOf(own + 1n))).toMatchObject({
      reason: 'NotEnoughFunds',
      reason_data: { expected: hex(own + 1n), actual: hex(own) },
    });
    expect((await h.run(await transferOf(own - FEE * 100n))).tx_status).toBe('success');
  });

  it('ConflictingNonceInMempool: a nonce of the sponsor that is taken, until it pays more than each rival', async () => {
    const ofBob = await h.call(bob, 'increment', { nonce: bobNonce, fee: FEE });
    const ofAlice = await h.call(alice, 'increment', { nonce: aliceNonce, fee: FEE + 5n });
    await h.broadcast(ofBob);
    await h.broadcast(ofAlice);
    const origin = await callOf(alice, aliceNonce);
    for (const fee of [FEE, FEE + 1n, FEE + 5n]) {
      expect(await reasonOf(await sponsor(origin, bob, bobNonce, fee))).toMatchObject({
        reason: 'ConflictingNonceInMempool',
      });
    }
    const paid = await sponsor(origin, bob, bobNonce, FEE + 6n);
    expect(await h.broadcast(paid)).toEqual({ status: 200, body: paid.txid() });
    for (const old of [ofBob, ofAlice]) {
      expect(await h.transactionOf(old.txid())).toMatchObject({
        tx_status: 'dropped_replace_by_fee',
        replaced_by_tx_id: `0x${paid.txid()}`,
      });
    }
    await h.node.mine();
    expect((await h.transactionOf(paid.txid())).tx_status).toBe('success');
  });
});
