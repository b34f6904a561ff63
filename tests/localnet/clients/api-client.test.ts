import { createClient } from '@stacks/blockchain-api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, type Harness, type Json, startFixture } from '../harness.js';

let h: Harness;
let client: ReturnType<typeof createClient>;
let mined: Json;
beforeAll(async () => {
  h = await startFixture();
  client = createClient({ baseUrl: h.node.url });
  mined = await h.run(await h.call(h.alice, 'increment'));
});
afterAll(() => h.node.stop());

interface Answer {
  readonly data?: unknown;
  readonly response: Response;
}

const tx = () => ({ tx_id: mined.tx_id, tx_status: 'success', block_height: mined.block_height });
const block = () => ({ hash: mined.block_hash, height: mined.block_height, tx_count: 1 });
const height_or_hash = () => ({ height_or_hash: mined.block_height });

/** What the client is asked, and the part of the answer that must agree. A route more is a row more. */
const GETS: readonly (readonly [path: string, ask: () => Promise<Answer>, expected: () => object])[] = [
  [
    '/extended/v1/tx/{tx_id}',
    () => client.GET('/extended/v1/tx/{tx_id}', { params: { path: { tx_id: mined.tx_id } } }),
    tx,
  ],
  [
    '/extended/v1/address/{principal}/nonces',
    () =>
      client.GET('/extended/v1/address/{principal}/nonces', {
        params: { path: { principal: h.alice.address } },
      }),
    () => ({ last_executed_tx_nonce: 0, possible_next_nonce: 1, detected_missing_nonces: [] }),
  ],
  [
    '/extended/v2/blocks/',
    () => client.GET('/extended/v2/blocks/', { params: { query: { limit: 1 } } }),
    () => ({ limit: 1, results: [block()] }),
  ],
  [
    '/extended/v2/blocks/{height_or_hash}',
    () => client.GET('/extended/v2/blocks/{height_or_hash}', { params: { path: height_or_hash() } }),
    block,
  ],
  [
    '/extended/v2/blocks/{height_or_hash}/transactions',
    () =>
      client.GET('/extended/v2/blocks/{height_or_hash}/transactions', { params: { path: height_or_hash() } }),
    () => ({ total: 1, results: [tx()] }),
  ],
  [
    '/extended/v2/smart-contracts/{contract_id}/logs',
    () =>
      client.GET('/extended/v2/smart-contracts/{contract_id}/logs', {
        params: { path: { contract_id: COUNTER }, query: { limit: 1 } },
      }),
    () => ({
      results: [
        {
          event_type: 'smart_contract_log',
          tx_id: mined.tx_id,
          contract_log: { contract_id: COUNTER, topic: 'print', value: mined.events[0].contract_log.value },
        },
      ],
    }),
  ],
];

describe('createClient of @stacks/blockchain-api-client, unmodified', () => {
  it.each(GETS)('gets %s', async (_path, ask, expected) => {
    const { data, response } = await ask();
    expect(response.status).toBe(200);
    expect(data).toMatchObject(expected());
  });

  it('gets an error as a value', async () => {
    const tx_id = `0x${'0'.repeat(64)}`;
    const answer = await client.GET('/extended/v1/tx/{tx_id}', { params: { path: { tx_id } } });
    expect(answer.response.status).toBe(404);
    expect(answer.error).toEqual({
      error: 'Not Found',
      message: expect.stringContaining('could not find transaction'),
    });
  });

  it('asks with a slash at the end, which the API takes and the node does not', async () => {
    const { body } = await h.get('/extended/v2/blocks');
    expect(await h.get('/extended/v2/blocks/')).toEqual({ status: 200, body });
    expect((await h.get('/v2/info/')).status).toBe(404);
  });
});
