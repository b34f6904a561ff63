import { Cl } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, FEE, type Harness, startFixture } from './harness.js';

const POINT = `${COUNTER}::point`;

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
  await h.run(await h.call(h.alice, 'mint'));
  const args = [Cl.principal(h.bob.address)];
  await h.run(await h.call(h.alice, 'send-point', { args, mode: 'allow' }));
  await h.run(await h.transfer(h.alice, h.bob.address, 7n));
});
afterAll(() => h.node.stop());

describe('balances', () => {
  it('of fungible tokens are told by the events', async () => {
    const [alice, bob] = [h.alice.address, h.bob.address];
    expect((await h.get(`/extended/v3/principals/${alice}/balances/ft`)).body.results).toEqual([
      { asset_identifier: POINT, balance: '4' },
    ]);
    expect((await h.get(`/extended/v2/addresses/${bob}/balances/ft`)).body).toMatchObject({
      total: 1,
      results: [{ token: POINT, balance: '1' }],
    });
    const one = `/extended/v3/principals/${bob}/balances/ft/${encodeURIComponent(POINT)}`;
    expect((await h.get(one)).body).toEqual({ asset_identifier: POINT, balance: '1' });
    expect((await h.get(`${one}x`)).body.balance).toBe('0');
    const { body } = await h.get(`/extended/v1/address/${alice}/balances`);
    expect(body.fungible_tokens).toEqual({
      [POINT]: { balance: '4', total_sent: '1', total_received: '5' },
    });
  });

  it('of STX add what came and went, and the fees', async () => {
    const { body } = await h.get(`/extended/v1/address/${h.alice.address}/stx`);
    expect(body).toMatchObject({
      balance: `${h.alice.balanceUstx - 3n * FEE - 7n}`,
      total_sent: '7',
      // What it had at the start of the chain counts as received.
      total_received: `${h.alice.balanceUstx}`,
      total_fees_sent: `${3n * FEE}`,
    });
  });

  it('of what waits are estimated', async () => {
    await h.broadcast(await h.transfer(h.alice, h.bob.address, 5n));
    const { body } = await h.get(`/extended/v3/principals/${h.bob.address}/balances/stx`);
    expect(body.mempool).toEqual({
      estimated_balance: `${BigInt(body.balance) + 5n}`,
      inbound: '5',
      outbound: '0',
    });
    const waiting = await h.get(`/extended/v3/principals/${h.bob.address}/mempool/transactions`);
    expect(waiting.body.results).toMatchObject([{ status: 'pending', token_transfer: { amount: '5' } }]);
    await h.node.mine();
    expect((await h.get('/extended/v1/tx/mempool')).body.total).toBe(0);
  });
});

describe('transactions of a principal', () => {
  it('are those it signed, and those that touched it', async () => {
    const { body } = await h.get(`/extended/v3/principals/${h.bob.address}/transactions`);
    const seen = body.results.map((each: Record<string, Record<string, unknown>>) => [
      each.involvement,
      each.transaction?.type,
      each.affected_balances,
    ]);
    expect(seen).toEqual([
      ['affected', 'token_transfer', { stx: true, ft: false, nft: false }],
      ['affected', 'token_transfer', { stx: true, ft: false, nft: false }],
      ['affected', 'contract_call', { stx: false, ft: true, nft: false }],
    ]);
    expect(body.results[1].balance_changes).toEqual({ stx: { sent: '0', received: '7', net: '7' } });
  });

  it('carry what they moved in the first and second form', async () => {
    const { address } = h.bob;
    const first = await h.get(`/extended/v1/address/${address}/transactions_with_transfers?offset=1`);
    expect(first.body.results[0]).toMatchObject({
      stx_received: '7',
      stx_transfers: [{ amount: '7', sender: h.alice.address, recipient: address }],
    });
    const second = await h.get(`/extended/v2/addresses/${address}/transactions?offset=2`);
    expect(second.body.results[0].events.ft).toEqual({ transfer: 1, mint: 0, burn: 0 });
  });

  it('of a contract are the calls to it and its deployment', async () => {
    const { body } = await h.get(`/extended/v1/address/${COUNTER}/transactions`);
    expect(body.results.at(-1).tx_type).toBe('smart_contract');
    expect((await h.get(`/extended/v1/contract/${COUNTER}`)).body).toMatchObject({
      contract_id: COUNTER,
      block_height: 2,
      clarity_version: 6,
    });
    const { body: status } = await h.get(`/extended/v2/smart-contracts/status?contract_id=${COUNTER}`);
    expect(status[COUNTER]).toMatchObject({ found: true, result: { status: 'success', block_height: 2 } });
    const { body: events } = await h.get(`/extended/v1/contract/${COUNTER}/events`);
    expect(events.results).toMatchObject([{ event_type: 'smart_contract_log' }]);
  });
});

describe('the API by id', () => {
  it('answers several transactions at once', async () => {
    const { body } = await h.get('/extended/v1/tx?limit=1');
    const [{ tx_id: known }] = body.results;
    const unknown = `0x${'0'.repeat(64)}`;
    const multiple = await h.get(`/extended/v1/tx/multiple?tx_id=${known}&tx_id=${unknown}`);
    expect(multiple.body).toMatchObject({ [known]: { found: true }, [unknown]: { found: false } });
    expect((await h.get('/extended/v1/tx/multiple?tx_id=zz')).status).toBe(400);
    const { raw_tx: raw } = (await h.get(`/extended/v1/tx/${known}/raw`)).body;
    expect(raw).toMatch(/^0x80800000000/);
  });

  it('filters the list', async () => {
    const total = async (query: string) => (await h.get(`/extended/v1/tx?${query}`)).body.total;
    expect(await total('type=token_transfer')).toBe(2);
    expect(await total(`contract_id=${COUNTER}&function_name=mint`)).toBe(1);
    expect(await total(`from_address=${h.bob.address}`)).toBe(0);
    expect((await h.get('/extended/v1/tx?limit=x')).status).toBe(400);
  });

  it('refuses a cursor that is of another list, and a limit that is no number', async () => {
    for (const query of ['cursor=nonsense', 'limit=0', 'limit=-1', 'limit=x'])
      expect((await h.get(`/extended/v3/transactions?${query}`)).status).toBe(400);
    expect((await h.get(`/extended/v3/transactions/0x${'0'.repeat(64)}?include=all`)).status).toBe(400);
  });

  it('takes a slash at the end', async () => {
    expect(await h.get('/extended/v2/blocks/?limit=1')).toEqual(await h.get('/extended/v2/blocks?limit=1'));
  });
});
