import { connectWebSocketClient, type StacksApiWebSocketClient } from '@stacks/blockchain-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, type Json, startFixture } from '../harness.js';
import { until } from '../push/until.js';

let h: Harness;
let client: StacksApiWebSocketClient;
beforeAll(async () => {
  h = await startFixture();
  client = await connectWebSocketClient(h.node.url);
});
afterAll(async () => {
  client.webSocket.close();
  await h.node.stop();
});

/** Gathers what a subscription tells. */
function listen(): { readonly heard: Json[]; readonly hear: (notice: unknown) => void } {
  const heard: Json[] = [];
  return { heard, hear: (notice) => void heard.push(notice) };
}

describe('the websocket client of @stacks/blockchain-api-client, unmodified', () => {
  it('hears blocks, until it unsubscribes', async () => {
    const { heard, hear } = listen();
    const subscription = await client.subscribeBlocks(hear);
    await h.node.mine({ stacksBlocks: 2 });
    const { stacks_tip_height: height } = (await h.get('/v2/info')).body;
    await until('two blocks', () => heard.length === 2);
    expect(heard.map((block) => block.height)).toEqual([height - 1, height]);
    await subscription.unsubscribe();
    await h.node.mine();
    await (await client.subscribeMicroblocks(hear)).unsubscribe();
    expect(heard.length).toBe(2);
  });

  it('hears the mempool, the transaction, its sender and its receiver', async () => {
    const transaction = await h.transfer(h.alice, h.bob.address, 500n);
    const tx_id = `0x${transaction.txid()}`;
    const [mempool, updates, sender, receiver] = [listen(), listen(), listen(), listen()];
    await client.subscribeMempool(mempool.hear);
    await client.subscribeTxUpdates(transaction.txid(), updates.hear);
    await client.subscribeAddressTransactions(h.alice.address, sender.hear);
    await client.subscribeAddressTransactions(h.bob.address, receiver.hear);
    await h.run(transaction);
    await until('the receiver', () => receiver.heard.length === 1);
    expect(mempool.heard).toMatchObject([{ tx_id, tx_status: 'pending' }]);
    expect(updates.heard).toMatchObject([
      { tx_id, tx_status: 'pending' },
      { tx_id, tx_status: 'success' },
    ]);
    expect(sender.heard).toMatchObject([{ address: h.alice.address, tx_id, stx_received: '0' }]);
    expect(receiver.heard).toMatchObject([{ address: h.bob.address, tx_id, stx_received: '500' }]);
  });

  it('hears balances', async () => {
    const balances = listen();
    await client.subscribeAddressBalanceUpdates(h.bob.address, balances.hear);
    await h.run(await h.transfer(h.bob, h.alice.address, 1n));
    await until('a balance', () => balances.heard.length === 1);
    expect(BigInt(balances.heard[0].balance)).toBe((await h.account(h.bob.address)).balance);
  });

  it('may subscribe to tokens, and is refused a wrong address by name', async () => {
    await client.subscribeNftEventUpdates(() => undefined);
    await client.subscribeNftCollectionEventUpdates(`${h.bob.address}.badges::badge`, () => undefined);
    await client.subscribeNftAssetEventUpdates(`${h.bob.address}.badges::badge`, '0x09', () => undefined);
    await expect(client.subscribeAddressTransactions('nobody', () => undefined)).rejects.toEqual({
      code: -32602,
      message: 'Invalid params',
      data: 'invalid address',
    });
  });
});
