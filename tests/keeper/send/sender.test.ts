import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, type Bench, claim, openBench, refused, trigger } from './bench.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
}, 120_000);
beforeEach(() => bench.reset());
afterAll(() => bench.close());

describe('createSender', () => {
  it('has a transaction on disk before the node gets it', async () => {
    await bench.send([trigger]);
    expect(bench.rowsAtBroadcast()).toEqual(['5 trigger:stacks signed']);
    expect(await bench.states()).toEqual(['5 trigger:stacks broadcast']);
    expect(bench.events).toEqual(['signed', 'journaled', 'broadcast']);
  });

  it('gives nonces in the order of the plan, after what is open', async () => {
    await bench.send([trigger]);
    await bench.send([claim, { ...claim, queue: 1n }]);
    expect(bench.arrived.map(({ nonce }) => nonce)).toEqual([5n, 6n, 7n]);
  });

  it('keeps the row and stops when the node does not answer', async () => {
    bench.script({ kind: 'unreachable', error: new Error('down') });
    await bench.send([trigger, claim]);
    expect(await bench.states()).toEqual(['5 trigger:stacks signed']);
  });

  it('sends the same bytes again after that', async () => {
    bench.script({ kind: 'unreachable', error: new Error('down') });
    await bench.send([trigger]);
    const [row] = await bench.journal.readOpen(ACCOUNT);
    await bench.send([], { mends: [{ kind: 'rebroadcast', nonce: 5n, txid: row?.txid ?? '' }] });
    expect(bench.arrived[1]).toEqual(bench.arrived[0]);
    expect(await bench.states()).toEqual(['5 trigger:stacks broadcast']);
  });

  it('takes the nonce the node expects when ours is used, and says that it is not ours', async () => {
    bench.script(refused({ reason: 'BadNonce', expected: 8n, actual: 5n }));
    await bench.send([trigger]);
    expect(bench.foreign).toEqual([5n]);
    expect(await bench.states()).toEqual(['5 trigger:stacks dropped', '9 trigger:stacks broadcast']);
  });

  it('goes round a nonce that waits in the mempool for somebody else, once', async () => {
    bench.script(
      refused({ reason: 'ConflictingNonceInMempool' }),
      refused({ reason: 'ConflictingNonceInMempool' }),
    );
    await bench.send([trigger, claim]);
    expect(bench.arrived.map(({ nonce }) => nonce)).toEqual([5n, 9n]);
    expect(bench.foreign).toEqual([5n, 9n]);
  });

  it('pays what the node asks for, up to the cap', async () => {
    bench.script(refused({ reason: 'FeeTooLow', expected: 3_000n, actual: 1_000n }));
    await bench.send([trigger]);
    expect(bench.arrived.map(({ nonce, feeUstx }) => ({ nonce, feeUstx }))).toEqual([
      { nonce: 5n, feeUstx: 1_000n },
      { nonce: 5n, feeUstx: 3_000n },
    ]);
  });

  it('gives the nonce of a refused transaction to the next one', async () => {
    bench.script(refused({ reason: 'Other', name: 'NoSuchContract' }));
    await bench.send([trigger, claim]);
    expect(await bench.states()).toEqual(['5 trigger:stacks dropped', '5 claim:0 broadcast']);
  });

  it('stops when the account has no funds', async () => {
    bench.script(refused({ reason: 'NotEnoughFunds', expected: 10n, actual: 0n }));
    await bench.send([trigger, claim]);
    expect(bench.arrived).toHaveLength(1);
  });

  it('signs the same again after it was refused', async () => {
    bench.script(refused({ reason: 'TooMuchChaining', expected: 5n, actual: 5n }));
    await bench.send([trigger]);
    await bench.send([trigger]);
    expect(bench.arrived[1]).toEqual(bench.arrived[0]);
    expect(await bench.states()).toEqual(['5 trigger:stacks broadcast']);
  });

  it('replaces a stuck transaction under the same nonce', async () => {
    await bench.send([trigger]);
    const [stuck] = await bench.journal.readOpen(ACCOUNT);
    const mends = [{ kind: 'bump' as const, nonce: 5n, txid: stuck?.txid ?? '', feeUstx: 1_250n }];
    await bench.send([], { mends });
    expect(await bench.states()).toEqual(['5 trigger:stacks replaced', '5 trigger:stacks broadcast']);
  });

  it('goes on with the old one when the node refuses the replacement', async () => {
    await bench.send([trigger]);
    const [stuck] = await bench.journal.readOpen(ACCOUNT);
    bench.script(refused({ reason: 'ConflictingNonceInMempool' }));
    const mends = [{ kind: 'bump' as const, nonce: 5n, txid: stuck?.txid ?? '', feeUstx: 1_250n }];
    await bench.send([], { mends });
    expect(await bench.states()).toEqual(['5 trigger:stacks broadcast', '5 trigger:stacks dropped']);
  });

  it('fills a hole between nonces', async () => {
    await bench.send([], { mends: [{ kind: 'fill', nonce: 5n }] });
    expect(await bench.states()).toEqual(['5 fill broadcast']);
  });
});

describe('createJournal', () => {
  it('ends every transaction of a nonce when one of them is mined', async () => {
    await bench.send([trigger]);
    const [stuck] = await bench.journal.readOpen(ACCOUNT);
    if (stuck === undefined) throw new Error('nothing was sent');
    await bench.send([], { mends: [{ kind: 'bump', nonce: 5n, txid: stuck.txid, feeUstx: 1_250n }] });
    await bench.journal.settle(stuck, { state: 'succeeded', height: 101n, reason: '(ok true)' });
    expect(await bench.states()).toEqual(['5 trigger:stacks succeeded', '5 trigger:stacks dropped']);
    expect(await bench.journal.readOpen(ACCOUNT)).toEqual([]);
  });

  it('opens again what a fork has undone', async () => {
    await bench.send([trigger]);
    const [row] = await bench.journal.readOpen(ACCOUNT);
    if (row === undefined) throw new Error('nothing was sent');
    await bench.journal.settle(row, { state: 'succeeded', height: 101n, reason: '' });
    expect(await bench.journal.reopen(ACCOUNT, 6n)).toBe(0);
    expect(await bench.journal.reopen(ACCOUNT, 5n)).toBe(1);
    expect(await bench.journal.readOpen(ACCOUNT)).toEqual([{ ...row, state: 'broadcast' }]);
  });

  it('tells of what went wrong lately, until it went well again', async () => {
    await bench.send([claim]);
    const [row] = await bench.journal.readOpen(ACCOUNT);
    if (row === undefined) throw new Error('nothing was sent');
    await bench.journal.settle(row, { state: 'aborted', height: 101n, reason: 'ERR_EMPTY' });
    expect(await bench.journal.readSetbacks(ACCOUNT, 102n)).toEqual([
      { purpose: 'claim:0', count: 1, lastHeight: 101n },
    ]);
    await bench.send([claim], { nonce: 6n });
    const [again] = await bench.journal.readOpen(ACCOUNT);
    if (again === undefined) throw new Error('nothing was sent');
    await bench.journal.settle(again, { state: 'succeeded', height: 103n, reason: '' });
    expect(await bench.journal.readSetbacks(ACCOUNT, 104n)).toEqual([]);
  });

  it('keeps an intent with its numbers and bytes', async () => {
    const intent = {
      kind: 'complete',
      taskId: 2n ** 70n,
      attempt: 3n,
      result: new Uint8Array([0, 255]),
    } as const;
    await bench.send([intent]);
    const [row] = await bench.journal.readOpen(ACCOUNT);
    expect(row?.intent).toEqual(intent);
  });
});
