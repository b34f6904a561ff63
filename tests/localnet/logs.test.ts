import { Cl } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
  // The plan printed once already; four more, two of them in one block.
  await h.run(await h.call(h.alice, 'increment'));
  const nonce = BigInt((await h.account(h.alice.address)).nonce);
  await h.broadcast(await h.call(h.alice, 'increment', { nonce }));
  await h.broadcast(await h.call(h.alice, 'increment', { nonce: nonce + 1n }));
  await h.node.mine();
  await h.run(await h.call(h.alice, 'increment'));
});
afterAll(() => h.node.stop());

interface Page {
  readonly total: number;
  readonly cursor: string;
  readonly next_cursor: string | null;
  readonly prev_cursor: string | null;
  readonly ids: number[];
}

async function page(query: string): Promise<Page> {
  const { body } = await h.get(`/extended/v2/smart-contracts/${COUNTER}/logs?${query}`);
  const ids = body.results.map((log: { contract_log: { value: { repr: string } } }) =>
    Number(/\(id u(\d+)\)/.exec(log.contract_log.value.repr)?.[1]),
  );
  return { ...body, ids };
}

describe('GET /extended/v2/smart-contracts/:id/logs', () => {
  it('pages from the newest to the oldest and back', async () => {
    const first = await page('limit=2');
    expect(first).toMatchObject({ total: 5, ids: [5, 4], prev_cursor: null });
    const second = await page(`limit=2&cursor=${first.next_cursor}`);
    expect(second).toMatchObject({ ids: [3, 2], prev_cursor: first.cursor });
    const third = await page(`limit=2&cursor=${second.next_cursor}`);
    expect(third).toMatchObject({ ids: [1], next_cursor: null, prev_cursor: second.cursor });
  });

  it('pages from the oldest to the newest, also from a height', async () => {
    const first = await page('order=asc&limit=3');
    expect(first).toMatchObject({ ids: [1, 2, 3], prev_cursor: null });
    expect(await page(`order=asc&limit=3&cursor=${first.next_cursor}`)).toMatchObject({
      ids: [4, 5],
      next_cursor: null,
    });
    expect((await page('order=asc&from=5')).ids).toEqual([3, 4, 5]);
    expect((await page('order=asc&from=99')).ids).toEqual([]);
  });

  it('gives each print with its place in the transaction', async () => {
    const { body } = await h.get(`/extended/v2/smart-contracts/${COUNTER}/logs?limit=1`);
    const printed = Cl.tuple({ topic: Cl.stringAscii('incremented'), id: Cl.uint(5) });
    expect(body.results).toEqual([
      {
        event_index: 0,
        event_type: 'smart_contract_log',
        tx_id: expect.stringMatching(/^0x[0-9a-f]{64}$/),
        contract_log: {
          contract_id: COUNTER,
          topic: 'print',
          value: { hex: `0x${Cl.serialize(printed)}`, repr: '(tuple (id u5) (topic "incremented"))' },
        },
      },
    ]);
  });

  it('is empty for a contract that printed nothing, and refuses nonsense', async () => {
    const at = '/extended/v2/smart-contracts';
    expect((await h.get(`${at}/${COUNTER}x/logs`)).body).toMatchObject({
      total: 0,
      results: [],
      next_cursor: null,
    });
    for (const path of [`${at}/me/logs`, `${at}/${COUNTER}/logs?limit=0`, `${at}/${COUNTER}/logs?cursor=7`]) {
      expect((await h.get(path)).status).toBe(400);
    }
  });
});
