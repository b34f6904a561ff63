import {
  createCoinbasePayload,
  createNakamotoCoinbasePayload,
  createTenureChangePayload,
  intoInitialSighashAuth,
  makeContractDeploy,
  noneCV,
  type PayloadInput,
  StacksTransactionWire,
  TransactionSigner,
  txidFromData,
} from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

const send = (tx: string) => h.post('/v2/transactions', { tx });
const flip = (tx: string, at: number, byte: string) => `${tx.slice(0, at * 2)}${byte}${tx.slice(at * 2 + 2)}`;

/** Alice's signed transaction with another payload. */
async function signedWith(payload: PayloadInput): Promise<string> {
  const { auth, transactionVersion, chainId } = await h.call(h.alice, 'increment');
  const unsigned = new StacksTransactionWire({ payload, auth, transactionVersion, chainId });
  const signer = new TransactionSigner(unsigned);
  signer.signOrigin(h.alice.privateKey);
  return signer.getTxInComplete().serialize();
}

describe('POST /v2/transactions reads', () => {
  it('the first transaction of the bytes, whatever follows it', async () => {
    const transaction = await h.call(h.alice, 'increment');
    expect(await send(`${transaction.serialize()}00ff`)).toEqual({ status: 200, body: transaction.txid() });
    await h.node.mine();
    expect((await h.get(`/v3/transaction/${transaction.txid()}`)).body.tx).toBe(transaction.serialize());
  });

  it('only the highest bit of the version', async () => {
    const transaction = await h.call(h.alice, 'increment');
    expect(await send(flip(transaction.serialize(), 0, 'ff'))).toEqual({
      status: 200,
      body: transaction.txid(),
    });
    await h.node.mine();
  });

  it('a memo of any bytes, and keeps every one of them', async () => {
    const memo = `ff00fe${'00'.repeat(30)}80`;
    const withMemo = (hex: string) => `${hex.slice(0, -memo.length)}${memo}`;
    const transaction = await h.transfer(h.alice, h.bob.address, 5n);
    const { payload, transactionVersion, chainId, auth } = transaction;
    const cleared = intoInitialSighashAuth(auth);
    const unsigned = new StacksTransactionWire({ payload, transactionVersion, chainId, auth: cleared });
    // stacks.js writes text memos only, so the hash that is signed is made here.
    const sigHash = txidFromData(Buffer.from(withMemo(unsigned.serialize()), 'hex'));
    transaction.signNextOrigin(sigHash, h.alice.privateKey);

    const { status, body: txid } = await send(withMemo(transaction.serialize()));
    expect(status).toBe(200);
    await h.node.mine();
    expect(await h.transactionOf(txid)).toMatchObject({
      tx_status: 'success',
      token_transfer: { memo: `0x${memo}` },
      events: [{ asset: { memo: `0x${memo}` } }],
    });
  });
});

describe('POST /v2/transactions does not read', () => {
  it.each([
    ['no bytes', () => '', /Failed to deserialize/],
    ['one cut short', (tx: string) => tx.slice(0, -2), /fill whole buffer/],
    ['one cut short in its signature', (tx: string) => tx.slice(0, 80), /fill whole buffer/],
    ['an unknown kind of authorization', (tx: string) => flip(tx, 5, '06'), /AuthType/],
    ['an unknown hash mode', (tx: string) => flip(tx, 6, '09'), /AddressHashMode/],
    ['an unknown post-condition mode', (tx: string) => flip(tx, 110, '04'), /PostConditionMode/],
    ['more post-conditions than there are', (tx: string) => flip(tx, 111, 'ff'), /deserialize/],
    ['an unknown payload', (tx: string) => flip(tx, 115, '63'), /PayloadType/],
    ['a contract with an impossible name', (tx: string) => flip(tx, 138, '28'), /no contract name/],
    ['a function with an impossible name', (tx: string) => flip(tx, 146, '29'), /no Clarity name/],
  ])('%s', async (_what, change, text) => {
    const { status, body } = await send(change((await h.call(h.alice, 'increment')).serialize()));
    expect([status, body]).toEqual([400, expect.stringMatching(text)]);
  });

  it('a contract whose source is not plain ASCII', async () => {
    const deploy = await makeContractDeploy({
      ...{ network: h.network, senderKey: h.bob.privateKey, contractName: 'smile', clarityVersion: 6 },
      ...{ codeBody: ';; ☺', fee: FEE },
    });
    const { status, body } = await send(deploy.serialize());
    expect([status, body]).toEqual([400, expect.stringContaining('non-printable or non-ASCII string')]);
  });

  it('a transaction of more than 2 MiB, and one whose lists have no end', async () => {
    const head = (await h.call(h.alice, 'increment')).serialize().slice(0, 111 * 2);
    const stx = `0001${'03'}${'00'.repeat(8)}`;
    const count = 191_000;
    const long = `${head}${count.toString(16).padStart(8, '0')}${stx.repeat(count)}04${'00'.repeat(32)}`;
    expect(await send(long)).toMatchObject({ status: 400, body: expect.stringContaining('longer than') });
    expect((await send(`${head}ffffffff${stx.repeat(10)}`)).status).toBe(400);
  });
});

describe('POST /v2/transactions refuses what only a miner sends', () => {
  const nothing = new Uint8Array(32);
  it.each([
    ['NoCoinbaseViaMempool', createCoinbasePayload(nothing)],
    ['NoCoinbaseViaMempool', createNakamotoCoinbasePayload(nothing, noneCV(), new Uint8Array(80))],
    [
      'NoTenureChangeViaMempool',
      createTenureChangePayload(
        ...(['00'.repeat(20), '00'.repeat(20), '00'.repeat(20), '00'.repeat(32)] as const),
        ...([1, 0, '00'.repeat(20)] as const),
      ),
    ],
  ])('%s', async (reason, payload) => {
    const { status, body } = await send(await signedWith(payload));
    expect(status).toBe(400);
    expect(body).toEqual({ txid: body.txid, error: 'transaction rejected', reason });
  });

  it('ServerFailureOther: a poison microblock', async () => {
    const call = (await h.call(h.alice, 'increment')).serialize();
    const tx = `${call.slice(0, 115 * 2)}03${'00'.repeat(131)}01${'00'.repeat(132)}`;
    expect((await send(tx)).body).toMatchObject({
      reason: 'ServerFailureOther',
      reason_data: { message: 'PoisonMicroblock transactions not accepted via mempool' },
    });
    expect((await send(tx.slice(0, -2))).body).toMatch(/deserialize/);
  });
});
