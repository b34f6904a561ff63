import { createFac, FacError, type MinedTransaction, makeReceipt, type TransactionStatus } from '@fac/sdk';
import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, DEPLOYER } from '../helpers/keys.js';
import { stubTransport } from '../helpers/stub-transport.js';

const txid = 'ab'.repeat(32);
const mined: MinedTransaction = {
  status: 'success',
  txid,
  result: Cl.ok(Cl.uint(3)),
  stacksHeight: 20n as never,
  blockHash: 'ee'.repeat(32),
  burnHeight: 5n as never,
  blockTime: 9n as never,
  feeUstx: 300n as never,
  nonce: 4n,
  sender: ALICE,
};

/** A node that gives these answers one after the other, and the last for ever. */
const facSeeing = (...answers: (TransactionStatus | FacError | null)[]) => {
  const transport = stubTransport({
    fetchTransaction: async () => {
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? null;
      if (answer instanceof FacError) throw answer;
      return answer;
    },
  });
  return createFac({ deployer: DEPLOYER, transport, pollMs: 1 });
};
const down = new FacError('REJECTED_CONNECTION', { host: 'h', endpoint: 'GET /', cause: 'ECONNREFUSED' });
const pending = { status: 'pending', txid } as const;

describe('waitForTransaction', () => {
  it('waits through the mempool, a lagging API and a node that is down for a while', async () => {
    expect(await facSeeing(null, pending, down, mined).waitForTransaction(txid)).toEqual(mined);
  });

  it('waits as long as a rate limit asks', async () => {
    const context = { host: 'h', endpoint: 'GET /', retryAfterMs: 40 };
    const startMs = performance.now();
    await facSeeing(new FacError('REJECTED_BY_RATE_LIMIT', context), mined).waitForTransaction(txid);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(39);
  });

  it('gives a transaction that was undone as it is', async () => {
    const undone = { ...mined, status: 'abort_by_response' } as const;
    expect(await facSeeing(undone).waitForTransaction(txid)).toEqual(undone);
  });

  it('throws when the transaction left the mempool', async () => {
    const fac = facSeeing(pending, { status: 'dropped', txid, reason: 'dropped_replace_by_fee' });
    const error = await refusalOf(() => fac.waitForTransaction(txid));
    expect(error).toMatchObject({
      code: 'REJECTED_TRANSACTION',
      context: { status: 'dropped_replace_by_fee' },
    });
  });

  it('says what it saw last when time is up', async () => {
    const error = await refusalOf(() => facSeeing(pending).waitForTransaction(txid, { timeoutMs: 5 }));
    expect(error).toMatchObject({
      code: 'TIMED_OUT_WAIT',
      context: { timeoutMs: 5, last: 'in the mempool' },
    });
  });

  it('keeps the reason when a node stays down', async () => {
    const error = await refusalOf(() => facSeeing(down).waitForTransaction(txid, { timeoutMs: 5 }));
    expect(error).toMatchObject({ code: 'TIMED_OUT_WAIT', cause: down });
  });

  it('ends with the reason of its signal, also in the middle of a pause', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const wait = facSeeing(pending).waitForTransaction(txid, { pollMs: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(wait).rejects.toBe(reason);
  });

  it('throws at once what a repetition cannot mend', async () => {
    const broken = new FacError('NOT_FOUND_CONTRACT', { contract: 'c', host: 'h' });
    expect(await refusalOf(() => facSeeing(broken).waitForTransaction(txid))).toBe(broken);
  });
});

describe('makeReceipt', () => {
  const call = createFac({ deployer: DEPLOYER }).queue.prepare.enqueueTask({ template: 1n });

  it('reads what the call answered', () => {
    expect(makeReceipt(call, mined)).toMatchObject({ txid, value: 3n, stacksHeight: 20n, feeUstx: 300n });
  });

  it.each([
    ['a refusal', 'abort_by_response', Cl.error(Cl.uint(1202)), 'REJECTED_BY_CONTRACT'],
    ['a runtime error', 'abort_by_response', Cl.error(Cl.none()), 'REJECTED_RUNTIME'],
    ['a broken post-condition', 'abort_by_post_condition', Cl.ok(Cl.uint(3)), 'REJECTED_POST_CONDITION'],
    ['another answer than the ABI’s', 'success', Cl.ok(Cl.bool(true)), 'MISMATCH_ABI'],
  ] as const)('throws %s', async (_, status, result, code) => {
    const error = await refusalOf(() => makeReceipt(call, { ...mined, status, result }));
    expect(error.code).toBe(code);
  });
});
