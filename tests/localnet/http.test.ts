import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startFixture } from './harness.js';

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

describe('POST /v2/transactions refuses', () => {
  it.each([
    ['no content type that it knows', 'ff', { 'content-type': 'text/plain' }, /content-type/],
    [
      'octets that are no transaction',
      Buffer.from('ff00', 'hex'),
      { 'content-type': 'application/octet-stream' },
      /deserialize/,
    ],
    ['an empty body', '', { 'content-type': 'application/octet-stream' }, /deserialize/],
    ['JSON without tx', '{}', { 'content-type': 'application/json' }, /expected/],
    ['broken JSON', '{"tx":', { 'content-type': 'application/json' }, /expected/],
    ['a tx that is no hex', '{"tx":"xyz"}', { 'content-type': 'application/json' }, /not hex/],
  ])('%s', async (_what, body, headers, text) => {
    const answer = await sendRaw(body, headers);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(text);
  });

  it('a body without end', async () => {
    const answer = await sendRaw('x'.repeat(5 * 1024 * 1024), { 'content-type': 'application/json' });
    expect(answer.status).toBe(413);
  });
});

describe('routes', () => {
  it('answers JSON 404 for what it does not have', async () => {
    expect(await h.get('/v2/pox')).toEqual({ status: 404, body: { error: 'no route for GET /v2/pox' } });
  });

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
