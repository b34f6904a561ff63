import type { RanOutcome, Requests } from './protocol.js';
import { runTransaction } from './run-transaction.js';
import type { Timeline } from './timeline.js';

/** Runs a transaction as the only one of the next block and leaves no trace of it. */
export function simulate(timeline: Timeline, { transaction }: Requests['simulate']): RanOutcome | null {
  if (!timeline.canRestore) return null;
  timeline.prepareUndo();
  const before = timeline.position();
  try {
    if (transaction.action.kind !== 'deploy') timeline.apply({ kind: 'stacks-block' });
    const outcome = runTransaction(timeline, transaction);
    return typeof outcome === 'string' ? null : outcome;
  } finally {
    timeline.undoTo(before);
  }
}
