import { createHttpTransport, type Transport } from '@fac/sdk';
import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { always, startServer, type TestServer } from '../helpers/http-server.js';

const ADDRESS = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const QUEUE = `${ADDRESS}.async-queue`;
const TXID = 'ab'.repeat(32);
const hexOf = (value: Parameters<typeof Cl.serialize>[0]): string => `0x${Cl.serialize(value)}`;

const answering = async (
  ...args: Parameters<typeof always>
): Promise<{ transport: Transport } & TestServer> => {
  const server = await startServer(always(...args));
  return { ...server, transport: createHttpTransport({ nodeUrl: server.url }) };
};

describe('fetchInfo', () => {
  it('reads the heights', async () => {
    const { transport } = await answering(200, {
      network_id: 2147483648,
      stacks_tip_height: 17,
      stacks_tip: 'cd'.repeat(32),
      burn_block_height: 9,
      is_fully_synced: false,
      server_version: 'stacks-node 4',
    });
    expect(await transport.fetchInfo()).toEqual({
      networkId: 2147483648,
      stacksHeight: 17n,
      stacksTip: 'cd'.repeat(32),
      burnHeight: 9n,
      isSynced: false,
      serverVersion: 'stacks-node 4',
    });
  });
});

describe('fetchNonces', () => {
  it('reads what the API knows of the mempool', async () => {
    const { transport } = await answering(200, {
      possible_next_nonce: 7,
      last_executed_tx_nonce: 3,
      last_mempool_tx_nonce: 6,
      detected_missing_nonces: [5],
      detected_mempool_nonces: [4, 6],
    });
    const nonces = { nextNonce: 7n, missingNonces: [5n], mempoolNonces: [4n, 6n] };
    expect(await transport.fetchNonces(ADDRESS)).toEqual(nonces);
  });

  it('asks the chain where there is no API', async () => {
    const account = { balance: '0x0f', locked: '0x00', nonce: 12, unlock_height: 0 };
    const server = await startServer(({ path }, response) => {
      const isAccount = path.startsWith('/v2/accounts/');
      response.writeHead(isAccount ? 200 : 404, { 'content-type': 'application/json' });
      response.end(isAccount ? JSON.stringify(account) : 'not found');
    });
    const transport = createHttpTransport({ nodeUrl: server.url });
    expect(await transport.fetchNonces(ADDRESS)).toEqual({
      nextNonce: 12n,
      missingNonces: [],
      mempoolNonces: [],
    });
    expect(await transport.fetchAccount(ADDRESS)).toEqual({ balanceUstx: 15n, lockedUstx: 0n, nonce: 12n });
  });
});

describe('callRead', () => {
  const read = { contract: QUEUE, functionName: 'get-state', functionArgs: [Cl.uint(1)], sender: ADDRESS };

  it('sends the arguments as hex, and reads at a tip', async () => {
    const { transport, seen } = await answering(200, { okay: true, result: hexOf(Cl.some(Cl.uint(4))) });
    expect(await transport.callRead(read, { tip: `0x${TXID}` })).toEqual(Cl.some(Cl.uint(4)));
    expect(seen[0]?.path).toBe(`/v2/contracts/call-read/${ADDRESS}/async-queue/get-state?tip=${TXID}`);
    expect(JSON.parse(String(seen[0]?.body))).toEqual({ sender: ADDRESS, arguments: [hexOf(Cl.uint(1))] });
  });

  it('says what the node says', async () => {
    const { transport } = await answering(200, { okay: false, cause: 'NotReadOnly' });
    const error = await refusalOf(() => transport.callRead(read));
    expect(error).toMatchObject({ code: 'REJECTED_READ', isRetryable: false });
    expect(error.message).toBe(`Reading ${QUEUE}.get-state failed: NotReadOnly`);
  });

  it('says that the contract is not there', async () => {
    const { transport } = await answering(404, 'No such contract', { 'content-type': 'text/plain' });
    const error = await refusalOf(() => transport.callRead(read));
    expect(error).toMatchObject({ code: 'NOT_FOUND_CONTRACT', context: { contract: QUEUE } });
  });

  it('says that a result is no Clarity value', async () => {
    const { transport } = await answering(200, { okay: true, result: '0xff' });
    expect(await refusalOf(() => transport.callRead(read))).toMatchObject({ code: 'INVALID_RESPONSE' });
  });
});

describe('fetchMapEntry', () => {
  it('opens the entry', async () => {
    const { transport, seen } = await answering(200, { data: hexOf(Cl.some(Cl.bool(true))) });
    expect(await transport.fetchMapEntry(QUEUE, 'states', Cl.uint(1))).toEqual(Cl.bool(true));
    expect(String(seen[0]?.body)).toBe(JSON.stringify(hexOf(Cl.uint(1))));
  });

  it('gives null for a key that is not there', async () => {
    const { transport } = await answering(200, { data: hexOf(Cl.none()) });
    expect(await transport.fetchMapEntry(QUEUE, 'states', Cl.uint(1))).toBeNull();
  });
});

describe('estimateFee', () => {
  it('takes the middle estimate', async () => {
    const estimations = [{ fee: 10 }, { fee: 20 }, { fee: 30 }];
    const { transport } = await answering(200, { estimations });
    expect(await transport.estimateFee('00', 200)).toBe(20n);
  });

  it('gives null where the node has none', async () => {
    const body = { error: 'Estimation could not be performed', reason: 'NoEstimateAvailable' };
    const { transport } = await answering(400, body);
    expect(await transport.estimateFee('00', 200)).toBeNull();
  });
});

describe('broadcastTransaction', () => {
  it('sends the bytes and gives the txid', async () => {
    const { transport, seen } = await answering(200, TXID);
    expect(await transport.broadcastTransaction(Uint8Array.of(1, 2, 3))).toBe(TXID);
    expect(seen[0]?.headers['content-type']).toBe('application/octet-stream');
    expect([...(seen[0]?.body ?? [])]).toEqual([1, 2, 3]);
  });

  const rejections: [string, unknown, unknown, boolean][] = [
    [
      'BadNonce',
      { expected: 5, actual: 4, principal: ADDRESS, is_origin: true },
      { expected: 5n, actual: 4n },
      true,
    ],
    ['TooMuchChaining', { expected: 26, actual: 30, message: 'm' }, { expected: 26n, actual: 30n }, true],
    ['FeeTooLow', { expected: 300, actual: 1 }, { expected: 300n, actual: 1n }, true],
    [
      'NotEnoughFunds',
      { expected: `0x${'0'.repeat(30)}ff`, actual: '0x00' },
      { expected: 255n, actual: 0n },
      false,
    ],
    ['ConflictingNonceInMempool', undefined, {}, true],
  ];

  it.each(rejections)('reads the rejection %s', async (reason, data, read, isRetryable) => {
    const { transport } = await answering(400, {
      error: 'transaction rejected',
      txid: TXID,
      reason,
      reason_data: data,
    });
    const error = await refusalOf(() => transport.broadcastTransaction(new Uint8Array(1)));
    expect(error).toMatchObject({ code: 'REJECTED_BY_NODE', isRetryable });
    expect(error.context).toEqual({ rejection: { reason, ...(read as object) } });
  });

  it('keeps the name of any other rejection', async () => {
    const body = { error: 'transaction rejected', reason: 'NoSuchPublicFunction', reason_data: null };
    const { transport } = await answering(400, body);
    const error = await refusalOf(() => transport.broadcastTransaction(new Uint8Array(1)));
    expect(error.context).toEqual({ rejection: { reason: 'Other', name: 'NoSuchPublicFunction' } });
    expect(error.isRetryable).toBe(false);
  });

  it('says that the node could not read the bytes', async () => {
    const { transport } = await answering(400, 'Failed to decode', { 'content-type': 'text/plain' });
    const error = await refusalOf(() => transport.broadcastTransaction(new Uint8Array(1)));
    expect(error).toMatchObject({ code: 'REJECTED_REQUEST', isRetryable: false });
    expect(error.context).toMatchObject({ status: 400, detail: 'Failed to decode' });
  });
});

describe('fetchTransaction', () => {
  const mined = {
    tx_id: `0x${TXID}`,
    tx_status: 'success',
    canonical: true,
    tx_result: { hex: hexOf(Cl.ok(Cl.uint(3))), repr: '(ok u3)' },
    block_height: 20,
    block_hash: `0x${'ee'.repeat(32)}`,
    block_time: 1_700_000_000,
    burn_block_height: 5,
    fee_rate: '300',
    nonce: 4,
    sender_address: ADDRESS,
    contract_call: { contract_id: QUEUE, function_name: 'enqueue-task' },
  };

  it('reads a mined call', async () => {
    const { transport, seen } = await answering(200, mined);
    expect(await transport.fetchTransaction(TXID)).toEqual({
      status: 'success',
      txid: TXID,
      result: Cl.ok(Cl.uint(3)),
      stacksHeight: 20n,
      blockHash: 'ee'.repeat(32),
      burnHeight: 5n,
      blockTime: 1_700_000_000n,
      feeUstx: 300n,
      nonce: 4n,
      sender: ADDRESS,
      contract: QUEUE,
      functionName: 'enqueue-task',
    });
    expect(seen[0]?.path).toBe(`/extended/v1/tx/0x${TXID}`);
  });

  it.each([
    ['one that waits', { tx_id: TXID, tx_status: 'pending' }, { status: 'pending', txid: TXID }],
    ['one on a lost fork as waiting', { ...mined, canonical: false }, { status: 'pending', txid: TXID }],
    [
      'one that was replaced',
      { tx_id: TXID, tx_status: 'dropped_replace_by_fee' },
      { status: 'dropped', txid: TXID, reason: 'dropped_replace_by_fee' },
    ],
  ])('reads %s', async (_, body, read) => {
    const { transport } = await answering(200, body);
    expect(await transport.fetchTransaction(TXID)).toEqual(read);
  });

  it('gives null for one the node does not know', async () => {
    const { transport } = await answering(404, { error: 'not found' });
    expect(await transport.fetchTransaction(TXID)).toBeNull();
  });

  it('refuses a status it does not know', async () => {
    const { transport } = await answering(200, { ...mined, tx_status: 'paused' });
    expect(await refusalOf(() => transport.fetchTransaction(TXID))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });
});

describe('fetchContractLogs', () => {
  it('reads a page and where the next begins', async () => {
    const { transport, seen } = await answering(200, {
      results: [
        {
          event_index: 2,
          event_type: 'smart_contract_log',
          tx_id: `0x${TXID}`,
          contract_log: { contract_id: QUEUE, topic: 'print', value: { hex: hexOf(Cl.uint(1)), repr: 'u1' } },
        },
      ],
      next_cursor: 'older',
    });
    const page = await transport.fetchContractLogs({ contract: QUEUE, limit: 5, cursor: 'here' });
    const log = { txid: TXID, eventIndex: 2, contract: QUEUE, value: Cl.uint(1) };
    expect(page).toEqual({ logs: [log], nextCursor: 'older' });
    expect(seen[0]?.path).toBe(`/extended/v2/smart-contracts/${QUEUE}/logs?limit=5&cursor=here`);
  });
});
