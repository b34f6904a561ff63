import { Cl } from '@stacks/transactions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEE, type Harness, type Json, startFixture } from '../harness.js';
import { openRpcSocket, type RpcSocket } from './rpc-socket.js';
import { deployBadges } from './token-contract.js';

let h: Harness;
let rpc: RpcSocket;
beforeAll(async () => {
  h = await startFixture();
});
beforeEach(async () => {
  rpc = await openRpcSocket(h.node.url);
  return () => rpc.socket.terminate();
});
afterAll(() => h.node.stop());

const subscribe = async (...all: object[]) => {
  for (const params of all) expect((await rpc.subscribe(params)).error).toBeUndefined();
};
const noticesOf = (method: string): Json[] =>
  rpc.messages.filter((message) => message.method === method).map(({ params }) => params);

describe('subscribe', () => {
  it('block: tells each block with its transactions', async () => {
    expect(await rpc.subscribe({ event: 'block' })).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
    const mined = await h.run(await h.call(h.alice, 'increment'));
    const block = await rpc.notice('block');
    const { body: known } = await h.get(`/extended/v2/blocks/${mined.block_height}`);
    expect(block).toEqual({
      canonical: true,
      height: mined.block_height,
      hash: mined.block_hash,
      index_block_hash: known.index_block_hash,
      parent_block_hash: mined.parent_block_hash,
      tenure_height: known.tenure_height,
      block_time: mined.block_time,
      block_time_iso: mined.block_time_iso,
      burn_block_hash: known.burn_block_hash,
      burn_block_height: mined.burn_block_height,
      burn_block_time: mined.burn_block_time,
      burn_block_time_iso: mined.burn_block_time_iso,
      miner_txid: `0x${'0'.repeat(64)}`,
      parent_microblock_hash: `0x${'0'.repeat(64)}`,
      parent_microblock_sequence: 0,
      txs: [mined.tx_id],
      microblocks_accepted: [],
      microblocks_streamed: [],
      microblock_tx_count: {},
      execution_cost_read_count: expect.any(Number),
      execution_cost_read_length: expect.any(Number),
      execution_cost_runtime: expect.any(Number),
      execution_cost_write_count: expect.any(Number),
      execution_cost_write_length: expect.any(Number),
    });
  });

  it('mempool and tx_update: tell a transaction as HTTP does, pending, then mined', async () => {
    const transaction = await h.call(h.alice, 'increment');
    const txid = transaction.txid();
    expect(await rpc.subscribe({ event: 'tx_update', tx_id: txid.toUpperCase() })).toMatchObject({
      result: { tx_id: `0x${txid}` },
    });
    await subscribe({ event: 'mempool' }, { event: 'microblock' });
    await h.broadcast(transaction);
    const pending = await h.transactionOf(txid);
    expect(await rpc.notice('mempool')).toEqual(pending);
    await h.node.mine();
    await rpc.notice('tx_update', ({ tx_status }) => tx_status === 'success');
    expect(noticesOf('tx_update')).toEqual([pending, await h.transactionOf(txid)]);
    expect(noticesOf('mempool').length).toBe(1);
    expect(noticesOf('microblock')).toEqual([]);
  });

  it('tx_update: tells that a transaction was replaced', async () => {
    const { nonce } = await h.account(h.alice.address);
    const cheap = await h.call(h.alice, 'increment', { nonce: BigInt(nonce) });
    const dear = await h.call(h.alice, 'increment', { nonce: BigInt(nonce), fee: FEE + 1n });
    await h.broadcast(cheap);
    await subscribe({ event: 'tx_update', tx_id: `0x${cheap.txid()}` });
    await h.broadcast(dear);
    expect(await rpc.notice('tx_update')).toEqual(await h.transactionOf(cheap.txid()));
    expect(noticesOf('tx_update')[0].tx_status).toBe('dropped_replace_by_fee');
    await h.node.mine();
  });

  it('address_tx_update: tells both sides of a transfer what they gave and got', async () => {
    await subscribe(
      { event: 'address_tx_update', address: h.alice.address },
      { event: 'address_tx_update', address: h.bob.address },
    );
    const tx = await h.run(await h.transfer(h.alice, h.bob.address, 900n));
    const base = { tx_id: tx.tx_id, tx_status: 'success', tx_type: 'token_transfer', tx };
    const stx_transfers = [{ amount: '900', sender: h.alice.address, recipient: h.bob.address }];
    expect(await rpc.notice('address_tx_update', ({ address }) => address === h.alice.address)).toEqual({
      ...base,
      address: h.alice.address,
      stx_sent: `${900n + FEE}`,
      stx_received: '0',
      stx_transfers,
    });
    expect(await rpc.notice('address_tx_update', ({ address }) => address === h.bob.address)).toEqual({
      ...base,
      address: h.bob.address,
      stx_sent: '0',
      stx_received: '900',
      stx_transfers,
    });
  });

  it('address_tx_update: tells a contract of its calls', async () => {
    const [contractId] = h.node.contracts;
    await subscribe({ event: 'address_tx_update', address: contractId });
    const tx = await h.run(await h.call(h.bob, 'increment'));
    expect(await rpc.notice('address_tx_update')).toMatchObject({
      address: contractId,
      tx_id: tx.tx_id,
      stx_sent: '0',
    });
  });

  it('address_balance_update: tells a balance that agrees with its totals', async () => {
    await subscribe({ event: 'address_balance_update', address: h.bob.address });
    await h.run(await h.transfer(h.bob, h.alice.address, 1_234n));
    const first = await rpc.notice('address_balance_update');
    expect(BigInt(first.balance)).toBe((await h.account(h.bob.address)).balance);
    await h.run(await h.transfer(h.alice, h.bob.address, 34n));
    const second = await rpc.notice('address_balance_update', ({ balance }) => balance !== first.balance);
    expect(second).toEqual({
      ...first,
      estimated_balance: `${BigInt(first.balance) + 34n}`,
      balance: `${BigInt(first.balance) + 34n}`,
      total_received: `${BigInt(first.total_received) + 34n}`,
    });
    const { balance, total_sent, total_received, total_fees_sent } = second;
    expect(BigInt(total_received) - BigInt(total_sent) - BigInt(total_fees_sent)).toBe(BigInt(balance));
    expect(BigInt(total_sent)).toBe(1_234n);
  });

  it('nft_event, nft_asset_event and nft_collection_event: tell tokens of all, of one, of a collection', async () => {
    const asset_identifier = `${h.bob.address}.badges::badge`;
    const value = `0x${Cl.serialize(Cl.uint(2))}`;
    await subscribe(
      { event: 'nft_event' },
      { event: 'nft_asset_event', asset_identifier, value },
      { event: 'nft_collection_event', asset_identifier },
    );
    const tx = await deployBadges(h);
    const mint = (id: number) => ({
      recipient: h.bob.address,
      asset_identifier,
      asset_event_type: 'mint',
      value: { hex: `0x${Cl.serialize(Cl.uint(id))}`, repr: `u${id}` },
      tx_id: tx.tx_id,
      tx_index: 0,
      block_height: tx.block_height,
      event_index: id - 1,
    });
    expect(await rpc.notice('nft_asset_event')).toEqual(mint(2));
    await rpc.notice('nft_collection_event', ({ event_index }) => event_index === 1);
    expect(noticesOf('nft_asset_event')).toEqual([mint(2)]);
    expect(noticesOf('nft_event')).toEqual([mint(1), mint(2)]);
    expect(noticesOf('nft_collection_event')).toEqual([mint(1), mint(2)]);
  });
});

describe('unsubscribe', () => {
  it('ends the notices of its topic and of no other', async () => {
    await subscribe({ event: 'block' }, { event: 'mempool' });
    expect((await rpc.unsubscribe({ event: 'block' })).result).toEqual({});
    await h.run(await h.call(h.bob, 'increment'));
    await rpc.notice('mempool');
    await subscribe({ event: 'nft_event' });
    expect(noticesOf('block')).toEqual([]);
  });
});
