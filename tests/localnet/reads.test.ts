import { Cl, cvToHex, hexToCV } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, DEPLOYER, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

/** A transfer of one microSTX. */
const PAYLOAD = `00051a${'00'.repeat(20)}${'00'.repeat(7)}01${'00'.repeat(34)}`;

const path = (kind: string, name = '') => `/v2/${kind}/${DEPLOYER}/counter${name === '' ? '' : `/${name}`}`;
const read = (functionName: string, body: unknown) =>
  h.post(`${path('contracts/call-read', functionName)}`, body);

describe('GET /v2/info', () => {
  it('describes the tip', async () => {
    const { body } = await h.get('/v2/info');
    expect(body).toMatchObject({
      network_id: 0x80000000,
      burn_block_height: 1,
      stacks_tip_height: 3,
      tenure_height: 1,
      is_fully_synced: true,
    });
    expect((await h.get('/extended/v2/blocks?limit=1')).body.results).toMatchObject([
      { height: 3, hash: `0x${body.stacks_tip}`, burn_block_height: 1, tx_count: 1 },
    ]);
    expect((await h.get('/extended/v1/status')).body.chain_tip.block_height).toBe(3);
    expect((await h.get('/v3/health')).body.node_stacks_tip_height).toBe(3);
  });

  it('begins its time at wall time', async () => {
    const { block_time: seconds } = (await h.get('/extended/v2/blocks/2')).body;
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(120);
  });
});

describe('GET /v2/accounts', () => {
  it('reads accounts, contracts and strangers', async () => {
    const stranger = 'ST000000000000000000002AMW42H';
    expect((await h.get(`/v2/accounts/${stranger}?proof=0`)).body).toEqual({
      balance: `0x${'0'.repeat(32)}`,
      locked: `0x${'0'.repeat(32)}`,
      unlock_height: 0,
      nonce: 0,
    });
    expect(await h.account(COUNTER)).toEqual({ balance: 1_000n, nonce: 0 });
    expect(await h.account(h.alice.address)).toEqual({ balance: h.alice.balanceUstx, nonce: 0 });
  });

  it('refuses an address with a wrong checksum', async () => {
    const wrong = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGX';
    expect(await h.get(`/v2/accounts/${wrong}`)).toEqual({
      status: 400,
      body: 'Failed to decode: Failed to parse `principal` field',
    });
  });

  it('answers a contract whose name nobody could deploy with nothing', async () => {
    const { body } = await h.get(`/v2/accounts/${DEPLOYER}.${'a'.repeat(100)}`);
    expect(body).toMatchObject({ balance: `0x${'0'.repeat(32)}`, nonce: 0, balance_proof: '0x00000000' });
  });

  it.each([
    'hello',
    'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGX',
    `${DEPLOYER}.`,
    `${DEPLOYER}.a b`,
    `${DEPLOYER}.a.b`,
  ])('is refused %s by the API as no principal', async (text) => {
    const encoded = encodeURIComponent(text);
    for (const path of ['v1/address/P/nonces', 'v3/principals/P/nonces', 'v1/address/P/balances']) {
      expect((await h.get(`/extended/${path.replace('P', encoded)}`)).status).toBe(400);
    }
  });
});

describe('tip=', () => {
  const tipOf = async () => (await h.get('/v3/tenures/info')).body.tip_block_id;

  it('is taken for the canonical tip, and ignored when it is no block id', async () => {
    const paths = [`/v2/accounts/${DEPLOYER}?proof=0`, `${path('data_var', 'count')}?proof=0`];
    for (const at of paths) {
      const plain = await h.get(at);
      for (const tip of ['latest', '', 'bad', await tipOf()]) {
        expect(await h.get(`${at}&tip=${tip}`)).toEqual(plain);
      }
    }
  });

  it('is not there for another block id', async () => {
    const unknown = 'ab'.repeat(32);
    expect(await h.get(`/v2/accounts/${DEPLOYER}?tip=${unknown}`)).toEqual({
      status: 404,
      body: `Chain tip '${unknown}' not found`,
    });
    for (const at of [path('data_var', 'count'), path('contracts/interface'), '/v2/pox']) {
      expect(await h.get(`${at}?tip=${unknown}`)).toEqual({ status: 404, body: 'Chain tip not found' });
    }
  });
});

describe('POST /v2/contracts/call-read', () => {
  const sender = DEPLOYER;

  it('calls at the tip', async () => {
    const { stacks_tip_height, burn_block_height } = (await h.get('/v2/info')).body;
    const { block_time } = (await h.get('/extended/v2/blocks/latest')).body;
    const { body } = await read('get-heights', { sender, arguments: [] });
    const heights = {
      stacks: Cl.uint(stacks_tip_height),
      burn: Cl.uint(burn_block_height),
      time: Cl.uint(block_time),
      tenure: Cl.uint(burn_block_height),
    };
    expect(body).toEqual({ okay: true, result: cvToHex(Cl.tuple(heights)) });
  });

  it.each([
    ['nothing', [], 'RuntimeCheck(UndefinedFunction("nothing"))'],
    ['increment', [], 'NotReadOnly'],
    ['hidden', [], `RuntimeCheck(NoSuchPublicFunction("${COUNTER}", "hidden"))`],
    ['get-entry', [], 'RuntimeCheck(IncorrectArgumentCount(1, 0))'],
    ['get-entry', [cvToHex(Cl.bool(true))], 'RuntimeCheck(TypeValueError(UIntType, "Bool(true)"))'],
    ['fail-read', [], `UnwrapFailure\n Stack Trace: \n${COUNTER}:fail-read\n_native_:native_unwrap\n`],
  ])('says why %s(%s) cannot be read', async (name, args, cause) => {
    const answer = await read(name, { sender, arguments: args });
    expect(answer).toEqual({ status: 200, body: { okay: false, cause } });
    expect((await read('get-count', { sender, arguments: [] })).body.okay).toBe(true);
  });

  it('says that there is no such contract', async () => {
    const at = `/v2/contracts/call-read/${DEPLOYER}/nothing/get-count`;
    const cause = `RuntimeCheck(NoSuchContract("${DEPLOYER}.nothing"))`;
    expect((await h.post(at, { sender, arguments: [] })).body).toEqual({ okay: false, cause });
  });

  it('says that it cannot read as a contract', async () => {
    const { body } = await read('get-count', { sender: COUNTER, arguments: [] });
    expect(body).toEqual({ okay: false, cause: expect.stringMatching(/^ContractSender: /) });
  });

  it.each([
    [{}, 'Failed to parse JSON body: '],
    [{ sender }, 'Failed to parse JSON body: '],
    [{ sender, arguments: ['zz'] }, 'Failed to deserialize argument value'],
    [{ sender, arguments: ['0xff'] }, 'Failed to deserialize argument value'],
    [{ sender: 'me', arguments: [] }, 'Failed to parse sender principal'],
    [{ sender, sponsor: 'me', arguments: [] }, 'Failed to parse sponsor principal'],
    ['text', 'Failed to parse JSON body: '],
  ])('refuses %j as a body', async (body, text) => {
    const answer = await read('get-count', body);
    expect([answer.status, answer.body.startsWith(`Failed to decode: ${text}`)]).toEqual([400, true]);
  });

  it('takes arguments with and without 0x, and what comes after a value for nothing', async () => {
    const hex = cvToHex(Cl.uint(1)).slice(2);
    const plain = await read('get-entry', { sender, arguments: [`0x${hex}`] });
    expect(plain.body.okay).toBe(true);
    for (const argument of [hex, `${hex}00ff`]) {
      expect(await read('get-entry', { sender, arguments: [argument] })).toEqual(plain);
    }
  });

  it('runs a public function that writes nothing, as the node does', async () => {
    const before = await h.count();
    expect((await read('peek', { sender, arguments: [] })).body).toEqual({
      okay: true,
      result: cvToHex(Cl.ok(hexToCV(before))),
    });
    expect((await read('increment', { sender, arguments: [] })).body.cause).toBe('NotReadOnly');
    expect(await h.count()).toBe(before);
  });

  it('has a budget, but not in its fast form with the token of the node', async () => {
    expect(await read('read-often', { sender, arguments: [] })).toEqual({
      status: 400,
      body: 'Execution budget exceeded',
    });
    const fast = await fetch(`${h.node.url}/v3/contracts/fast-call-read/${DEPLOYER}/counter/read-often`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: '12345' },
      body: JSON.stringify({ sender, arguments: [] }),
    });
    expect([fast.status, await fast.json()]).toMatchObject([200, { okay: true }]);
  });

  it('is refused without a token in its fast form', async () => {
    const fast = `/v3/contracts/fast-call-read/${DEPLOYER}/counter/get-count`;
    expect(await h.post(fast, { sender, arguments: [] })).toEqual({ status: 401, body: 'Unauthorized' });
  });
});

describe('state routes', () => {
  it('read a data var, a map entry and a constant', async () => {
    expect((await h.get(`${path('data_var', 'count')}?proof=0`)).body).toEqual({ data: cvToHex(Cl.uint(1)) });
    const entry = await h.post(`${path('map_entry', 'entries')}?proof=0`, cvToHex(Cl.uint(1)));
    const value = { by: Cl.principal(DEPLOYER), caller: Cl.principal(DEPLOYER), height: Cl.uint(3) };
    expect(entry.body).toEqual({ data: cvToHex(Cl.some(Cl.tuple(value))) });
    expect((await h.get(`${path('constant_val', 'LIMIT')}?proof=0`)).body).toEqual({
      data: cvToHex(Cl.uint(100)),
    });
    expect((await h.get(`${path('constant_val', 'ERR_REFUSED')}?proof=0`)).body).toEqual({
      data: cvToHex(Cl.error(Cl.uint(4001))),
    });
  });

  it('know what is not there', async () => {
    expect((await h.get(path('data_var', 'nothing'))).status).toBe(404);
    expect((await h.get(path('data_var', 'LIMIT'))).status).toBe(404);
    expect((await h.get(path('constant_val', 'count'))).status).toBe(404);
    const none = { status: 200, body: { data: '0x09' } };
    expect(await h.post(`${path('map_entry', 'nothing')}?proof=0`, '0x09')).toEqual(none);
    expect(await h.post(`${path('map_entry', 'entries')}?proof=0`, cvToHex(Cl.bool(true)))).toEqual(none);
    expect((await h.post(path('map_entry', 'entries'), 'key')).status).toBe(400);
    expect((await h.get(`/v2/contracts/interface/${DEPLOYER}/nothing`)).status).toBe(404);
    expect((await h.get(`/v2/contracts/source/nobody/nothing`)).status).toBe(404);
    expect((await h.get(path('data_var', '9lives'))).status).toBe(400);
    expect((await h.get(`/v3/transaction/${'0'.repeat(64)}`)).status).toBe(404);
    expect((await h.get(`/extended/v1/tx/0x${'0'.repeat(64)}`)).status).toBe(404);
    expect((await h.get('/extended/v1/tx/hello')).status).toBe(400);
  });

  it('give interface and source as a node does', async () => {
    const { body: abi } = await h.get(path('contracts/interface'));
    expect(abi).toMatchObject({ epoch: 'Epoch40', clarity_version: 'Clarity6' });
    expect(abi.maps.map(({ name }: { name: string }) => name)).toEqual(['entries']);
    const { body: source } = await h.get(`${path('contracts/source')}?proof=0`);
    expect(source).toMatchObject({
      publish_height: 2,
      source: expect.stringContaining('(define-map entries'),
    });
  });
});

describe('fee routes', () => {
  it('estimate from the length', async () => {
    expect((await h.get('/v2/fees/transfer')).body).toBe(1);
    const { body } = await h.post('/v2/fees/transaction', {
      transaction_payload: PAYLOAD,
      estimated_len: 400,
    });
    expect(body.estimations).toEqual([
      { fee_rate: 1, fee: 400 },
      { fee_rate: 1.25, fee: 500 },
      { fee_rate: 2, fee: 800 },
    ]);
    const short = await h.post('/v2/fees/transaction', { transaction_payload: `0x${PAYLOAD}` });
    expect(short.body.estimated_cost_scalar).toBe(PAYLOAD.length / 2);
  });

  it.each(['zz', 'ff', '', PAYLOAD.slice(0, -2), 7, null])('refuse %j as a payload', async (payload) => {
    expect((await h.post('/v2/fees/transaction', { transaction_payload: payload })).status).toBe(400);
  });
});
