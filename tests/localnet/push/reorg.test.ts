import { describe, expect, it } from 'vitest';
import { makeBlockIds } from '../../../localnet/src/chain/block-ids.js';
import { createChainEvents } from '../../../localnet/src/chain/chain-events.js';
import type { Block } from '../../../localnet/src/chain/ledger.js';
import { createMempool } from '../../../localnet/src/chain/mempool.js';
import { noticesOf } from '../../../localnet/src/push/notices.js';
import { startObservers } from '../../../localnet/src/push/observers.js';
import { startObserverServer } from './observer-server.js';

/** A block of the branch that began at `branch`; the parent is the one below in the same branch. */
function makeBlock(branch: number, height: number, burnHeight: number, parent?: Block): Block {
  return {
    ...makeBlockIds(branch, height, burnHeight),
    height,
    burnHeight,
    timeSeconds: height * 10,
    burnTimeSeconds: burnHeight * 600,
    parentHash: parent?.hash ?? '',
    parentIndexHash: parent?.indexHash ?? '',
    txids: [],
  };
}

describe('startObservers', () => {
  it('tells the blocks of a new branch on top of their own parents, and the reorg itself not at all', async () => {
    const server = await startObserverServer();
    const events = createChainEvents();
    const canonical = new Map<number, Block>();
    const observers = startObservers(
      { events, contracts: { abi: async () => null }, ledger: { block: (height) => canonical.get(height) } },
      { observers: [{ url: server.url }], onWarning: () => undefined },
    );
    const append = (block: Block) => {
      canonical.set(block.height, block);
      events.emit({ kind: 'block', block, transactions: [] });
    };
    const root = makeBlock(1, 5, 1);
    canonical.set(root.height, root);
    const old = makeBlock(1, 6, 1, root);
    const first = makeBlock(2, 6, 2, root);
    const second = makeBlock(2, 7, 2, first);

    append(old);
    events.emit({ kind: 'reorg', ancestor: root, orphaned: [old] });
    append(first);
    append(second);
    await observers.stop();
    await server.stop();

    const told = server.taken.map(({ path, body }) => [
      path,
      body.index_block_hash ?? body.burn_block_height,
    ]);
    expect(told).toEqual([
      ['POST /new_block', `0x${old.indexHash}`],
      ['POST /new_burn_block', 2],
      ['POST /new_block', `0x${first.indexHash}`],
      ['POST /new_block', `0x${second.indexHash}`],
    ]);
    expect(server.bodies('/new_block').map((body) => body.parent_index_block_hash)).toEqual([
      `0x${root.indexHash}`,
      `0x${root.indexHash}`,
      `0x${first.indexHash}`,
    ]);
    expect(server.bodies('/new_block').map((body) => body.parent_burn_block_height)).toEqual([1, 1, 2]);
  });
});

describe('noticesOf', () => {
  it('has nothing to tell of a reorg itself', () => {
    const ancestor = makeBlock(1, 5, 1);
    const orphaned = [makeBlock(1, 6, 1, ancestor)];
    const notices = noticesOf(
      { kind: 'reorg', ancestor, orphaned },
      { mempool: createMempool() },
      () => true,
    );
    expect([...notices]).toEqual([]);
  });
});
