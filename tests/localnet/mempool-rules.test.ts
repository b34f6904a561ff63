import { makeSTXTokenTransfer } from '@stacks/transactions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMempool, MAX_WAIT_SECONDS, type Mempool } from '../../localnet/src/chain/mempool.js';
import { decodeTransaction, noncesOf, type SignedTransaction } from '../../localnet/src/chain/transaction.js';

let sample: SignedTransaction;
beforeAll(async () => {
  const transfer = await makeSTXTokenTransfer({
    ...{ network: 'testnet', recipient: 'ST000000000000000000002AMW42H', amount: 1, nonce: 0, fee: 1_000 },
    senderKey: `${'a1'.repeat(32)}01`,
  });
  sample = decodeTransaction(transfer.serialize());
});

let made = 0;
/** The sample as somebody else's, of one byte; `sponsor` pays for it. */
function pays(feeUstx: number, sender: string, nonce: number, sponsor?: [string, number]): SignedTransaction {
  const by = sponsor && { address: sponsor[0], nonce: BigInt(sponsor[1]) };
  const txid = `${made++}`;
  return {
    ...sample,
    byteLength: 1,
    txid,
    sender,
    nonce: BigInt(nonce),
    feeUstx: BigInt(feeUstx),
    sponsor: by,
  };
}

const startAtZero = () => 0n;
const ALL = { count: 10_000, deployments: true, ustxPerByte: 1 };
const idsOf = (transactions: readonly SignedTransaction[]) => transactions.map(({ txid }) => txid);

function filled(...transactions: SignedTransaction[]): Mempool {
  const mempool = createMempool();
  for (const transaction of transactions) expect(mempool.add(transaction, 0).kind).toBe('added');
  return mempool;
}

/** The rule said plainly: again and again, of all that could run next, the best paid, the earlier among equals. */
function selectPlainly(waiting: readonly SignedTransaction[]): string[] {
  const next = new Map<string, bigint>();
  const left = new Set(waiting);
  const selected: string[] = [];
  for (;;) {
    const ready = [...left].filter((transaction) =>
      noncesOf(transaction).every(({ address, nonce }) => nonce === (next.get(address) ?? 0n)),
    );
    const [best] = ready.sort((a, b) => Number(b.feeUstx - a.feeUstx));
    if (best === undefined) return selected;
    left.delete(best);
    selected.push(best.txid);
    for (const { address, nonce } of noncesOf(best)) next.set(address, nonce + 1n);
  }
}

describe('select', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('takes what the plain rule takes (%i)', (seed) => {
    let state = seed + 1;
    const below = (bound: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % bound;
    };
    const mempool = createMempool();
    for (let index = 0; index < 300; index++) {
      const address = () => `account-${below(12)}`;
      const sponsor: [string, number] | undefined = below(3) === 0 ? [address(), below(20)] : undefined;
      mempool.add(pays(1 + below(9), address(), below(20), sponsor), 0);
    }
    const waiting = mempool.all().map(({ transaction }) => transaction);
    const expected = selectPlainly(waiting);
    expect(idsOf(mempool.select(startAtZero, ALL))).toEqual(expected);
    expect(idsOf(mempool.select(startAtZero, { ...ALL, count: 5 }))).toEqual(expected.slice(0, 5));
  });

  it('starts at the next nonce of each account', () => {
    const [old, due, far] = [pays(9, 'a', 3), pays(1, 'a', 4), pays(9, 'b', 5)];
    const mempool = filled(old, due, far);
    expect(mempool.select(() => 4n, ALL)).toEqual([due]);
  });

  it('leaves who pays less than space costs, and what follows it', () => {
    const [cheap, behind, dear] = [pays(4, 'a', 0), pays(9, 'a', 1), pays(5, 'b', 0)];
    expect(filled(cheap, behind, dear).select(startAtZero, { ...ALL, ustxPerByte: 5 })).toEqual([dear]);
  });

  it('takes a deployment only as the first of a Stacks block', () => {
    const action = { kind: 'deploy', contractName: 'c', source: '', clarityVersion: 6 } as const;
    const deploy = { ...pays(5, 'a', 0), action };
    const [better, worse] = [pays(9, 'b', 0), pays(1, 'c', 0)];
    expect(filled(deploy, worse).select(startAtZero, ALL)).toEqual([deploy, worse]);
    expect(filled(deploy, better).select(startAtZero, ALL)).toEqual([better]);
    expect(filled(deploy).select(startAtZero, { ...ALL, deployments: false })).toEqual([]);
  });
});

describe('add', () => {
  it('gives one nonce of one account to one transaction, whatever the account is to it', () => {
    const asOrigin = pays(5, 'a', 0);
    const asSponsor = pays(5, 'b', 0, ['a', 0]);
    const mempool = filled(asOrigin);
    expect(mempool.add(asSponsor, 0)).toEqual({ kind: 'conflict' });
    const better = { ...asSponsor, feeUstx: 6n };
    expect(mempool.add(better, 7)).toMatchObject({ kind: 'added', replaced: [asOrigin.txid] });
    expect(mempool.getDropped(asOrigin.txid)).toEqual({
      ...{ transaction: asOrigin, reason: 'ReplaceByFee', replacedBy: better.txid, receivedAtSeconds: 0 },
    });
    expect([mempool.pendingNonces('a'), mempool.pendingNonces('b'), mempool.size]).toEqual([[0n], [0n], 1]);
  });

  it('does not replace what is being run', () => {
    const running = pays(5, 'a', 0);
    const mempool = filled(running);
    mempool.lock([running.txid]);
    expect(mempool.add(pays(9, 'a', 0), 0)).toEqual({ kind: 'conflict' });
    mempool.lock([]);
    expect(mempool.add(pays(9, 'a', 0), 0).kind).toBe('added');
  });

  it('is full at 10,000, and still replaces', () => {
    const mempool = createMempool();
    for (let index = 0; index < 10_000; index++) mempool.add(pays(1, `account-${index}`, 0), 0);
    expect(mempool.add(pays(9, 'another', 0), 0)).toEqual({ kind: 'full' });
    expect(mempool.add(pays(9, 'account-7', 0), 0)).toMatchObject({ kind: 'added' });
    expect(mempool.size).toBe(10_000);
  });
});

describe('expire', () => {
  it('drops what has waited longer than 256 Bitcoin blocks of ten minutes, to the second', () => {
    const [old, young] = [pays(1, 'a', 0), pays(1, 'a', 1)];
    const mempool = createMempool();
    mempool.add(old, 1_000);
    mempool.add(young, 1_001);
    expect(mempool.expire(1_000 + MAX_WAIT_SECONDS)).toEqual([]);
    expect(mempool.expire(1_001 + MAX_WAIT_SECONDS)).toEqual([old.txid]);
    expect(mempool.getDropped(old.txid)).toMatchObject({
      reason: 'StaleGarbageCollect',
      replacedBy: undefined,
    });
    expect(mempool.pendingNonces('a')).toEqual([1n]);
  });

  it('leaves what is being run', () => {
    const running = pays(1, 'a', 0);
    const mempool = filled(running);
    mempool.lock([running.txid]);
    expect(mempool.expire(10 * MAX_WAIT_SECONDS)).toEqual([]);
  });
});

describe('reset', () => {
  it('replaces everything that waits, and its nonces', () => {
    const [before, after] = [pays(1, 'a', 0), pays(1, 'b', 1, ['c', 2])];
    const mempool = filled(before);
    mempool.reset([{ transaction: after, arrival: 4, receivedAtSeconds: 5 }]);
    expect(mempool.get(before.txid)).toBeUndefined();
    expect(mempool.get(after.txid)).toMatchObject({ transaction: after, receivedAtSeconds: 5 });
    expect(['a', 'b', 'c'].map(mempool.pendingNonces)).toEqual([[], [1n], [2n]]);
  });
});
