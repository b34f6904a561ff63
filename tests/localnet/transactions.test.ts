import {
  broadcastTransaction,
  Cl,
  ClarityVersion,
  cvToValue,
  fetchAbi,
  fetchCallReadOnlyFunction,
  fetchContractMapEntry,
  fetchNonce,
  makeContractCall,
  makeContractDeploy,
  Pc,
} from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, DEPLOYER, FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

const at = { contractAddress: DEPLOYER, contractName: 'counter' };

describe('unmodified stacks.js', () => {
  it('calls a contract without being told fee or nonce', async () => {
    const { network, alice } = h;
    const transaction = await makeContractCall({
      ...at,
      network,
      functionName: 'increment',
      functionArgs: [],
      senderKey: alice.privateKey,
      validateWithAbi: true,
    });
    const sent = await broadcastTransaction({ transaction, network });

    expect(sent).toEqual({ txid: transaction.txid() });
    expect(await fetchNonce({ address: alice.address, network })).toBe(1n);
    expect((await h.get(`/v2/transactions/unconfirmed/${sent.txid}`)).body).toEqual({
      tx: transaction.serialize(),
      status: 'Mempool',
    });
    expect((await h.transactionOf(sent.txid)).tx_status).toBe('pending');

    await h.node.mine();

    const height = (await h.get('/v2/info')).body.stacks_tip_height;
    const mined = await h.transactionOf(sent.txid);
    expect(mined).toMatchObject({
      tx_id: `0x${sent.txid}`,
      tx_status: 'success',
      tx_result: { hex: '0x070100000000000000000000000000000002', repr: '(ok u2)' },
      sender_address: alice.address,
      nonce: 0,
      block_height: height,
      burn_block_height: 1,
      vm_error: null,
      event_count: 1,
    });
    expect((await h.get(`/v3/transaction/${sent.txid}`)).body).toMatchObject({
      tx: transaction.serialize(),
      result: '(ok u2)',
      block_height: height,
    });
    expect((await h.get(`/v2/transactions/unconfirmed/${sent.txid}`)).status).toBe(404);
  });

  it('reads a contract, with sender and caller as signed', async () => {
    const { network, alice } = h;
    const count = await fetchCallReadOnlyFunction({
      ...at,
      network,
      functionName: 'get-count',
      functionArgs: [],
      senderAddress: alice.address,
    });
    expect(cvToValue(count)).toBe(2n);

    const entry = await fetchContractMapEntry({ ...at, network, mapName: 'entries', mapKey: Cl.uint(2) });
    const height = (await h.get('/v2/info')).body.stacks_tip_height;
    const expected = {
      by: Cl.principal(alice.address),
      caller: Cl.principal(alice.address),
      height: Cl.uint(height),
    };
    expect(entry).toEqual(Cl.some(Cl.tuple(expected)));
    expect(await fetchContractMapEntry({ ...at, network, mapName: 'entries', mapKey: Cl.uint(99) })).toEqual(
      Cl.none(),
    );

    const abi = await fetchAbi({ ...at, network });
    expect(abi.functions.find(({ name }) => name === 'deposit')).toMatchObject({
      access: 'public',
      args: [{ name: 'amount', type: 'uint128' }],
    });
  });

  it('deploys a contract of an explicit Clarity version', async () => {
    const { network, bob } = h;
    const transaction = await makeContractDeploy({
      network,
      senderKey: bob.privateKey,
      contractName: 'hello',
      codeBody: '(define-public (hi) (ok stacks-block-time)) (print "deployed")',
      clarityVersion: ClarityVersion.Clarity6,
    });
    const mined = await h.run(transaction);

    expect(mined).toMatchObject({
      tx_status: 'success',
      tx_result: { repr: '(ok true)' },
      smart_contract: { contract_id: `${bob.address}.hello`, clarity_version: 6 },
      events: [{ event_type: 'smart_contract_log', contract_log: { value: { repr: '"deployed"' } } }],
    });
    expect((await h.get(`/v2/contracts/source/${bob.address}/hello?proof=0`)).body).toEqual({
      source: '(define-public (hi) (ok stacks-block-time)) (print "deployed")',
      publish_height: mined.block_height,
    });
  });
});

describe('POST /v2/transactions', () => {
  it('takes raw octets', async () => {
    const transaction = await h.call(h.bob, 'increment');
    const response = await fetch(`${h.node.url}/v2/transactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from(transaction.serialize(), 'hex'),
    });
    expect([response.status, await response.json()]).toEqual([200, transaction.txid()]);
    await h.node.mine();
  });

  it('does not look at what comes after a transaction', async () => {
    const transaction = await h.call(h.bob, 'increment');
    const answer = await h.post('/v2/transactions', { tx: `${transaction.serialize()}00ff` });
    expect(answer).toEqual({ status: 200, body: transaction.txid() });
    const waiting = await h.get(`/v2/transactions/unconfirmed/${transaction.txid()}`);
    expect(waiting.body.tx).toBe(transaction.serialize());
    await h.node.mine();
  });

  it('answers a known transaction with its id, before and after it is mined', async () => {
    const transaction = await h.call(h.bob, 'increment');
    expect(await h.broadcast(transaction)).toEqual(await h.broadcast(transaction));
    await h.node.mine();
    expect(await h.broadcast(transaction)).toEqual({ status: 200, body: transaction.txid() });
  });

  it('moves STX and takes exactly the fee', async () => {
    const { alice, bob } = h;
    const before = [await h.account(alice.address), await h.account(bob.address)] as const;
    const mined = await h.run(await h.transfer(alice, bob.address, 5_000n));

    expect(mined).toMatchObject({ tx_status: 'success', tx_type: 'token_transfer', fee_rate: `${FEE}` });
    expect(mined.events).toEqual([
      {
        event_index: 0,
        event_type: 'stx_asset',
        tx_id: mined.tx_id,
        asset: {
          asset_event_type: 'transfer',
          sender: alice.address,
          recipient: bob.address,
          amount: '5000',
          memo: '',
        },
      },
    ]);
    expect(await h.account(alice.address)).toEqual({
      balance: before[0].balance - 5_000n - FEE,
      nonce: before[0].nonce + 1,
    });
    expect(await h.account(bob.address)).toEqual({
      balance: before[1].balance + 5_000n,
      nonce: before[1].nonce,
    });
  });

  it('keeps every character of every argument', async () => {
    const args = [
      Cl.stringUtf8('"quoted" \\ \n\t☃ 😀 \u0000'),
      Cl.stringAscii('") (evil \\ \n \t \f'),
      Cl.bufferFromHex('00ff22'),
      Cl.list([Cl.principal(h.alice.address), Cl.principal(COUNTER)]),
    ];
    const mined = await h.run(await h.call(h.alice, 'echo', { args }));
    expect(mined.tx_status).toBe('success');
    const [text, code, data, who] = args;
    const printed = Cl.tuple({
      text: text as never,
      code: code as never,
      data: data as never,
      who: who as never,
    });
    expect(mined.events[0].contract_log.value.hex).toBe(`0x${Cl.serialize(printed)}`);
  });

  it('pays out of a contract in originator mode', async () => {
    await h.run(
      await h.call(h.alice, 'deposit', {
        args: [Cl.uint(300)],
        conditions: [Pc.principal(h.alice.address).willSendEq(300).ustx()],
      }),
    );
    const mined = await h.run(
      await h.call(h.alice, 'withdraw', { args: [Cl.uint(300)], mode: 'originator' }),
    );
    expect(mined).toMatchObject({ tx_status: 'success', post_condition_mode: 'originator' });
  });
});
