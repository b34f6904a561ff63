import { Cl, cvToHex, makeContractDeploy } from '@stacks/transactions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalnetControl, type LocalnetControl, type LocalnetEvent } from '../../localnet/src/index.js';
import { checkInvariants } from './exact/invariants.js';
import { DEPLOYER, FEE, type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

let h: Harness;
let control: LocalnetControl;
let events: LocalnetEvent[];
beforeEach(async () => {
  events = [];
  h = await startFixture({ onEvent: (event) => void events.push(event) });
  control = createLocalnetControl(h.node.url);
});
afterEach(() => h.node.stop());

const deployOf = (nonce: bigint, fee = FEE, contractName = 'thing') =>
  makeContractDeploy({
    ...{ network: h.network, senderKey: h.bob.privateKey, contractName, nonce, fee },
    codeBody: '(define-read-only (version) u1)',
    clarityVersion: 4,
  });

/** Looks again and again until the work is done. */
async function whileWorking<T>(work: Promise<T>, look: () => Promise<unknown>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) await look();
  return done;
}

describe('a fork', () => {
  it('loses no transaction that is sent while it moves the tip', async () => {
    for (let n = 0; n < 3; n++) await h.run(await h.call(h.bob, 'increment'));
    const sent: string[] = [];
    let nonce = 0n;
    const send = async () => {
      const { status, body } = await h.broadcast(
        await h.call(h.alice, 'increment', { nonce: nonce++ % 20n }),
      );
      if (status === 200) sent.push(body);
    };
    await whileWorking(control.fork({ depth: 3 }), send);
    await h.node.mine();
    expect(sent.length).toBeGreaterThan(0);
    for (const txid of sent) expect(await h.transactionOf(txid)).toMatchObject({ tx_status: 'success' });
  });

  it('leaves no balance and no interface of the other branch behind, whoever looks meanwhile', async () => {
    const carol = 'ST3NBRSFKX28FQ2ZJ1MAKX58HKHSDGNV5N7R21XCP';
    // The way back leads over the older blocks, which are made again one by one.
    for (let n = 0; n < 8; n++) await h.run(await h.transfer(h.alice, carol, 1n));
    const kept = await h.account(h.alice.address);
    const transfer = await h.transfer(h.alice, carol, 77n);
    const deploy = await deployOf(0n);
    await h.run(transfer);
    await h.run(deploy);
    const look = () =>
      Promise.all([
        h.account(carol),
        h.get(`/v2/contracts/interface/${h.bob.address}/thing`),
        h.account(h.alice.address),
      ]);
    await whileWorking(control.fork({ depth: 2, drop: [transfer.txid(), deploy.txid()] }), look);
    expect((await h.account(carol)).balance).toBe(8n);
    expect(await h.account(h.alice.address)).toEqual(kept);
    expect((await h.get(`/v2/contracts/interface/${h.bob.address}/thing`)).status).toBe(404);
    expect((await h.broadcast(await deployOf(0n, 3_000n))).status).toBe(200);
  });

  it('keeps the height of a contract when only a second try to deploy it leaves the chain', async () => {
    await h.broadcast(await deployOf(0n));
    const second = await deployOf(1n);
    await h.broadcast(second);
    await h.node.mine({ stacksBlocks: 2 });
    const source = () => h.get(`/v2/contracts/source/${h.bob.address}/thing?proof=0`);
    const before = await source();
    expect(before.status).toBe(200);
    expect((await h.transactionOf(second.txid())).tx_status).toBe('abort_by_response');
    await control.fork({ depth: 1, drop: [second.txid()] });
    expect(await source()).toEqual(before);
  });

  it('in an order runs nothing whose forerunner was left behind', async () => {
    await h.run(await h.transfer(h.bob, h.alice.address, h.bob.balanceUstx - 100_000n, { fee: 90_000n }));
    const funding = await h.transfer(h.alice, h.bob.address, 1_000_000n);
    const dear = await h.transfer(h.bob, h.alice.address, 1n, { fee: 50_000n });
    const deploy = await deployOf(2n);
    for (const transaction of [funding, dear, deploy]) await h.run(transaction);
    const txids = [funding, dear, deploy].map((transaction) => transaction.txid());
    await control.fork({ depth: 3, order: [dear.txid(), deploy.txid(), funding.txid()], blocks: 2 });
    await h.node.mine({ stacksBlocks: 3 });
    for (const txid of txids) expect((await h.transactionOf(txid)).tx_status).toBe('success');
    await expect(checkInvariants(h, [])).resolves.toBeUndefined();
  });

  it('goes on when the worker is killed in the middle of it, and so does a revert', async () => {
    for (let n = 0; n < 4; n++) await h.run(await h.call(h.alice, 'increment'));
    const before = await readState(h);
    const id = await control.snapshot();
    await Promise.all([control.fork({ depth: 3 }), control.killWorker()]);
    await checkInvariants(h, []);
    await Promise.all([control.revert(id), control.killWorker()]);
    expect(await readState(h)).toBe(before);
    expect(await h.run(await h.call(h.alice, 'increment'))).toMatchObject({ tx_status: 'success' });
    await checkInvariants(h, []);
  });
});

describe('a revert', () => {
  it('knows nothing of what was replaced after the snapshot', async () => {
    const id = await control.snapshot();
    const replaced = await h.call(h.alice, 'increment', { nonce: 0n });
    await h.broadcast(replaced);
    await h.broadcast(await h.call(h.alice, 'increment', { nonce: 0n, fee: 2n * FEE }));
    expect(await h.transactionOf(replaced.txid())).toMatchObject({ tx_status: 'dropped_replace_by_fee' });
    await control.revert(id);
    expect((await h.get(`/extended/v1/tx/0x${replaced.txid()}`)).status).toBe(404);
  });
});

describe('a fork that drops what brought tokens', () => {
  it('leaves no trace of the tokens', async () => {
    const balances = async () => (await h.get(`/extended/v1/address/${h.alice.address}/balances`)).body;
    const before = await balances();
    const mint = await h.call(h.alice, 'mint');
    await h.run(mint);
    expect(await balances()).not.toEqual(before);
    await control.fork({ depth: 1, drop: [mint.txid()] });
    expect(await balances()).toEqual(before);
  });
});

describe('a worker', () => {
  it('is replaced once for all who kill it at the same time', async () => {
    // Those who come while the first is being replaced all wait for the second.
    await Promise.all([1, 2, 3, 4].map(() => control.killWorker()));
    expect(events.filter(({ event }) => event === 'healed')).toHaveLength(2);
  });

  it('answers what waits for it, however often it is killed meanwhile', async () => {
    const kills = (async () => {
      for (let n = 0; n < 5; n++) await control.killWorker();
    })();
    const answers: string[] = [];
    await whileWorking(kills, async () => {
      await h.node.mine();
      answers.push(await h.count());
    });
    expect(new Set(answers)).toEqual(new Set([cvToHex(Cl.uint(1))]));
    expect(events.filter(({ event }) => event === 'failed')).toEqual([]);
  });
});

describe('a block', () => {
  it('whose first deployment cannot be paid runs the others at its own height', async () => {
    const drain = h.bob.balanceUstx - FEE - 3_000n;
    await h.broadcast(await h.transfer(h.bob, h.alice.address, drain, { nonce: 0n }));
    const deploy = await deployOf(1n, 9_000n);
    expect((await h.broadcast(deploy)).status).toBe(200);
    await h.node.mine();
    const mined = await h.run(await h.call(h.alice, 'increment'));
    expect(await h.transactionOf(deploy.txid())).toMatchObject({ tx_status: 'pending' });
    expect(mined.tx_result.repr).toBe('(ok u2)');
    const key = cvToHex(Cl.uint(2));
    const { body } = await h.post(`/v2/map_entry/${DEPLOYER}/counter/entries?proof=0`, key);
    expect(body.data).toContain(cvToHex(Cl.uint(mined.block_height)).slice(2));
    await control.killWorker();
    expect((await h.post(`/v2/map_entry/${DEPLOYER}/counter/entries?proof=0`, key)).body).toEqual(body);
  });
});
