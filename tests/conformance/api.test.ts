import { describe, expect } from 'vitest';
import { itApi } from './case.js';
import { fetchShaped, get, shaped } from './http.js';
import {
  API_ERROR,
  BALANCES,
  BLOCK,
  BLOCK_V1,
  BURN_BLOCK,
  MEMPOOL_FEES,
  NONCES,
  NONCES_V3,
  offsetPage,
  STATUS,
  STX_BALANCE,
  STX_BALANCE_V3,
} from './schemas/api-shared.js';
import { CONTRACT_STATUS } from './schemas/api-transactions.js';
import { ACCOUNT } from './schemas/node.js';

describe('the API', () => {
  itApi('tells its tip', async (target) => {
    const { chain_tip: tip } = await fetchShaped(target, '/extended/v1/status', STATUS);
    expect(tip.block_height).toBeGreaterThan(0);
  });

  itApi('knows the next nonce in its first and third form', async (target) => {
    const { address } = target.contract;
    const first = await fetchShaped(target, `/extended/v1/address/${address}/nonces`, NONCES);
    const third = await fetchShaped(target, `/extended/v3/principals/${address}/nonces`, NONCES_V3);
    expect(third.next_nonce).toBe(first.possible_next_nonce);
    const node = await fetchShaped(target, `/v2/accounts/${address}?proof=0`, ACCOUNT);
    expect(third.next_nonce).toBeGreaterThanOrEqual(node.nonce);
  });

  itApi('shows a balance in all three forms', async (target) => {
    const { address } = target.contract;
    const third = await fetchShaped(
      target,
      `/extended/v3/principals/${address}/balances/stx`,
      STX_BALANCE_V3,
    );
    const second = await fetchShaped(target, `/extended/v2/addresses/${address}/balances/stx`, STX_BALANCE);
    const first = await fetchShaped(target, `/extended/v1/address/${address}/balances`, BALANCES);
    expect([first.stx.balance, second.balance]).toEqual([third.balance, third.balance]);
  });

  itApi('pages through blocks, which are also found by height and hash', async (target) => {
    const [newest, older] = (await fetchShaped(target, '/extended/v2/blocks?limit=2', offsetPage(BLOCK)))
      .results;
    expect(newest?.parent_index_block_hash).toBe(older?.index_block_hash);
    for (const name of [older?.height, older?.hash, older?.index_block_hash]) {
      expect(await fetchShaped(target, `/extended/v2/blocks/${name}`, BLOCK)).toEqual(older);
    }
    const first = await fetchShaped(target, `/extended/v1/block/by_height/${older?.height}`, BLOCK_V1);
    expect(first).toMatchObject({ hash: older?.hash, burn_block_height: older?.burn_block_height });
  });

  itApi('pages through Bitcoin blocks', async (target) => {
    const page = await fetchShaped(target, '/extended/v2/burn-blocks?limit=2', offsetPage(BURN_BLOCK));
    const [newest] = page.results;
    const found = await fetchShaped(
      target,
      `/extended/v2/burn-blocks/${newest?.burn_block_height}`,
      BURN_BLOCK,
    );
    expect(found.burn_block_hash).toBe(newest?.burn_block_hash);
  });

  itApi('says what fees are paid', async (target) => {
    const { all } = await fetchShaped(target, '/extended/v2/mempool/fees', MEMPOOL_FEES);
    expect(all.high_priority).toBeGreaterThanOrEqual(all.low_priority);
  });

  itApi('knows which contracts there are', async (target) => {
    const { address, name } = target.contract;
    const missing = `${address}.nobody-deployed-this`;
    const query = `contract_id=${address}.${name}&contract_id=${missing}`;
    const status = await fetchShaped(target, `/extended/v2/smart-contracts/status?${query}`, CONTRACT_STATUS);
    expect(status[missing]).toEqual({ found: false });
  });

  itApi('refuses nonsense in JSON', async (target) => {
    for (const path of [
      'v1/address/me/nonces',
      'v3/principals/me/nonces',
      'v1/address/me/balances',
      'v1/tx/me',
    ]) {
      shaped(await get(target, `/extended/${path}`), API_ERROR, 400);
    }
    for (const path of [`v1/tx/0x${'ab'.repeat(32)}`, `v3/transactions/0x${'ab'.repeat(32)}`, 'v9/nothing']) {
      shaped(await get(target, `/extended/${path}`), API_ERROR, 404);
    }
  });
});
