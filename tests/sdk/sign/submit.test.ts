import { createFac, createKeySigner, FacError, type TransactionStatus, type Transport } from '@fac/sdk';
import { deserializeTransaction } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { ALICE_KEY, DEPLOYER } from '../helpers/keys.js';
import { stubTransport } from '../helpers/stub-transport.js';

interface Mempool {
  readonly sent: bigint[];
  readonly statuses: Map<string, TransactionStatus>;
  readonly transport: Transport;
}

/** A node that takes everything and whose API lags: it always says the same next nonce. */
const laggingNode = (nextNonce: bigint, refuse?: (nonce: bigint) => FacError | undefined): Mempool => {
  const sent: bigint[] = [];
  const statuses = new Map<string, TransactionStatus>();
  const transport = stubTransport({
    estimateFee: () => Promise.resolve(null),
    fetchNonces: () => Promise.resolve({ nextNonce, missingNonces: [], mempoolNonces: [] }),
    fetchTransaction: (txid) => Promise.resolve(statuses.get(txid) ?? null),
    broadcastTransaction: async (raw) => {
      const transaction = deserializeTransaction(raw);
      const { nonce } = transaction.auth.spendingCondition;
      const refusal = refuse?.(nonce);
      if (refusal !== undefined) throw refusal;
      sent.push(nonce);
      statuses.set(transaction.txid(), { status: 'pending', txid: transaction.txid() });
      return transaction.txid();
    },
  });
  return { sent, statuses, transport };
};

const signer = createKeySigner({ privateKey: ALICE_KEY, network: 'devnet' });
const facOn = ({ transport }: Mempool) => createFac({ deployer: DEPLOYER, signer, transport });

describe('submit', () => {
  it('gives calls started together nonces one after the other', async () => {
    const node = laggingNode(5n);
    const fac = facOn(node);
    const calls = [1n, 2n, 3n, 4n].map((id) => fac.submit(fac.queue.prepare.cancelTask({ id })));
    const submissions = await Promise.all(calls);
    expect(submissions.map(({ nonce }) => nonce)).toEqual([5n, 6n, 7n, 8n]);
    expect(node.sent).toEqual([5n, 6n, 7n, 8n]);
  });

  it('takes the nonce of a call that was refused for the next one', async () => {
    const rejection = { reason: 'NotEnoughFunds', expected: 2n, actual: 1n } as const;
    let tries = 0;
    const node = laggingNode(5n, () => {
      tries += 1;
      return tries === 1 ? new FacError('REJECTED_BY_NODE', { rejection }) : undefined;
    });
    const fac = facOn(node);
    const call = fac.queue.prepare.cancelTask({ id: 1n });
    const [first, second] = await Promise.allSettled([fac.submit(call), fac.submit(call)]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'REJECTED_BY_NODE' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { nonce: 5n } });
  });

  it('takes the nonce of a call that was dropped again', async () => {
    const node = laggingNode(5n);
    const fac = facOn(node);
    const call = fac.queue.prepare.cancelTask({ id: 1n });
    const { txid } = await fac.submit(call);
    node.statuses.set(txid, { status: 'dropped', txid, reason: 'dropped_stale_garbage_collect' });
    expect(await fac.submit(call)).toMatchObject({ nonce: 5n });
  });

  it('keeps the nonce of a call the API has not heard of yet', async () => {
    const node = laggingNode(5n);
    const fac = facOn(node);
    const call = fac.queue.prepare.cancelTask({ id: 1n });
    await fac.submit(call);
    node.statuses.clear();
    expect(await fac.submit(call)).toMatchObject({ nonce: 6n });
  });

  it.each([
    ['keeps the nonce of a call whose answer was lost when the node has it', 'pending', 6n],
    ['takes the nonce again when the node has it not', undefined, 5n],
  ] as const)('%s', async (_, status, nonce) => {
    const node = laggingNode(5n);
    let txid = '';
    const context = { host: 'node', endpoint: 'POST /v2/transactions', timeoutMs: 1 };
    const broadcast = node.transport.broadcastTransaction;
    let tries = 0;
    const transport = stubTransport({
      estimateFee: node.transport.estimateFee,
      fetchNonces: node.transport.fetchNonces,
      fetchTransaction: node.transport.fetchTransaction,
      broadcastTransaction: async (raw) => {
        tries += 1;
        txid = await broadcast(raw);
        if (tries === 1) throw new FacError('TIMED_OUT_REQUEST', context);
        return txid;
      },
    });
    const fac = createFac({ deployer: DEPLOYER, signer, transport });
    const call = fac.queue.prepare.cancelTask({ id: 1n });
    expect(await refusalOf(() => fac.submit(call))).toMatchObject({ code: 'TIMED_OUT_REQUEST' });
    if (status === undefined) node.statuses.delete(txid);
    expect(await fac.submit(call)).toMatchObject({ nonce });
  });

  it('uses the nonce and the fee it is given and asks for neither', async () => {
    const node = laggingNode(5n);
    const transport = stubTransport({ broadcastTransaction: node.transport.broadcastTransaction });
    const fac = createFac({ deployer: DEPLOYER, signer, transport });
    const submission = await fac.submit(fac.queue.prepare.cancelTask({ id: 1n }), {
      nonce: 9n,
      feeUstx: 777n,
    });
    expect(deserializeTransaction(submission.raw).auth.spendingCondition).toMatchObject({
      nonce: 9n,
      fee: 777n,
    });
  });

  it('pays a microSTX for each byte where the node has no estimate', async () => {
    const fac = facOn(laggingNode(0n));
    const { raw, feeUstx } = await fac.submit(fac.queue.prepare.cancelTask({ id: 1n }));
    expect(feeUstx).toBe(BigInt(raw.length));
  });

  it('says that there is no signer', async () => {
    const fac = createFac({ deployer: DEPLOYER, transport: stubTransport({}) });
    const error = await refusalOf(() => fac.queue.cancelTask({ id: 1n }));
    expect(error).toMatchObject({
      code: 'EXPECTED_SIGNER',
      context: { function: 'task-control.cancel-task' },
    });
  });

  it('sends nothing when it was called off before', async () => {
    const node = laggingNode(5n);
    const fac = facOn(node);
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(fac.submit(fac.queue.prepare.cancelTask({ id: 1n }), { signal })).rejects.toThrow(
      'too late',
    );
    expect(node.sent).toEqual([]);
  });
});
