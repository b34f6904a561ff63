import { describe, expect } from 'vitest';
import { z } from 'zod';
import { itControlled } from './case.js';
import { fetchShaped, get, postJson, shaped } from './http.js';
import { BLOCK, offsetPage } from './schemas/api-shared.js';
import { PENDING_V3 } from './schemas/api-transactions.js';
import { TENURE_BLOCKS, TENURE_INFO } from './schemas/blocks.js';
import { COUNT } from './schemas/hex.js';
import { INFO } from './schemas/node.js';
import type { TargetFacts } from './target.js';
import { freshWallet, nonceOf, signTransfer, submit, waitUntilMined, walletOf } from './wallet.js';

const STATE = z.looseObject({ stacks_tip_height: COUNT, burn_block_height: COUNT, pending: COUNT });
const mine = async (target: TargetFacts, body: object) =>
  shaped(await postJson(target, '/localnet/mine', body), STATE);

describe('on command', () => {
  itControlled('a block is mined', async (target) => {
    const { stacks_tip_height: before } = await fetchShaped(target, '/v2/info', INFO);
    expect((await mine(target, { stacks_blocks: 3 })).stacks_tip_height).toBeGreaterThanOrEqual(before + 3);
  });

  itControlled('a Bitcoin block begins a tenure', async (target) => {
    const before = await fetchShaped(target, '/v3/tenures/info', TENURE_INFO);
    await mine(target, { burn_blocks: 1 });
    const after = await fetchShaped(target, '/v3/tenures/info', TENURE_INFO);
    expect(after.consensus_hash).not.toBe(before.consensus_hash);
    const ended = await fetchShaped(target, `/v3/tenures/blocks/${before.consensus_hash}`, TENURE_BLOCKS);
    expect(ended.stacks_blocks.at(-1)?.block_id).toBe(before.tenure_start_block_id);
  });

  itControlled('what waits is listed until its gap is closed', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const recipient = freshWallet(target).address;
    const txid = await submit(target, await signTransfer(wallet, recipient, 1n, { nonce: nonce + 1n }));
    await mine(target, { stacks_blocks: 2 });
    const pending = await fetchShaped(target, `/extended/v3/transactions/0x${txid}`, PENDING_V3);
    expect(pending.sender).toEqual({ address: wallet.address, nonce: Number(nonce) + 1 });
    await submit(target, await signTransfer(wallet, recipient, 1n, { nonce }));
    await mine(target, { stacks_blocks: 2 });
    await waitUntilMined(target, wallet, nonce + 1n);
    expect((await get(target, `/v2/transactions/unconfirmed/${txid}`)).status).toBe(404);
  });

  itControlled('transactions of one account share a block, in order', async (target) => {
    const wallet = walletOf(target);
    const nonce = await nonceOf(target, wallet);
    const recipient = freshWallet(target).address;
    // The first closes the gap, so that no block takes one without the others.
    for (const ahead of [2n, 1n, 0n])
      await submit(target, await signTransfer(wallet, recipient, 1n, { nonce: nonce + ahead }));
    await mine(target, { stacks_blocks: 1 });
    await waitUntilMined(target, wallet, nonce + 2n);
    const { results } = await fetchShaped(target, '/extended/v2/blocks?limit=30', offsetPage(BLOCK));
    expect(results.map(({ tx_count: count }) => count)).toContain(3);
  });
});
