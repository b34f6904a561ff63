import { makeSTXTokenTransfer } from '@stacks/transactions';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Simulation } from '../../localnet/src/chain/chain.js';
import { addNodeRouter } from '../../localnet/src/routes/node/router.js';
import { simulateRoutes } from '../../localnet/src/routes/node/simulate.js';

const TIP = 'cd'.repeat(32);
const TOKEN = 'a secret of the node';
const KEY = `${'11'.repeat(32)}01`;

const transfer = await makeSTXTokenTransfer({
  recipient: 'ST000000000000000000002AMW42H',
  amount: 5n,
  senderKey: KEY,
  network: 'testnet',
  nonce: 0,
  fee: 200,
});

const SIMULATED: Simulation = {
  txid: transfer.txid(),
  tipBlockId: TIP,
  blockHeight: 12,
  outcome: {
    kind: 'ran',
    txid: transfer.txid(),
    status: 'abort_by_post_condition',
    resultHex: '0703',
    events: [{ event: 'print_event', data: { contract_identifier: 'c', topic: 'print', raw_value: '0x03' } }],
    vmError: 'why',
    cost: { readCount: 1, readLength: 2, writeCount: 3, writeLength: 4, runtime: 5 },
  },
};

function ask(authToken: string | undefined, body: unknown, { token = TOKEN, query = '' } = {}) {
  const app = new Hono();
  const simulate = async () => SIMULATED;
  addNodeRouter(app, simulateRoutes({ ledger: { tip: { indexHash: TIP } }, simulate }, authToken));
  const headers = { 'content-type': 'application/json', authorization: token };
  const text = JSON.stringify(body);
  return app.request(`/v3/transactions/simulate${query}`, { method: 'POST', headers, body: text });
}

const BODY = { transaction_hex: transfer.serialize() };
const seen = async (pending: Response | Promise<Response>) => {
  const answer = await pending;
  return [answer.status, await answer.text()];
};

describe('POST /v3/transactions/simulate', () => {
  it('says what the transaction would do', async () => {
    const answer = await ask(TOKEN, BODY);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        txid: transfer.txid(),
        tip_block_id: TIP,
        block_height: 12,
        result_hex: '0x0703',
        execution_cost: { read_count: 1, read_length: 2, runtime: 5, write_count: 3, write_length: 4 },
        execution_limit: expect.objectContaining({ runtime: 5_000_000_000 }),
        events: [
          {
            txid: `0x${transfer.txid()}`,
            event_index: 0,
            committed: false,
            type: 'contract_event',
            contract_event: { contract_identifier: 'c', topic: 'print', raw_value: '0x03' },
          },
        ],
        post_condition_aborted: true,
        vm_error: 'why',
      },
    ]);
  });

  it('is off without a token, and closed to another', async () => {
    expect(await seen(ask(undefined, BODY))).toEqual([400, 'Bad Request.']);
    expect(await seen(ask(TOKEN, BODY, { token: 'wrong' }))).toEqual([401, 'Unauthorized']);
  });

  it('runs on the tip alone', async () => {
    for (const query of [`?tip=${TIP}`, '?tip=latest', '?tip=bad'])
      expect((await ask(TOKEN, BODY, { query })).status).toBe(200);
    expect(await seen(ask(TOKEN, BODY, { query: `?tip=${'00'.repeat(32)}` }))).toEqual([
      404,
      'Chain tip not found',
    ]);
  });

  it.each([{}, { transaction_hex: 7 }, { transaction_hex: 'zz' }, { transaction_hex: 'ff' }])(
    'refuses %j',
    async (body) => {
      const [status, text] = await seen(ask(TOKEN, body));
      expect([status, String(text).startsWith('Failed to decode: ')]).toEqual([400, true]);
    },
  );
});
