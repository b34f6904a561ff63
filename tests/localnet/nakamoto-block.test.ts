import { createHash } from 'node:crypto';
import { deserializeTransaction } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merkleRootOf } from '../../localnet/src/chain/nakamoto-block.js';
import { readBlockHeader } from '../conformance/nakamoto-block.js';
import { type Harness, startFixture } from './harness.js';

const hash = (hex: string) => createHash('sha512-256').update(Buffer.from(hex, 'hex')).digest('hex');
const [A, B, C] = ['aa', 'bb', 'cc'].map((byte) => byte.repeat(32)) as [string, string, string];

describe('merkleRootOf', () => {
  const leaf = (txid: string) => hash(`00${txid}`);
  const node = (left: string, right: string) => hash(`01${left}${right}`);

  it.each([
    ['nothing', [], '0'.repeat(64)],
    ['one', [A], node(leaf(A), leaf(A))],
    ['two', [A, B], node(leaf(A), leaf(B))],
    ['three', [A, B, C], node(node(leaf(A), leaf(B)), node(leaf(C), leaf(C)))],
  ])('is that of a tree over %s', (_what, txids, root) => {
    expect(merkleRootOf(txids)).toBe(root);
  });
});

describe('GET /v3/blocks', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startFixture();
  });
  afterAll(() => h.node.stop());

  const fetchBytes = async (path: string) =>
    Buffer.from(await (await fetch(`${h.node.url}${path}`)).arrayBuffer());

  it('sends the transactions of a block as they were signed', async () => {
    const transaction = await h.call(h.alice, 'increment');
    await h.run(transaction);
    const { body: info } = await h.get('/v3/tenures/info');
    const block = await fetchBytes(`/v3/blocks/${info.tip_block_id}`);
    expect(readBlockHeader(block).transactionCount).toBe(1);
    expect(block.toString('hex').endsWith(transaction.serialize())).toBe(true);
    expect(deserializeTransaction(transaction.serialize()).txid()).toBe(transaction.txid());
    const { body: tip } = await h.get(`/v3/tenures/tip/${info.consensus_hash}`);
    expect(tip.Nakamoto.tx_merkle_root).toBe(merkleRootOf([transaction.txid()]));
  });

  it('sends a tenure down to its first block, or to where it is told to stop', async () => {
    await h.post('/localnet/mine', { burn_blocks: 1 });
    const { body: first } = await h.get('/v3/tenures/info');
    await h.post('/localnet/mine', { stacks_blocks: 2 });
    const { body: info } = await h.get('/v3/tenures/info');
    expect(info.tenure_start_block_id).toBe(first.tip_block_id);
    const { body: tenure } = await h.get(`/v3/tenures/blocks/${info.consensus_hash}`);
    const ids = tenure.stacks_blocks.map(({ block_id }: { block_id: string }) => block_id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([3, info.tip_block_id, first.tip_block_id]);

    const parts = await Promise.all(ids.map((id: string) => fetchBytes(`/v3/blocks/${id}`)));
    const at = `/v3/tenures/${info.tip_block_id}`;
    expect(await fetchBytes(at)).toEqual(Buffer.concat(parts));
    expect(await fetchBytes(`${at}?stop=${ids[1]}`)).toEqual(parts[0]);
    expect((await h.get(`${at}?stop=zz`)).status).toBe(400);
  });

  it('knows the Bitcoin blocks between two, and that they are of one chain', async () => {
    const { body: info } = await h.get('/v3/tenures/info');
    const { body: forks } = await h.get(
      `/v3/tenures/fork_info/${info.parent_consensus_hash}/${info.consensus_hash}`,
    );
    expect(forks).toMatchObject([
      { consensus_hash: `0x${info.consensus_hash}`, first_block_mined: `0x${info.tenure_start_block_id}` },
      { consensus_hash: `0x${info.parent_consensus_hash}` },
    ]);
    expect(forks[0].parent_sortition_id).toBe(forks[1].sortition_id);
    const turned = `/v3/tenures/fork_info/${info.consensus_hash}/${info.parent_consensus_hash}`;
    expect(await h.get(turned)).toEqual({
      status: 400,
      body: 'Supplied start and end sortitions are not in the same sortition fork',
    });
  });
});
