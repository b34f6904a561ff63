import type { BuiltBlock, Outcome, Requests } from './protocol.js';
import { runTransaction } from './run-transaction.js';
import type { Simnet } from './simnet.js';
import type { Timeline } from './timeline.js';

/**
 * Opens one block and runs the transactions in the order given, until `budgetMs` is used up.
 * A deployment opens a Stacks block by itself, so it may only be the first; the caller sees to that.
 */
export function buildBlock(simnet: Simnet, timeline: Timeline, body: Requests['build-block']): BuiltBlock {
  const { bitcoin, transactions, budgetMs } = body;
  const startMs = performance.now();
  if (transactions.length > 0) timeline.mark();
  const heightBefore = simnet.tip().stacksHeight;
  if (transactions[0]?.action.kind !== 'deploy') {
    timeline.apply({ kind: bitcoin ? 'bitcoin-block' : 'stacks-block' });
  }
  const outcomes: Outcome[] = [];
  const stalledSenders = new Set<string>();
  for (const transaction of transactions) {
    const isFull = outcomes.length > 0 && performance.now() - startMs > budgetMs;
    // What follows a transaction that was left behind would run with a gap in its nonces.
    const isStalled = stalledSenders.has(transaction.sender);
    const outcome: Outcome =
      isFull || isStalled
        ? { kind: 'left', txid: transaction.txid, reason: isFull ? 'full' : 'funds' }
        : runTransaction(timeline, transaction);
    if (outcome.kind === 'left') stalledSenders.add(transaction.sender);
    outcomes.push(outcome);
  }
  // A deployment whose sender could not pay the fee has opened nothing.
  if (simnet.tip().stacksHeight === heightBefore) timeline.apply({ kind: 'stacks-block' });
  return { tip: simnet.tip(), outcomes };
}
