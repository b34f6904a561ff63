import { makeContractCall, makeContractDeploy } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startFixture } from './harness.js';

/** Of the network at epoch 4.0, per tenure. */
const TENURE_READS = 30_000;
const bytes = (count: number) => `0x${'00'.repeat(count)}`;
/** Each call reads a variable as often as its name says. */
const HEAVY = `
(define-data-var stored uint u1)
(define-private (read-one (byte (buff 1)) (sum uint)) (+ sum (var-get stored)))
(define-private (read-100 (byte (buff 1)) (sum uint)) (fold read-one ${bytes(100)} sum))
(define-public (read-9500) (ok (fold read-100 ${bytes(95)} u0)))
(define-public (read-31000) (ok (fold read-100 ${bytes(310)} u0)))`;

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
  const deploy = await makeContractDeploy({
    network: h.network,
    senderKey: h.bob.privateKey,
    contractName: 'heavy',
    codeBody: HEAVY,
    clarityVersion: 6,
    fee: 5_000n,
  });
  await h.run(deploy);
});
afterAll(() => h.node.stop());

const heavy = (functionName: string, nonce: bigint, fee: bigint) =>
  makeContractCall({
    network: h.network,
    contractAddress: h.bob.address,
    contractName: 'heavy',
    functionName,
    functionArgs: [],
    senderKey: h.alice.privateKey,
    nonce,
    fee,
  });

const statusOf = async (txid: string) => (await h.transactionOf(txid)).tx_status;

describe('the budget of a tenure', () => {
  it('lets wait what does not fit any more, until a Bitcoin block begins the next one', async () => {
    await h.node.mine({ burnBlocks: 1 });
    const txids: string[] = [];
    for (let nonce = 0n; nonce < 4n; nonce++) {
      const call = await heavy('read-9500', nonce, 1_000n);
      txids.push(call.txid());
      await h.broadcast(call);
    }
    await h.node.mine();
    const statuses = async () => Promise.all(txids.map(statusOf));
    expect(await statuses()).toEqual(['success', 'success', 'success', 'pending']);
    const { execution_cost_read_count: reads } = await h.transactionOf(txids[0] ?? '');
    expect(reads).toBeGreaterThan(9_500);
    expect(4 * reads).toBeGreaterThan(TENURE_READS);
    await h.node.mine();
    expect(await statuses()).toEqual(['success', 'success', 'success', 'pending']);

    const cheap = await h.call(h.bob, 'increment');
    expect(await h.run(cheap)).toMatchObject({ tx_status: 'success' });
    await h.node.mine({ burnBlocks: 1 });
    expect(await statuses()).toEqual(['success', 'success', 'success', 'success']);
  });

  it('drops what a whole one could not pay for, and leaves its nonce and its fee', async () => {
    const before = await h.account(h.alice.address);
    const call = await heavy('read-31000', BigInt(before.nonce), 1_000n);
    await h.broadcast(call);
    await h.node.mine({ burnBlocks: 1 });
    expect(await statusOf(call.txid())).toBe('dropped_too_expensive');
    expect(await h.account(h.alice.address)).toEqual(before);
    const next = await h.call(h.alice, 'increment');
    expect(next.auth.spendingCondition?.nonce).toBe(BigInt(before.nonce));
    expect(await h.run(next)).toMatchObject({ tx_status: 'success' });
  });
});
