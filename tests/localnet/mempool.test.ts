import { Cl } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

async function placesOf(txids: string[]) {
  const mined = await Promise.all(txids.map(h.transactionOf));
  return mined.map(({ block_height, tx_index }) => [block_height, tx_index]);
}

describe('the mempool', () => {
  it('mines chained nonces in one block, whatever order they came in', async () => {
    const transactions = [];
    for (const nonce of [2n, 0n, 1n]) transactions.push(await h.call(h.alice, 'increment', { nonce }));
    for (const transaction of transactions) await h.broadcast(transaction);
    await h.node.mine();

    const height = (await h.get('/v2/info')).body.stacks_tip_height;
    expect(await placesOf(transactions.map((transaction) => transaction.txid()))).toEqual([
      [height, 2],
      [height, 0],
      [height, 1],
    ]);
  });

  it('lets a gap wait and reports it', async () => {
    const late = await h.call(h.alice, 'increment', { nonce: 5n });
    const first = await h.call(h.alice, 'increment', { nonce: 3n });
    await h.broadcast(late);
    await h.broadcast(first);
    expect((await h.get(`/extended/v1/address/${h.alice.address}/nonces`)).body).toEqual({
      last_executed_tx_nonce: 2,
      last_mempool_tx_nonce: 5,
      possible_next_nonce: 6,
      detected_missing_nonces: [4],
      detected_mempool_nonces: [3, 5],
    });

    await h.node.mine();
    expect((await h.transactionOf(late.txid())).tx_status).toBe('pending');

    await h.broadcast(await h.call(h.alice, 'increment', { nonce: 4n }));
    await h.node.mine();
    expect((await h.transactionOf(late.txid())).tx_status).toBe('success');
  });

  it('puts the better paid next transaction first, the earlier one among equals', async () => {
    const next = async (principal: string) => BigInt((await h.account(principal)).nonce);
    const [a, b] = [await next(h.alice.address), await next(h.bob.address)];
    const order = [
      await h.call(h.bob, 'increment', { nonce: b, fee: FEE + 2n }),
      await h.call(h.alice, 'increment', { nonce: a, fee: FEE }),
      await h.call(h.alice, 'increment', { nonce: a + 1n, fee: FEE + 9n }),
      await h.call(h.bob, 'increment', { nonce: b + 1n, fee: FEE }),
    ];
    for (const index of [1, 2, 3, 0]) {
      const transaction = order[index];
      if (transaction !== undefined) await h.broadcast(transaction);
    }
    await h.node.mine();
    const places = await placesOf(order.map((transaction) => transaction.txid()));
    expect(places.map(([, index]) => index)).toEqual([0, 1, 2, 3]);
  });

  it('replaces a transaction by one with any higher fee', async () => {
    const first = await h.call(h.alice, 'increment', { fee: FEE });
    await h.broadcast(first);
    const nonce = (await h.account(h.alice.address)).nonce;
    const second = await h.call(h.alice, 'refuse', { fee: FEE + 1n, nonce: BigInt(nonce) });
    expect(await h.broadcast(second)).toEqual({ status: 200, body: second.txid() });

    expect(await h.transactionOf(first.txid())).toMatchObject({
      tx_status: 'dropped_replace_by_fee',
      replaced_by_tx_id: `0x${second.txid()}`,
    });
    expect((await h.broadcast(first)).body).toMatchObject({ reason: 'ConflictingNonceInMempool' });

    await h.node.mine();
    expect((await h.transactionOf(second.txid())).tx_result.repr).toBe('(err u4001)');
    expect((await h.transactionOf(first.txid())).tx_status).toBe('dropped_replace_by_fee');
    expect((await h.account(h.alice.address)).nonce).toBe(nonce + 1);
  });

  it('keeps what its sender can no longer pay for, and its successors, unmined', async () => {
    const { balance } = await h.account(h.bob.address);
    const drain = await h.transfer(h.bob, h.alice.address, balance - FEE);
    const nonce = BigInt((await h.account(h.bob.address)).nonce);
    const poor = await h.call(h.bob, 'increment', { nonce: nonce + 1n });
    const after = await h.call(h.bob, 'increment', { nonce: nonce + 2n });
    for (const transaction of [drain, poor, after]) expect((await h.broadcast(transaction)).status).toBe(200);
    await h.node.mine();
    expect(await h.account(h.bob.address)).toEqual({ balance: 0n, nonce: Number(nonce) + 1 });
    expect((await h.transactionOf(poor.txid())).tx_status).toBe('pending');

    await h.run(await h.transfer(h.alice, h.bob.address, FEE * 2n));
    await h.node.mine();
    expect((await h.transactionOf(poor.txid())).tx_status).toBe('success');
    expect((await h.transactionOf(after.txid())).tx_status).toBe('success');
    expect((await h.account(h.bob.address)).balance).toBe(0n);
  });

  it('shows a chained transaction what the one before it did', async () => {
    const nonce = BigInt((await h.account(h.alice.address)).nonce);
    const before = BigInt(Cl.prettyPrint(Cl.deserialize(await h.count())).slice(1));
    const pair = [
      await h.call(h.alice, 'increment', { nonce }),
      await h.call(h.alice, 'increment', { nonce: nonce + 1n }),
    ];
    for (const transaction of pair) await h.broadcast(transaction);
    await h.node.mine();
    const results = await Promise.all(pair.map((transaction) => h.transactionOf(transaction.txid())));
    expect(results.map(({ tx_result }) => tx_result.repr)).toEqual([
      `(ok u${before + 1n})`,
      `(ok u${before + 2n})`,
    ]);
  });

  it('drops what has waited 42.7 hours, and says so', async () => {
    const { nonce } = await h.account(h.alice.address);
    const early = await h.call(h.alice, 'increment', { nonce: BigInt(nonce) + 5n });
    await h.broadcast(early);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 43 * 3_600_000 });
    try {
      const late = await h.call(h.alice, 'increment', { nonce: BigInt(nonce) + 6n });
      await h.broadcast(late);
      await h.node.mine();
      expect(await h.transactionOf(early.txid())).toMatchObject({
        tx_status: 'dropped_stale_garbage_collect',
        replaced_by_tx_id: null,
      });
      expect((await h.transactionOf(late.txid())).tx_status).toBe('pending');
    } finally {
      vi.useRealTimers();
    }
    expect((await h.broadcast(early)).status).toBe(200);
    expect((await h.transactionOf(early.txid())).tx_status).toBe('pending');
  });
});
