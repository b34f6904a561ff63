import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, type Json, startFixture } from '../harness.js';
import { OBSERVER_BODIES } from './observer-bodies.js';
import { type ObserverServer, startObserverServer } from './observer-server.js';
import { openRpcSocket } from './rpc-socket.js';
import { until } from './until.js';

let h: Harness;
let observer: ObserverServer;
beforeAll(async () => {
  observer = await startObserverServer();
  h = await startFixture({ faults: true, observers: [observer.url] });
});
afterAll(async () => {
  await h.node.stop();
  await observer.stop();
});

const blocks = (): readonly Json[] => observer.bodies('/new_block');
const tipId = async () => (await h.get('/localnet/state')).body.index_block_hash;
const toldOfTip = async () => {
  const id = await tipId();
  await until('the tip', () => blocks().some(({ index_block_hash }) => index_block_hash === id));
};

describe('after a fork', () => {
  it('observers and subscribers are told what waits again, what was dropped, and the new branch', async () => {
    await h.node.mine();
    const ancestor = await tipId();
    const kept = await h.call(h.alice, 'increment');
    const lost = await h.call(h.bob, 'increment');
    await h.run(kept);
    await h.run(lost);
    await toldOfTip();
    const before = observer.taken.length;
    const rpc = await openRpcSocket(h.node.url);
    await rpc.subscribe({ event: 'tx_update', tx_id: kept.txid() });
    await rpc.subscribe({ event: 'mempool' });
    await rpc.subscribe({ event: 'block' });

    const forked = await h.post('/localnet/fork', { depth: 2, drop: [lost.txid()] });
    expect([forked.status, forked.body.ancestor]).toEqual([200, ancestor]);
    await toldOfTip();

    const told = observer.taken.slice(before).map(({ path, body }) => ({ path, body }));
    expect(told.slice(0, 2)).toEqual([
      { path: 'POST /new_mempool_tx', body: [`0x${kept.serialize()}`] },
      {
        path: 'POST /drop_mempool_tx',
        body: { dropped_txids: [`0x${lost.txid()}`], reason: 'ReplaceAcrossFork', new_txid: null },
      },
    ]);
    const branch = told.filter(({ path }) => path === 'POST /new_block').map(({ body }) => body);
    expect(branch.map(({ parent_index_block_hash }) => parent_index_block_hash)).toEqual([
      ancestor,
      ...branch.slice(0, -1).map(({ index_block_hash }) => index_block_hash),
    ]);
    expect(branch.flatMap(({ transactions }) => transactions).map(({ txid }) => txid)).toEqual([
      `0x${kept.txid()}`,
    ]);

    await rpc.notice('block', ({ height }) => height === branch.at(-1)?.block_height);
    const noticesOf = (method: string) =>
      rpc.messages.filter((message) => message.method === method).map(({ params }) => params);
    expect(noticesOf('tx_update').map(({ tx_status }) => tx_status)).toEqual(['pending', 'success']);
    expect(noticesOf('mempool').map(({ tx_id }) => tx_id)).toEqual([`0x${kept.txid()}`]);
    expect(noticesOf('block').map(({ index_block_hash }) => index_block_hash)).toEqual(
      branch.map(({ index_block_hash }) => index_block_hash),
    );
    rpc.socket.terminate();
  });

  it('a revert tells the blocks that are back, each on its own parent, in bodies of the form of the node', async () => {
    const { id } = (await h.post('/localnet/snapshot', {})).body;
    const root = await tipId();
    await h.run(await h.call(h.alice, 'increment'));
    await h.post('/localnet/fork', { depth: 2, blocks: 1 });
    await toldOfTip();
    const before = blocks().length;
    expect((await h.post('/localnet/revert', { id })).status).toBe(200);
    expect(await tipId()).toBe(root);
    await until('the block that is back', () => blocks().length > before);
    const [back] = blocks().slice(before);
    expect(back.index_block_hash).toBe(root);
    const earlier = blocks().find(({ index_block_hash }) => index_block_hash === root);
    expect(back).toEqual(earlier);
    for (const { path, body } of observer.seen) {
      const parsed = OBSERVER_BODIES[path]?.safeParse(body);
      expect(parsed?.error?.issues ?? parsed?.success, path).toBe(true);
    }
  });
});
