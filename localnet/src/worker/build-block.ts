import { exceeds, plus } from './execution-cost.js';
import type {
  AccountOf,
  BuildReply,
  CostBudget,
  ExecutionCost,
  Outcome,
  Requests,
  RunnableTransaction,
} from './protocol.js';
import { NO_COST } from './protocol.js';
import { readAccount } from './reads.js';
import { chargeFee, ReplayNeeded, runTransaction } from './run-transaction.js';
import type { Simnet } from './simnet.js';
import type { Timeline } from './timeline.js';

/**
 * Opens one block and runs the transactions in the order given, until the time or the tenure's budget is used up.
 * A deployment opens a Stacks block by itself, so it may only be the first; the caller sees to that.
 */
export function buildBlock(simnet: Simnet, timeline: Timeline, body: Requests['build-block']): BuildReply {
  const { bitcoin, transactions, budgetMs, budget } = body;
  const startMs = performance.now();
  const settled = new Map(body.settled.map((outcome) => [outcome.txid, outcome]));
  const heightBefore = simnet.tip().stacksHeight;
  timeline.prepareUndo();
  if (transactions[0]?.action.kind !== 'deploy') {
    timeline.apply({ kind: bitcoin ? 'bitcoin-block' : 'stacks-block' });
  }
  const outcomes: Outcome[] = [];
  const stalledSenders = new Set<string>();
  let spent: ExecutionCost = NO_COST;
  let isFull = false;

  function run(transaction: RunnableTransaction): Outcome {
    const { txid } = transaction;
    const known = settled.get(txid);
    if (known !== undefined) {
      if (!chargeFee(timeline, transaction)) return { kind: 'left', txid, reason: 'funds' };
      if (transaction.action.kind === 'deploy') timeline.apply({ kind: 'stacks-block' });
      return known;
    }
    timeline.prepareUndo();
    const before = timeline.position();
    const outcome = runTransaction(timeline, transaction);
    if (outcome === 'unpaid') return { kind: 'left', txid, reason: 'funds' };
    const verdict =
      outcome === 'too-expensive' ? outcome : weigh(outcome.cost, spent, timeline.canRestore ? budget : null);
    if (verdict === 'fits' && outcome !== 'too-expensive') {
      spent = plus(spent, outcome.cost);
      return outcome;
    }
    timeline.undoTo(before);
    if (verdict === 'too-expensive') return { kind: 'dropped', txid, reason: 'TooExpensive' };
    isFull = true;
    return { kind: 'left', txid, reason: 'budget' };
  }

  for (const transaction of transactions) {
    const { txid, sender, payer } = transaction;
    isFull ||= outcomes.length > 0 && performance.now() - startMs > budgetMs;
    // What follows a transaction that was left behind would run with a gap in its nonces.
    const isStalled = stalledSenders.has(sender) || stalledSenders.has(payer);
    try {
      const outcome: Outcome =
        isFull || isStalled ? { kind: 'left', txid, reason: isFull ? 'full' : 'funds' } : run(transaction);
      outcomes.push(outcome);
      if (outcome.kind === 'ran') continue;
      stalledSenders.add(sender).add(payer);
      // A deployment that was not run has opened nothing, and what follows must not run in the block before.
      if (simnet.tip().stacksHeight === heightBefore) timeline.apply({ kind: 'stacks-block' });
    } catch (error) {
      if (error instanceof ReplayNeeded) return { kind: 'replay', settled: error.outcome };
      throw error;
    }
  }
  const accounts = readTouched(timeline, transactions, outcomes);
  return { kind: 'built', tip: simnet.tip(), outcomes, accounts };
}

type Verdict = 'fits' | 'over-budget' | 'too-expensive';

function weigh(cost: ExecutionCost, spent: ExecutionCost, budget: CostBudget | null): Verdict {
  if (budget === null || !exceeds(plus(spent, cost), budget.remaining)) return 'fits';
  return exceeds(cost, budget.limit) ? 'too-expensive' : 'over-budget';
}

/** Accounts are read after the block, so that asking for them later need not wait for the worker. */
function readTouched(
  timeline: Timeline,
  transactions: readonly RunnableTransaction[],
  outcomes: readonly Outcome[],
): readonly AccountOf[] {
  const touched = new Set<string>();
  outcomes.forEach((outcome, index) => {
    if (outcome.kind !== 'ran') return;
    touched.add(transactions[index]?.payer ?? '');
    for (const { event, data } of outcome.events) {
      if (!event.startsWith('stx_')) continue;
      for (const principal of [data.sender, data.recipient, data.locked_address]) {
        if (principal !== undefined) touched.add(principal);
      }
    }
  });
  touched.delete('');
  return [...touched].map((principal) => ({ principal, ...readAccount(timeline, { principal }) }));
}
