import { FacError, type TransactionStatus } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { readNonces } from '../../../keeper/src/watch/read-nonces.js';
import { SELF, sent } from '../plan/snapshots.js';

const trigger = { kind: 'trigger' as const, clock: 'stacks' as const, n: 20 };
const first = sent(trigger).submission;
const HEIGHT = 105n;

/** A node that knows these transactions. */
function nodeAt(nonce: bigint, known: Readonly<Record<string, TransactionStatus>> = {}) {
  const asked: string[] = [];
  return {
    asked,
    fetchAccount: async () => ({ nonce, balanceUstx: 0n, lockedUstx: 0n }) as never,
    fetchTransaction: async (txid: string) => {
      asked.push(txid);
      return known[txid] ?? null;
    },
  };
}

const mined = (status: 'success' | 'abort_by_response') =>
  ({
    status,
    txid: first.txid,
    result:
      status === 'success'
        ? { type: 'ok', value: { type: 'uint', value: 1n } }
        : { type: 'err', value: { type: 'uint', value: 1204n } },
    stacksHeight: 101n,
    contract: 'ST1.async-queue',
    functionName: 'complete-task',
  }) as unknown as TransactionStatus;

describe('readNonces', () => {
  it('says what a used nonce brought', async () => {
    const view = await readNonces(nodeAt(6n, { [first.txid]: mined('success') }), SELF, [first], HEIGHT);
    expect(view).toMatchObject({
      nonce: 6n,
      inFlight: [],
      decided: [{ nonce: 5n, txid: first.txid, sighting: 'succeeded', height: 101n, result: '"1"' }],
    });
  });

  it('names the refusal of a contract', async () => {
    const { decided } = await readNonces(
      nodeAt(6n, { [first.txid]: mined('abort_by_response') }),
      SELF,
      [first],
      HEIGHT,
    );
    expect(decided).toMatchObject([{ sighting: 'aborted', result: expect.stringMatching(/^ERR_EMPTY: /) }]);
  });

  it('finds the mined one among those that replaced each other', async () => {
    const newer = { ...first, txid: 'b'.repeat(64), feeUstx: 1_250n };
    const older = { ...first, state: 'replaced' as const };
    const view = await readNonces(
      nodeAt(6n, { [first.txid]: mined('success') }),
      SELF,
      [older, newer],
      HEIGHT,
    );
    expect(view.decided).toMatchObject([{ txid: first.txid, sighting: 'succeeded' }]);
  });

  it('waits a little before it takes a used nonce for foreign', async () => {
    const young = { ...first, sentHeight: 104n };
    expect((await readNonces(nodeAt(6n), SELF, [young], HEIGHT)).decided).toEqual([]);
    expect((await readNonces(nodeAt(6n), SELF, [first], HEIGHT)).decided).toMatchObject([
      { nonce: 5n, txid: undefined, sighting: 'foreign' },
    ]);
  });

  it('does not ask for what was sent a moment ago', async () => {
    const node = nodeAt(5n);
    const view = await readNonces(node, SELF, [{ ...first, sentHeight: 104n }], HEIGHT);
    expect(node.asked).toEqual([]);
    expect(view.inFlight).toMatchObject([{ sighting: 'unseen' }]);
  });

  it('says that a node no longer knows an older one', async () => {
    expect((await readNonces(nodeAt(5n), SELF, [first], HEIGHT)).inFlight).toMatchObject([
      { sighting: 'unknown' },
    ]);
  });

  it('goes without statuses where the node has no index of transactions', async () => {
    const request = { host: 'node', endpoint: 'GET', status: 501, detail: '' };
    const node = {
      ...nodeAt(5n),
      fetchTransaction: async () => {
        throw new FacError('REJECTED_REQUEST', request);
      },
    };
    expect((await readNonces(node, SELF, [first], HEIGHT)).inFlight).toMatchObject([{ sighting: 'unknown' }]);
  });
});
