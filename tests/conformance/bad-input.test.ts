import { describe, expect } from 'vitest';
import { itReads } from './case.js';
import { expectText, fetchShaped, get, post, postJson } from './http.js';
import { INFO } from './schemas/node.js';

const TRANSACTIONS = '/v2/transactions';

describe('a node refuses in its own words', () => {
  itReads('a path that it does not have', async (target) => {
    for (const path of ['/v2/nothing', '/v3/nothing/at/all', '/v2/data_var/only/two']) {
      expectText(await get(target, path), 404);
    }
  });

  itReads('a verb that a path does not take', async (target) => {
    const { status } = await postJson(target, '/v2/info', {});
    // Nodes before 4.0 know no 405.
    expect([404, 405]).toContain(status);
  });

  itReads('a transaction that is none', async (target) => {
    expectText(await postJson(target, TRANSACTIONS, {}), 400, /^Failed to decode/);
    expectText(await postJson(target, TRANSACTIONS, { tx: 'zz' }), 400, /^Failed to decode/);
    expectText(await post(target, TRANSACTIONS, '{"tx":'), 400, /^Failed to decode/);
    expectText(await post(target, TRANSACTIONS, 'ff', 'text/plain'), 400, /^Failed to decode/);
    const octets = new Uint8Array([0xff, 0x00]);
    expectText(
      await post(target, TRANSACTIONS, octets, 'application/octet-stream'),
      400,
      /^Failed to decode/,
    );
  });

  itReads('ids that are none', async (target) => {
    for (const path of ['/v3/transaction/hello', '/v3/blocks/hello', '/v2/transactions/unconfirmed/hello']) {
      expect([400, 404]).toContain((await get(target, path)).status);
    }
  });

  itReads('names that no contract can have', async (target) => {
    const { address } = target.contract;
    for (const name of ['1st', 'a'.repeat(200), '%00', '..%2f..']) {
      expect([400, 404]).toContain((await get(target, `/v2/contracts/interface/${address}/${name}`)).status);
    }
  });

  itReads('and is there afterwards', async (target) => {
    await fetchShaped(target, '/v2/info', INFO);
  });
});
