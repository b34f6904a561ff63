import { createClient } from '@stacks/blockchain-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, type Harness, startFixture } from '../harness.js';

let h: Harness;
let client: ReturnType<typeof createClient>;
beforeAll(async () => {
  h = await startFixture();
  client = createClient({ baseUrl: h.node.url });
  await h.run(await h.call(h.alice, 'increment'));
});
afterAll(() => h.node.stop());

describe('unmodified @stacks/blockchain-api-client', () => {
  it('reads tip, blocks and Bitcoin blocks', async () => {
    const { data: status } = await client.GET('/extended');
    const { data: blocks } = await client.GET('/extended/v2/blocks/', { params: { query: { limit: 1 } } });
    expect(blocks?.results[0]).toMatchObject({ height: status?.chain_tip?.block_height, tx_count: 1 });
    const { data: burn } = await client.GET('/extended/v2/burn-blocks/');
    expect(burn?.results[0]?.stacks_blocks).toContain(blocks?.results[0]?.hash);
  });

  it('reads transactions with their events', async () => {
    const { data: list } = await client.GET('/extended/v1/tx/', { params: { query: { limit: 1 } } });
    const id = list?.results[0]?.tx_id ?? '';
    const { data: first } = await client.GET('/extended/v1/tx/{tx_id}', { params: { path: { tx_id: id } } });
    expect(first).toMatchObject({ tx_status: 'success', sender_address: h.alice.address, nonce: 0 });
    const params = { path: { tx_id: id } };
    const { data: third } = await client.GET('/extended/v3/transactions/{tx_id}', { params });
    expect(third).toMatchObject({ status: 'success', type: 'contract_call' });
    const { data: events } = await client.GET('/extended/v3/transactions/{tx_id}/events', { params });
    expect(events?.results).toMatchObject([{ type: 'contract_log', contract_log: { contract_id: COUNTER } }]);
  });

  it('reads nonces, balances and logs', async () => {
    const path = { principal: h.alice.address };
    const { data: nonces } = await client.GET('/extended/v3/principals/{principal}/nonces', {
      params: { path },
    });
    expect(nonces).toMatchObject({ next_nonce: 1, last_confirmed_nonce: 0 });
    const { data: balances } = await client.GET('/extended/v1/address/{principal}/balances', {
      params: { path },
    });
    expect(BigInt(balances?.stx.balance ?? 0)).toBe((await h.account(h.alice.address)).balance);
    const { data: logs } = await client.GET('/extended/v2/smart-contracts/{contract_id}/logs', {
      params: { path: { contract_id: COUNTER } },
    });
    expect(logs?.total).toBe(2);
  });

  it('is told of an id that is none', async () => {
    const { error, response } = await client.GET('/extended/v3/principals/{principal}/nonces', {
      params: { path: { principal: 'me' } },
    });
    expect([response.status, error]).toEqual([
      400,
      { error: 'Bad Request', message: 'invalid principal "me"' },
    ]);
  });
});
