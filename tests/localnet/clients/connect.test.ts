import { request } from '@stacks/connect';
import { Cl, Pc } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYER, FEE, type Harness, startFixture } from '../harness.js';
import { createDevWallet } from './dev-wallet.js';

/** The library takes ids of the form `ADDRESS.name` by type. */
const CONTRACT = `${DEPLOYER}.counter` as const;

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

/** No browser, so nothing is cached in its storage. */
const options = (approve?: (method: string) => boolean) => ({
  provider: createDevWallet({ privateKey: h.alice.privateKey, network: h.network, approve }),
  enableLocalStorage: false,
  persistWalletSelect: false,
});

/** Mines and returns what the node says of the transaction a wallet has sent. */
async function mined(txid: string | undefined) {
  if (txid === undefined) throw new Error('the wallet sent nothing');
  await h.node.mine();
  return h.transactionOf(txid);
}

describe('request of @stacks/connect', () => {
  it('stx_callContract: a wallet signs and sends a call that is mined', async () => {
    const { txid } = await request(options(), 'stx_callContract', {
      contract: CONTRACT,
      functionName: 'deposit',
      functionArgs: [Cl.uint(250)],
      postConditions: [Pc.principal(h.alice.address).willSendEq(250).ustx()],
      postConditionMode: 'deny',
    });
    expect(await mined(txid)).toMatchObject({
      tx_status: 'success',
      sender_address: h.alice.address,
      post_condition_mode: 'deny',
      post_conditions: [{ type: 'stx', condition_code: 'sent_equal_to', amount: '250' }],
      contract_call: { contract_id: CONTRACT, function_name: 'deposit', function_args: [{ repr: 'u250' }] },
    });
  });

  it('stx_callContract: a post-condition that does not hold aborts what the wallet sent', async () => {
    const { txid } = await request(options(), 'stx_callContract', {
      contract: CONTRACT,
      functionName: 'deposit',
      functionArgs: [Cl.uint(9)],
    });
    expect((await mined(txid)).tx_status).toBe('abort_by_post_condition');
  });

  it('stx_transferStx: takes the fee and the nonce it is given', async () => {
    const { nonce } = await h.account(h.alice.address);
    const { txid } = await request(options(), 'stx_transferStx', {
      recipient: h.bob.address,
      amount: 12n,
      memo: 'thanks',
      fee: FEE,
      nonce,
    });
    expect(await mined(txid)).toMatchObject({
      tx_status: 'success',
      fee_rate: `${FEE}`,
      token_transfer: { amount: '12', memo: `0x${Buffer.from('thanks').toString('hex').padEnd(68, '0')}` },
    });
  });

  it('stx_deployContract: the contract is there', async () => {
    const { txid } = await request(options(), 'stx_deployContract', {
      name: 'from-a-wallet',
      clarityCode: '(define-read-only (one) u1)',
      clarityVersion: 4,
    });
    expect(await mined(txid)).toMatchObject({ tx_status: 'success', smart_contract: { clarity_version: 4 } });
    expect((await h.get(`/v2/contracts/interface/${h.alice.address}/from-a-wallet`)).status).toBe(200);
  });

  it('getAddresses: names the account of the key', async () => {
    const { addresses } = await request(options(), 'getAddresses');
    expect(addresses.map(({ address }) => address)).toEqual([h.alice.address]);
  });

  it('reports what the node refused, and what the user declined', async () => {
    const call = { contract: `${h.alice.address}.nowhere`, functionName: 'x' } as const;
    await expect(request(options(), 'stx_callContract', { ...call, fee: FEE })).rejects.toMatchObject({
      code: -32603,
      message: 'transaction rejected: NoSuchContract',
    });
    await expect(
      request(
        options(() => false),
        'stx_callContract',
        { ...call, fee: FEE },
      ),
    ).rejects.toMatchObject({ code: -32000 });
  });
});
