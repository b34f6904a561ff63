import { Cl } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTER, DEPLOYER, FEE, type Harness, type Json, startFixture } from '../harness.js';
import { OBSERVER_BODIES } from './observer-bodies.js';
import { type ObserverServer, startObserverServer } from './observer-server.js';
import { deployBadges } from './token-contract.js';
import { until } from './until.js';

let h: Harness;
let all: ObserverServer;
let mempoolOnly: ObserverServer;
let stxAndBurn: ObserverServer;
let contractAndToken: ObserverServer;

beforeAll(async () => {
  [all, mempoolOnly, stxAndBurn, contractAndToken] = await Promise.all([
    startObserverServer(),
    startObserverServer(),
    startObserverServer(),
    startObserverServer(),
  ]);
  const keys = [`${COUNTER}::print`, `${COUNTER}.point`];
  h = await startFixture({
    observers: [
      all.url,
      `${mempoolOnly.url}#memtx`,
      `${stxAndBurn.url}#stx,burn_blocks`,
      `${contractAndToken.url}#${keys.join(',')}`,
    ],
  });
});
afterAll(async () => {
  await h.node.stop();
  await Promise.all([all, mempoolOnly, stxAndBurn, contractAndToken].map((server) => server.stop()));
});

const heightOf = ({ block_height }: Json) => block_height;
const txidsOf = ({ transactions }: Json) => transactions.map(({ txid }: Json) => txid);
const typesOf = ({ events }: Json) => events.map(({ type }: Json) => type);

/** The block with a transaction, as an observer was told of it. */
const blockWith = (server: ObserverServer, txid: string): Promise<Json> =>
  until(`/new_block with ${txid}`, () =>
    server.bodies('/new_block').find((body) => txidsOf(body).includes(`0x${txid.replace(/^0x/, '')}`)),
  );

const runCall = async (functionName: string, args = {}) => {
  const transaction = await h.call(h.alice, functionName, { mode: 'allow', ...args });
  await h.run(transaction);
  return { transaction, txid: transaction.txid() };
};

describe('an event observer', () => {
  it('is told of the deployment, with the interface of the contract', async () => {
    const [deployed, called] = await until('two blocks', () => {
      const bodies = all.bodies('/new_block');
      return bodies.length >= 2 && bodies;
    });
    expect(typesOf(deployed)).toEqual([]);
    expect(deployed.transactions[0]).toMatchObject({
      tx_index: 0,
      status: 'success',
      raw_result: '0x0703',
      contract_interface: (await h.get(`/v2/contracts/interface/${DEPLOYER}/counter`)).body,
      vm_error: null,
    });
    expect(called.transactions[0].contract_interface).toBeNull();
    expect(typesOf(called)).toEqual(['stx_transfer_event', 'contract_event']);
  });

  it('is told of a transaction when it comes and when it is mined', async () => {
    const { transaction, txid } = await runCall('increment');
    const block = await blockWith(all, txid);
    expect(all.bodies('/new_mempool_tx')).toContainEqual([`0x${transaction.serialize()}`]);
    const mined = await h.transactionOf(txid);
    expect(block).toMatchObject({
      block_hash: mined.block_hash,
      block_height: mined.block_height,
      block_time: mined.block_time,
      parent_block_hash: mined.parent_block_hash,
      burn_block_height: mined.burn_block_height,
    });
    expect(block.transactions[0]).toMatchObject({
      txid: `0x${txid}`,
      status: 'success',
      raw_result: mined.tx_result.hex,
      raw_tx: `0x${transaction.serialize()}`,
    });
    const { value } = mined.events[0].contract_log;
    expect(block.events).toEqual([
      {
        txid: `0x${txid}`,
        event_index: 0,
        committed: true,
        type: 'contract_event',
        contract_event: { contract_identifier: COUNTER, topic: 'print', raw_value: value.hex },
      },
    ]);
  });

  it.each([
    ['refuse', 'abort_by_response', '0x080100000000000000000000000000000fa1', null],
    ['crash', 'abort_by_response', '0x0809', /unwrap/i],
  ])('is told why %s failed, and of nothing it did', async (functionName, status, result, vmError) => {
    const { txid } = await runCall(functionName, { mode: 'allow' });
    const block = await blockWith(all, txid);
    expect(block.events).toEqual([]);
    expect(block.transactions[0]).toMatchObject({ status, raw_result: result });
    if (vmError === null) expect(block.transactions[0].vm_error).toBeNull();
    else expect(block.transactions[0].vm_error).toMatch(vmError);
  });

  it('is told of what a broken post-condition undid as aborted', async () => {
    const { txid } = await runCall('deposit', { args: [Cl.uint(5)], mode: 'deny' });
    const block = await blockWith(all, txid);
    expect(block.events).toEqual([]);
    expect(block.transactions[0]).toMatchObject({
      status: 'abort_by_post_condition',
      raw_result: expect.stringMatching(/^0x07/),
    });
  });

  it('is told of moved STX with the memo as long as the wire has it', async () => {
    const transaction = await h.transfer(h.alice, h.bob.address, 77n);
    await h.run(transaction);
    const block = await blockWith(all, transaction.txid());
    expect(block.events).toEqual([
      {
        txid: `0x${transaction.txid()}`,
        event_index: 0,
        committed: true,
        type: 'stx_transfer_event',
        stx_transfer_event: {
          sender: h.alice.address,
          recipient: h.bob.address,
          amount: '77',
          memo: '0'.repeat(68),
        },
      },
    ]);
  });

  it('is told of tokens minted, moved and burned', async () => {
    const { tx_id } = await deployBadges(h);
    const block = await blockWith(all, tx_id);
    expect(block.events.map(({ nft_mint_event }: Json) => nft_mint_event)).toEqual([
      { asset_identifier: `${h.bob.address}.badges::badge`, recipient: h.bob.address, raw_value: hexOf(1) },
      { asset_identifier: `${h.bob.address}.badges::badge`, recipient: h.bob.address, raw_value: hexOf(2) },
    ]);
    const minted = await runCall('mint');
    const sent = await runCall('send-point', { args: [Cl.principal(h.bob.address)] });
    expect((await blockWith(all, minted.txid)).events[0].ft_mint_event).toEqual({
      asset_identifier: `${COUNTER}::point`,
      recipient: h.alice.address,
      amount: '5',
    });
    expect((await blockWith(all, sent.txid)).events[0].ft_transfer_event).toEqual({
      asset_identifier: `${COUNTER}::point`,
      sender: h.alice.address,
      recipient: h.bob.address,
      amount: '1',
    });
  });

  it('counts the events through the block', async () => {
    const nonce = BigInt((await h.account(h.alice.address)).nonce);
    const first = await h.call(h.alice, 'deposit', { args: [Cl.uint(3)], mode: 'allow', nonce });
    const second = await h.call(h.alice, 'increment', { nonce: nonce + 1n });
    await h.broadcast(first);
    await h.run(second);
    const { events } = await blockWith(all, second.txid());
    expect(events.map(({ txid, event_index, type }: Json) => [txid, event_index, type])).toEqual([
      [`0x${first.txid()}`, 0, 'stx_transfer_event'],
      [`0x${first.txid()}`, 1, 'contract_event'],
      [`0x${second.txid()}`, 2, 'contract_event'],
    ]);
    expect((await blockWith(contractAndToken, second.txid())).events.map(indexOf)).toEqual([1, 2]);
    expect((await blockWith(stxAndBurn, second.txid())).events.map(indexOf)).toEqual([0]);
    expect((await blockWith(mempoolOnly, second.txid())).events).toEqual([]);
  });

  it('is told which transaction took the place of another', async () => {
    const nonce = BigInt((await h.account(h.bob.address)).nonce);
    const cheap = await h.call(h.bob, 'increment', { nonce });
    const dear = await h.call(h.bob, 'increment', { nonce, fee: FEE + 1n });
    await h.broadcast(cheap);
    await h.run(dear);
    await blockWith(all, dear.txid());
    const dropped = {
      dropped_txids: [`0x${cheap.txid()}`],
      reason: 'ReplaceByFee',
      new_txid: `0x${dear.txid()}`,
    };
    expect(all.bodies('/drop_mempool_tx')).toEqual([dropped]);
    expect(mempoolOnly.bodies('/drop_mempool_tx')).toEqual([dropped]);
  });

  it('is told of a Bitcoin block before the Stacks block in it', async () => {
    const { burn_block_height } = (await h.get('/v2/info')).body;
    await h.node.mine({ burnBlocks: 2 });
    const { body: info } = await h.get('/v2/info');
    await until('the last block', () =>
      all.bodies('/new_block').find((body) => heightOf(body) === info.stacks_tip_height),
    );
    const [before, after] = all.bodies('/new_burn_block').slice(-2);
    expect([before.burn_block_height, after.burn_block_height]).toEqual([
      burn_block_height + 1,
      burn_block_height + 2,
    ]);
    expect(after.parent_burn_block_hash).toBe(before.burn_block_hash);
    const paths = all.taken.slice(-4).map(({ path }) => path);
    expect(paths).toEqual([
      'POST /new_burn_block',
      'POST /new_block',
      'POST /new_burn_block',
      'POST /new_block',
    ]);
    expect(all.bodies('/new_block').at(-1)).toMatchObject({
      burn_block_hash: after.burn_block_hash,
      consensus_hash: after.consensus_hash,
      parent_burn_block_hash: before.burn_block_hash,
      parent_burn_block_height: burn_block_height + 1,
    });
  });

  it('gets the posts of its keys only, and every block', () => {
    const pathsOf = (server: ObserverServer) => [...new Set(server.taken.map(({ path }) => path))].sort();
    const blocks = all.bodies('/new_block').map(heightOf);
    expect(pathsOf(all)).toEqual(Object.keys(OBSERVER_BODIES).sort());
    expect(pathsOf(mempoolOnly)).toEqual([
      'POST /drop_mempool_tx',
      'POST /new_block',
      'POST /new_mempool_tx',
    ]);
    expect(pathsOf(stxAndBurn)).toEqual(['POST /new_block', 'POST /new_burn_block']);
    expect(pathsOf(contractAndToken)).toEqual(['POST /new_block']);
    for (const server of [mempoolOnly, stxAndBurn, contractAndToken]) {
      expect(server.bodies('/new_block').map(heightOf)).toEqual(blocks);
    }
    expect(new Set(contractAndToken.bodies('/new_block').flatMap(typesOf))).toEqual(
      new Set(['contract_event', 'ft_mint_event', 'ft_transfer_event']),
    );
  });

  it('gets bodies of the form of the node, each block on top of the last', () => {
    for (const server of [all, mempoolOnly, stxAndBurn, contractAndToken]) {
      for (const { path, body, contentType } of server.seen) {
        expect(contentType).toBe('application/json');
        const parsed = OBSERVER_BODIES[path]?.safeParse(body);
        expect(parsed?.error?.issues ?? parsed?.success, `${path} ${JSON.stringify(body)}`).toBe(true);
      }
    }
    const blocks = all.bodies('/new_block');
    for (const [index, block] of blocks.slice(1).entries()) {
      expect(block.parent_index_block_hash).toBe(blocks[index].index_block_hash);
      expect(block.block_height).toBe(blocks[index].block_height + 1);
    }
  });
});

const indexOf = ({ event_index }: Json) => event_index;

function hexOf(id: number): string {
  return `0x${Cl.serialize(Cl.uint(id))}`;
}
