import { Cl, cvToHex, makeContractDeploy } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, FEE, type Harness, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

describe('a transaction that fails', () => {
  it('by its own err changes nothing but fee and nonce', async () => {
    const before = [await h.account(h.alice.address), await h.count()] as const;
    const mined = await h.run(await h.call(h.alice, 'refuse'));
    expect(mined).toMatchObject({
      tx_status: 'abort_by_response',
      tx_result: { repr: '(err u4001)' },
      vm_error: null,
    });
    expect(await h.count()).toBe(before[1]);
    expect(await h.account(h.alice.address)).toEqual({
      balance: before[0].balance - FEE,
      nonce: before[0].nonce + 1,
    });
  });

  it('by a runtime error is undone and says why', async () => {
    const before = [await h.account(h.alice.address), await h.account(COUNTER), await h.count()] as const;
    const mined = await h.run(await h.call(h.alice, 'crash', { mode: 'allow' }));
    expect(mined).toMatchObject({
      tx_status: 'abort_by_response',
      tx_result: { repr: '(err none)' },
      events: [],
    });
    expect(mined.vm_error).toContain('UnwrapFailure');
    expect([await h.account(COUNTER), await h.count()]).toEqual(before.slice(1));
    expect((await h.account(h.alice.address)).balance).toBe(before[0].balance - FEE);
  });

  it('as a deployment leaves no contract and opens one block', async () => {
    const { body: info } = await h.get('/v2/info');
    const deploy = (codeBody: string) =>
      makeContractDeploy({
        network: h.network,
        senderKey: h.bob.privateKey,
        contractName: 'broken',
        codeBody,
        clarityVersion: 6,
        fee: FEE,
      });
    const mined = await h.run(await deploy('(define-public (a) (ok (nothing)))'));
    expect(mined).toMatchObject({ tx_status: 'abort_by_response', block_height: info.stacks_tip_height + 1 });
    expect(mined.vm_error).toContain('unresolved function');
    expect((await h.get(`/v2/contracts/interface/${h.bob.address}/broken`)).status).toBe(404);

    const thrown = await h.run(
      await deploy('(define-data-var a uint u1) (unwrap-panic (if true none (some u1)))'),
    );
    expect(thrown.vm_error).toContain('UnwrapFailure');

    const again = await h.run(await deploy('(define-data-var a uint u1) (define-public (ok-now) (ok true))'));
    expect(again.tx_status).toBe('success');
  });
});

describe('a node that cannot restore memory', () => {
  it('says so, and undoes what it must by making the whole chain again', async () => {
    const events: string[] = [];
    const crippled = await startFixture({
      withoutRestore: true,
      onEvent: (event) => {
        if (event.event === 'warning') events.push(event.message);
        if (event.event === 'healed') events.push(event.why);
      },
    });
    try {
      expect(events).toEqual([expect.stringContaining('could not be restored')]);
      await crippled.broadcast(await crippled.call(crippled.alice, 'increment', { nonce: 0n }));
      const unstated = await crippled.call(crippled.alice, 'deposit', { args: [Cl.uint(50)], nonce: 1n });
      await crippled.broadcast(unstated);
      await crippled.broadcast(await crippled.call(crippled.bob, 'increment'));
      await crippled.node.mine();

      expect(await crippled.transactionOf(unstated.txid())).toMatchObject({
        tx_status: 'abort_by_post_condition',
        events: [],
      });
      expect(events).toHaveLength(2);
      expect(await crippled.count()).toBe(cvToHex(Cl.uint(3)));
      expect(await crippled.account(crippled.alice.address)).toMatchObject({ nonce: 2 });
      expect((await crippled.account(COUNTER)).balance).toBe(1_000n);

      const before = [await crippled.count(), (await crippled.get('/v2/info')).body];
      const simulated = await crippled.call(crippled.bob, 'deposit', { args: [Cl.uint(50)] });
      const response = await fetch(`${crippled.node.url}/v3/transactions/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: '12345' },
        body: JSON.stringify({ transaction_hex: simulated.serialize() }),
      });
      expect(await response.json()).toMatchObject({ post_condition_aborted: true });
      expect([await crippled.count(), (await crippled.get('/v2/info')).body]).toEqual(before);
      expect(events).toHaveLength(3);

      const { id } = (await crippled.post('/localnet/snapshot', {})).body;
      await crippled.run(await crippled.call(crippled.bob, 'increment'));
      expect((await crippled.post('/localnet/fork', { depth: 2 })).status).toBe(200);
      expect((await crippled.post('/localnet/revert', { id })).status).toBe(200);
      expect([await crippled.count(), (await crippled.get('/v2/info')).body]).toEqual(before);
    } finally {
      await crippled.node.stop();
    }
  });
});
