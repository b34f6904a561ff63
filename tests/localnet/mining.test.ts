import { Cl, cvToHex, makeContractDeploy } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture({ blockTimeMs: 0, burnEvery: 3 });
});
afterAll(() => h.node.stop());

const mined = (txid: string) =>
  expect
    .poll(async () => (await h.transactionOf(txid)).tx_status, { timeout: 10_000, interval: 20 })
    .toBe('success');
const tip = async () => (await h.get('/v2/info')).body;

describe('a node with a block time of 0', () => {
  it('mines a transaction as soon as it has come, and nothing without one', async () => {
    const before = await tip();
    const call = await h.call(h.alice, 'increment');
    await h.broadcast(call);
    await mined(call.txid());
    expect((await tip()).stacks_tip_height).toBe(before.stacks_tip_height + 1);
    // Reads that follow do not find another block.
    for (let n = 0; n < 20; n++) await h.count();
    expect((await tip()).stacks_tip_height).toBe(before.stacks_tip_height + 1);
  });

  it('lets one behind a gap wait, and mines all once the gap is closed', async () => {
    const first = await h.call(h.bob, 'increment', { nonce: 0n });
    const second = await h.call(h.bob, 'increment', { nonce: 1n });
    const before = await tip();
    await h.broadcast(second);
    for (let n = 0; n < 20; n++) await h.count();
    expect(await tip()).toEqual(before);
    await h.broadcast(first);
    await mined(second.txid());
  });

  it('begins a tenure with every third block', async () => {
    const before = await tip();
    for (let n = 0; n < 6; n++) {
      const call = await h.call(h.alice, 'increment');
      await h.broadcast(call);
      await mined(call.txid());
    }
    const after = await tip();
    expect(after.stacks_tip_height).toBe(before.stacks_tip_height + 6);
    expect(after.burn_block_height).toBe(before.burn_block_height + 2);
  });

  it('mines a deployment although a Bitcoin block is due', async () => {
    for (let n = 0; n < 4; n++) {
      const deploy = await makeContractDeploy({
        network: h.network,
        senderKey: h.bob.privateKey,
        contractName: `late-${n}`,
        codeBody: '(define-read-only (one) u1)',
        clarityVersion: 6,
        fee: FEE,
      });
      await h.broadcast(deploy);
      await mined(deploy.txid());
    }
  });
});

describe('a node that is sent more than one block takes', () => {
  it('makes no block of nothing', async () => {
    const blocks: { readonly transactions: readonly unknown[] }[] = [];
    const busy = await startFixture({
      blockTimeMs: 0,
      onEvent: (event) => void (event.event === 'block' && blocks.push(event)),
    });
    const calls = [];
    for (let n = 0n; n < 25n; n++) calls.push(await busy.call(busy.alice, 'increment', { nonce: n }));
    blocks.length = 0;
    for (const call of calls) expect((await busy.broadcast(call)).status).toBe(200);
    const count = () => blocks.reduce((sum, { transactions }) => sum + transactions.length, 0);
    await expect.poll(count, { timeout: 10_000 }).toBe(calls.length);
    // Takes its turn after every block that was asked for.
    expect((await busy.post('/localnet/snapshot', {})).status).toBe(200);
    expect(blocks.filter(({ transactions }) => transactions.length === 0)).toEqual([]);
    await busy.node.stop();
  });
});

describe('POST /v3/transactions/simulate', () => {
  const simulate = async (hex: string, token = '12345') => {
    const response = await fetch(`${h.node.url}/v3/transactions/simulate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body: JSON.stringify({ transaction_hex: hex }),
    });
    return { status: response.status, text: await response.text() };
  };

  it('says what would come of a transaction on the tip, and leaves no trace of it', async () => {
    const before = [await tip(), await h.count(), await h.account(h.alice.address)];
    const { stacks_tip: _hash, stacks_tip_height: height } = before[0];
    const count = await h.get('/extended/v2/blocks/latest');
    const call = await h.call(h.alice, 'increment');
    const answer = JSON.parse((await simulate(call.serialize())).text);
    expect(answer).toMatchObject({
      txid: call.txid(),
      block_height: height + 1,
      tip_block_id: count.body.index_block_hash.slice(2),
      post_condition_aborted: false,
      vm_error: null,
      events: [{ type: 'contract_event', committed: true }],
    });
    expect(answer.result_hex).toMatch(/^0x0701/);
    expect(answer.execution_cost.write_count).toBeGreaterThan(0);
    expect(answer.execution_limit.read_count).toBe(30_000);
    expect([await tip(), await h.count(), await h.account(h.alice.address)]).toEqual(before);
  });

  it('says that a post-condition does not hold, and why a call fails', async () => {
    const unstated = await h.call(h.alice, 'deposit', { args: [Cl.uint(5)] });
    expect(JSON.parse((await simulate(unstated.serialize())).text)).toMatchObject({
      post_condition_aborted: true,
      events: [],
    });
    const crash = JSON.parse((await simulate((await h.call(h.alice, 'crash')).serialize())).text);
    expect(crash.vm_error).toContain('UnwrapFailure');
    expect(crash.result_hex).toBe(cvToHex(Cl.error(Cl.none())));
  });

  it('is kept behind the token of the node', async () => {
    const call = await h.call(h.alice, 'increment');
    expect(await simulate(call.serialize(), 'guess')).toEqual({ status: 401, text: 'Unauthorized' });
  });
});
