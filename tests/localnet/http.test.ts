import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYER, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

const sendRaw = async (body: Buffer | string, headers: Record<string, string>) => {
  const response = await fetch(`${h.node.url}/v2/transactions`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
};

describe('CORS', () => {
  it('lets a page of any origin send what stacks.js sends', async () => {
    const preflight = await fetch(`${h.node.url}/v2/transactions`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-hiro-product,x-api-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(
      /content-type.*x-hiro-product.*x-api-key/,
    );
    const plain = await fetch(`${h.node.url}/v2/info`, { headers: { origin: 'http://localhost:3000' } });
    expect(plain.headers.get('access-control-allow-origin')).toBe('*');
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };
const OCTETS = { 'content-type': 'application/octet-stream' };

describe('POST /v2/transactions refuses', () => {
  it.each([
    ['a text', 'ff', { 'content-type': 'text/plain' }, 'Wrong Content-Type for transaction; expected '],
    [
      'a content type that it does not know',
      '<a/>',
      { 'content-type': 'text/html' },
      'Unsupported HTTP content type',
    ],
    [
      'octets that are no transaction',
      Buffer.from('ff00', 'hex'),
      OCTETS,
      'Failed to deserialize posted transaction: ',
    ],
    ['an empty body', '', OCTETS, 'Invalid Http request: expected non-zero-length body for PostTransaction'],
    ['JSON without tx', '{}', JSON_TYPE, 'Failed to parse body'],
    ['JSON that is no object', '7', JSON_TYPE, 'Failed to parse body'],
    ['broken JSON', '{"tx":', JSON_TYPE, 'Failed to parse body'],
    ['bytes that are no text', Buffer.from('7b22ff', 'hex'), JSON_TYPE, 'Failed to parse body'],
    ['a tx that is no hex', '{"tx":"xyz"}', JSON_TYPE, 'Failed to parse tx'],
    ['a tx with 0x', '{"tx":"0x00"}', JSON_TYPE, 'Failed to parse tx'],
    ['an attachment that is no hex', '{"tx":"00","attachment":"z"}', JSON_TYPE, 'Failed to parse attachment'],
    ['an empty tx', '{"tx":""}', JSON_TYPE, 'Failed to deserialize posted transaction: '],
  ])('%s', async (_what, body, headers, text) => {
    const answer = await sendRaw(body, headers);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/^Failed to decode/);
    expect(answer.text).toContain(text);
  });

  it('a body without a content type', async () => {
    const response = await fetch(`${h.node.url}/v2/transactions`, {
      method: 'POST',
      body: new Blob([Buffer.from('00', 'hex')]),
    });
    expect([response.status, await response.text()]).toEqual([
      400,
      'Failed to decode: Missing Content-Type for transaction',
    ]);
  });

  it('a transaction that is cut short, wherever', async () => {
    const tx = (await h.call(h.alice, 'increment')).serialize();
    for (let length = tx.length - 2; length > 0; length -= 26) {
      const answer = await sendRaw(JSON.stringify({ tx: tx.slice(0, length) }), JSON_TYPE);
      expect([answer.status, answer.text.includes('deserialize')]).toEqual([400, true]);
    }
  });

  it('a body of 10 MB, and one that is longer than any message', async () => {
    const long = await sendRaw('x'.repeat(10 * 1024 * 1024), JSON_TYPE);
    expect([long.status, long.text]).toEqual([400, 'Failed to decode: Failed to parse body']);
    const longer = await sendRaw(Buffer.alloc(17 * 1024 * 1024), OCTETS);
    expect([longer.status, longer.text]).toEqual([
      400,
      'Failed to decode: Invalid Http request: PostTransaction body is too big',
    ]);
  });
});

describe('10 MB of hex', () => {
  const hex = 'ab'.repeat(5 * 1024 * 1024);

  it.each([
    ['/v2/transactions', { tx: hex }, 'Failed to deserialize posted transaction: '],
    ['/v2/fees/transaction', { transaction_payload: hex }, 'SIP-003 codec error'],
    ['/v3/transactions/simulate', { transaction_hex: hex }, 'Failed to deserialize posted transaction: '],
    [
      `/v2/contracts/call-read/${DEPLOYER}/counter/get-entry`,
      { sender: DEPLOYER, arguments: [hex] },
      'Failed to deserialize argument value',
    ],
  ])('is what %s cannot read', async (path, body, text) => {
    const headers = { ...JSON_TYPE, authorization: '12345' };
    const response = await fetch(`${h.node.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(text)]);
  });
});

describe('paths', () => {
  const raw = (path: string, method = 'GET') =>
    new Promise<{ status: number; text: string; allow: string | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(h.node.url);
      // Not fetch, which tidies a path up before it sends it.
      const sent = request({ hostname, port, path, method }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, text: Buffer.concat(chunks).toString(), allow: headers.allow });
        });
      });
      sent.on('error', reject).end();
    });

  it.each([
    ['/v2/nothing'],
    ['/v3/'],
    ['/v2/accounts/'],
    ['/v2/accounts/hello'],
    [`/v2/accounts/${DEPLOYER}/`],
    [`/v2/accounts/${DEPLOYER}%00`],
    [`/v2/accounts/${DEPLOYER}.${'a'.repeat(129)}`],
    [`/v2/contracts/interface/${DEPLOYER}/1st`],
    [`/v2/contracts/source/${DEPLOYER}/../..`],
    [`/v2/data_var/${DEPLOYER}/counter/${'v'.repeat(129)}`],
    ['/..%2f..%2fetc/passwd'],
  ])('%s is not there', async (path) => {
    expect(await raw(path)).toEqual({ status: 404, text: 'No such file or directory', allow: undefined });
  });

  it.each([
    '/v3/transaction/hello',
    `/v3/blocks/${'0'.repeat(63)}`,
    '/v3/blocks/height/-1',
    '/v3/tenures/tip/zz',
    `/v2/transactions/unconfirmed/0x${'0'.repeat(64)}`,
  ])('%s has a parameter that does not fit', async (path) => {
    expect(await raw(path)).toMatchObject({ status: 400, text: `Invalid path parameters for '${path}'` });
  });

  it('are read with dots resolved and escapes decoded', async () => {
    const info = await raw('/v2/info');
    for (const path of ['/v2/x/../info', '/v2/%2e/info', '/v2/%69nfo', '/v2/info?x=%ff']) {
      expect(await raw(path)).toEqual(info);
    }
    expect((await raw('/v2/%ff')).status).toBe(400);
  });

  it('say which verbs they take', async () => {
    const text = 'Method Not Allowed. Allowed: GET';
    expect(await raw('/v2/info', 'POST')).toEqual({ status: 405, text, allow: 'GET' });
    expect((await raw('/v2/transactions')).allow).toBe('POST');
    expect((await raw('/v2/nothing', 'DELETE')).status).toBe(404);
  });

  it('of the API are refused in JSON', async () => {
    expect(await h.get('/extended/v9/nothing')).toEqual({
      status: 404,
      body: { error: 'Not Found', message: 'Route GET:/extended/v9/nothing not found' },
    });
  });
});

describe('POST /localnet/mine', () => {
  it('mines what it is told to', async () => {
    const before = (await h.get('/localnet/state')).body;
    const { body } = await h.post('/localnet/mine', { stacks_blocks: 3, burn_blocks: 2 });
    expect(body).toEqual({
      ...before,
      index_block_hash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      stacks_tip_height: before.stacks_tip_height + 5,
      burn_block_height: before.burn_block_height + 2,
      block_time: before.block_time + 2 * 600 - 20,
    });
    expect((await h.post('/localnet/mine', { stacks_blocks: -1 })).status).toBe(400);
    expect((await h.post('/localnet/mine', { blocks: 1 })).status).toBe(400);
    expect((await h.get('/localnet/state')).body).toEqual(body);
  });
});
