import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

describe('GET /extended/v2/blocks/:height/transactions', () => {
  it('shows the transactions of a block in their order, a page at a time', async () => {
    const transactions = [
      await h.transfer(h.alice, h.bob.address, 7n, { nonce: 0n }),
      await h.transfer(h.alice, h.bob.address, 8n, { nonce: 1n }),
    ];
    for (const transaction of transactions) await h.broadcast(transaction);
    await h.node.mine({ stacksBlocks: 1 });

    const [first, second] = transactions.map((transaction) => ({
      tx_id: `0x${transaction.txid()}`,
      tx_status: 'success',
      sender_address: h.alice.address,
      fee_rate: `${FEE}`,
    }));
    const path = '/extended/v2/blocks/latest/transactions';
    expect((await h.get(path)).body).toMatchObject({
      limit: 20,
      offset: 0,
      total: 2,
      results: [first, second],
    });
    expect((await h.get(`${path}?limit=1&offset=1`)).body).toMatchObject({ total: 2, results: [second] });
  });

  it('refuses a block that is not there, and a limit that is no number', async () => {
    expect(await h.get('/extended/v2/blocks/999/transactions')).toEqual({
      status: 404,
      body: { error: 'Not Found', message: 'Block not found' },
    });
    expect((await h.get('/extended/v2/blocks/latest/transactions?limit=x')).status).toBe(400);
  });
});
