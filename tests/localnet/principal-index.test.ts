import { describe, expect, it } from 'vitest';
import type { Block, MinedTransaction } from '../../localnet/src/chain/ledger.js';
import { createPrincipalIndex } from '../../localnet/src/chain/principal-index.js';
import type { SimnetEvent } from '../../localnet/src/worker/protocol.js';

const [ALICE, BOB] = ['alice', 'bob'];

/** Only what the index looks at. */
const blockAt = (height: number) => ({ height }) as Block;

function mined(height: number, txid: string, events: readonly SimnetEvent[]): MinedTransaction {
  const action = { kind: 'call', contractId: 'token', functionName: 'f', argumentHexes: [] };
  return {
    transaction: { txid, sender: ALICE, payer: ALICE, feeUstx: 10n, action },
    outcome: { events },
    block: blockAt(height),
    index: 0,
  } as unknown as MinedTransaction;
}

const event = (name: string, data: Record<string, string>): SimnetEvent => ({
  event: `${name}_event`,
  data: { asset_identifier: 'token::t', ...data },
});

const MINTS = mined(2, 'a', [
  event('ft_mint', { recipient: ALICE, amount: '5' }),
  event('nft_mint', { recipient: ALICE, raw_value: '0x01' }),
]);
const MOVES = mined(3, 'b', [
  event('ft_transfer', { sender: ALICE, recipient: BOB, amount: '2' }),
  event('nft_transfer', { sender: ALICE, recipient: BOB, raw_value: '0x01' }),
  event('stx_transfer', { sender: ALICE, recipient: BOB, amount: '7' }),
  event('ft_burn', { sender: ALICE, amount: '1' }),
]);

function follow(...transactions: readonly MinedTransaction[]) {
  const index = createPrincipalIndex();
  for (const transaction of transactions)
    index.follow({ kind: 'block', block: transaction.block, transactions: [transaction] });
  return index;
}

const seenBy = (index: ReturnType<typeof follow>, principal: string) => {
  const { fts, nfts, stx, feesUstx } = index.holdingsOf(principal);
  const tokens = [...(nfts.get('token::t')?.values ?? [])];
  const flow = fts.get('token::t');
  return {
    txids: index.transactionsOf(principal).map(({ transaction }) => transaction.txid),
    points: (flow?.received ?? 0n) - (flow?.sent ?? 0n),
    tokens,
    stx,
    feesUstx,
  };
};

describe('createPrincipalIndex', () => {
  it('knows who holds what after mints, transfers and burns', () => {
    const index = follow(MINTS, MOVES);
    const stx = { sent: 7n, received: 0n };
    expect(seenBy(index, ALICE)).toEqual({ txids: ['a', 'b'], points: 2n, tokens: [], stx, feesUstx: 20n });
    expect(seenBy(index, BOB)).toEqual({
      txids: ['b'],
      points: 2n,
      tokens: ['0x01'],
      stx: { sent: 0n, received: 7n },
      feesUstx: 0n,
    });
    expect(seenBy(index, 'token').txids).toEqual(['a', 'b']);
  });

  it('takes back what a fork drops, to the state before', () => {
    const before = follow(MINTS);
    const after = follow(MINTS, MOVES);
    after.follow({ kind: 'reorg', ancestor: blockAt(2), orphaned: [blockAt(3)] });
    for (const principal of [ALICE, BOB, 'token'])
      expect(seenBy(after, principal)).toEqual(seenBy(before, principal));
    expect(after.transactions.map(({ transaction }) => transaction.txid)).toEqual(['a']);
  });

  it('comes to the same after a fork that brings the same back', () => {
    const straight = follow(MINTS, MOVES);
    const forked = follow(MINTS, MOVES);
    forked.follow({ kind: 'reorg', ancestor: blockAt(1), orphaned: [blockAt(3), blockAt(2)] });
    expect(forked.transactions).toEqual([]);
    for (const each of [MINTS, MOVES])
      forked.follow({ kind: 'block', block: each.block, transactions: [each] });
    for (const principal of [ALICE, BOB])
      expect(seenBy(forked, principal)).toEqual(seenBy(straight, principal));
  });
});
