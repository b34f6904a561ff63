import { describe, expect } from 'vitest';
import { z } from 'zod';
import { itReads } from './case.js';
import { expectText, fetchShaped, get, postJson, shaped } from './http.js';
import { TENURE_INFO } from './schemas/blocks.js';
import { FEE_ESTIMATE, FEE_REFUSAL, HEALTH, INFO, NEIGHBORS, POX } from './schemas/node.js';

describe('the node tells of itself', () => {
  itReads('its network, tip and versions', async (target) => {
    const info = await fetchShaped(target, '/v2/info', INFO);
    expect(info.network_id).toBe(target.isMainnet ? 1 : 0x80000000);
    expect(info.stacks_tip_height).toBeGreaterThan(0);
  });

  itReads('the same tip in its tenure', async (target) => {
    const before = await fetchShaped(target, '/v2/info', INFO);
    const tenure = await fetchShaped(target, '/v3/tenures/info', TENURE_INFO);
    expect(tenure.tip_height).toBeGreaterThanOrEqual(before.stacks_tip_height);
  });

  itReads('its health', async (target) => {
    const health = await fetchShaped(target, '/v3/health', HEALTH);
    expect(health.node_stacks_tip_height).toBeGreaterThan(0);
  });

  itReads('its neighbours', async (target) => {
    await fetchShaped(target, '/v2/neighbors', NEIGHBORS);
  });

  itReads('the cycles of stacking', async (target) => {
    const pox = await fetchShaped(target, '/v2/pox', POX);
    expect(pox.next_cycle.id).toBe(pox.current_cycle.id + 1);
    expect(pox.prepare_phase_block_length + pox.reward_phase_block_length).toBe(pox.reward_cycle_length);
  });
});

describe('fees', () => {
  /** A transfer of one microSTX to the address of zeros. */
  const payload = `00051a${'00'.repeat(20)}${'00'.repeat(7)}01${'00'.repeat(34)}`;

  itReads('of a transfer are a whole number per byte', async (target) => {
    expect(await fetchShaped(target, '/v2/fees/transfer', z.number().int())).toBeGreaterThan(0);
  });

  itReads('of a payload are at least a microSTX per byte, or cannot be told', async (target) => {
    const body = { transaction_payload: payload, estimated_len: 400 };
    const answer = await postJson(target, '/v2/fees/transaction', body);
    if (answer.status === 400) return void shaped(answer, FEE_REFUSAL, 400);
    const { estimations } = shaped(answer, FEE_ESTIMATE);
    for (const { fee } of estimations) expect(fee).toBeGreaterThanOrEqual(400);
  });

  itReads('of what is no payload are refused', async (target) => {
    for (const transaction_payload of ['zz', 'ff']) {
      expectText(await postJson(target, '/v2/fees/transaction', { transaction_payload }), 400);
    }
    expectText(await get(target, '/v2/fees/nothing'), 404);
  });
});
