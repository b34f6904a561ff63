import { describe, expect } from 'vitest';
import { itApi } from './case.js';
import { fetchShaped } from './http.js';
import { cursorPage, offsetPage } from './schemas/api-shared.js';
import {
  EVENT_V3,
  INVOLVEMENT_V3,
  LOG_PAGE,
  MINED,
  MINED_V3,
  PENDING,
  PENDING_V3,
  SUMMARY_V3,
} from './schemas/api-transactions.js';
import type { TargetFacts } from './target.js';

const list = async (target: TargetFacts, query = 'limit=5') => {
  const { results } = await fetchShaped(target, `/extended/v1/tx?${query}`, offsetPage(MINED));
  expect(results.length).toBeGreaterThan(0);
  return results;
};

describe('transactions', () => {
  itApi('are listed, the newest first, and found one by one', async (target) => {
    const results = await list(target);
    const heights = results.map(({ block_height: height }) => height);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    const [newest] = results;
    const found = await fetchShaped(target, `/extended/v1/tx/${newest?.tx_id}`, MINED);
    expect(found).toMatchObject({ tx_id: newest?.tx_id, tx_status: newest?.tx_status });
    expect(found.events.length).toBe(found.event_count);
  });

  itApi('say the same in the third form, and more on request', async (target) => {
    const [newest] = await list(target);
    const path = `/extended/v3/transactions/${newest?.tx_id}`;
    const plain = await fetchShaped(target, path, MINED_V3);
    expect(plain).toMatchObject({
      status: newest?.tx_status,
      sender: { address: newest?.sender_address, nonce: newest?.nonce },
      block: { height: newest?.block_height, tx_index: newest?.tx_index },
      execution_cost: { runtime: newest?.execution_cost_runtime },
    });
    expect([plain.result, plain.post_conditions]).toEqual([undefined, undefined]);
    const more = await fetchShaped(target, `${path}?include=result,post_conditions`, MINED_V3);
    expect(more.result).toEqual(newest?.tx_result);
    expect(more.post_conditions).toHaveLength(newest?.post_conditions.length ?? -1);
  });

  itApi('have their events by cursor', async (target) => {
    const [call] = await list(target, 'limit=1&type=contract_call');
    const page = await fetchShaped(
      target,
      `/extended/v3/transactions/${call?.tx_id}/events?limit=100`,
      cursorPage(EVENT_V3),
    );
    expect(page.total).toBe(call?.event_count);
  });

  itApi('are walked through by cursor without losing one', async (target) => {
    const schema = cursorPage(SUMMARY_V3);
    const whole = await fetchShaped(target, '/extended/v3/transactions?limit=4', schema);
    const start = whole.cursor.current;
    const ids: string[] = [];
    for (let cursor = start; cursor !== null && ids.length < whole.results.length; ) {
      const page = await fetchShaped(target, `/extended/v3/transactions?limit=1&cursor=${cursor}`, schema);
      ids.push(...page.results.map(({ tx_id: id }) => id));
      cursor = page.cursor.next;
    }
    expect(ids).toEqual(whole.results.map(({ tx_id: id }) => id));
  });

  itApi('are listed by whom they touch, in all three forms', async (target) => {
    const [newest] = await list(target, 'limit=1&type=contract_call');
    const sender = newest?.sender_address;
    const first = await fetchShaped(target, `/extended/v1/address/${sender}/transactions`, offsetPage(MINED));
    const third = await fetchShaped(
      target,
      `/extended/v3/principals/${sender}/transactions`,
      cursorPage(INVOLVEMENT_V3),
    );
    expect(third.total).toBeGreaterThan(0);
    expect(third.results.some(({ involvement }) => involvement === 'sender')).toBe(true);
    expect(first.results.map(({ tx_id: id }) => id)).toContain(newest?.tx_id);
  });

  itApi('that wait are listed', async (target) => {
    await fetchShaped(target, '/extended/v1/tx/mempool?limit=5', offsetPage(PENDING));
    await fetchShaped(target, '/extended/v3/mempool/transactions?limit=5', cursorPage(PENDING_V3));
  });
});

describe('the prints of a contract', () => {
  itApi('are paged by cursor', async (target) => {
    const [call] = await list(target, 'limit=1&type=contract_call');
    const log = call?.events.find(({ event_type: type }) => type === 'smart_contract_log');
    const { address, name } = target.contract;
    const contractId =
      log?.event_type === 'smart_contract_log' ? log.contract_log.contract_id : `${address}.${name}`;
    const path = `/extended/v2/smart-contracts/${contractId}/logs`;
    const page = await fetchShaped(target, `${path}?limit=1`, LOG_PAGE);
    if (page.next_cursor === null) return;
    const next = await fetchShaped(target, `${path}?limit=1&cursor=${page.next_cursor}`, LOG_PAGE);
    expect(next.prev_cursor).toBe(page.cursor);
    expect(next.results).not.toEqual(page.results);
  });
});
