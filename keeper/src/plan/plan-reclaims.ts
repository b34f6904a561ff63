import { attemptKey, purposeOf } from '../flow.js';
import type { Draft } from './draft.js';
import { RECLAIM_BATCH } from './policy.js';

/** Ends leases that ran out, anybody's: also ours that no handler works for any more. */
export function planReclaims(draft: Draft): void {
  const { account, expired, hands, worker } = draft.snapshot;
  const inHand = new Set(
    [...hands.running, ...hands.outcomes].map((attempt) => `settle:${attemptKey(attempt)}`),
  );
  const underWay = new Set(account.inFlight.map((tx) => purposeOf(tx.submission.intent)));
  const isKept = (purpose: string) => inHand.has(purpose) || underWay.has(purpose);
  const kept = new Set(
    worker.leases.filter((lease) => isKept(`settle:${attemptKey(lease)}`)).map((lease) => lease.taskId),
  );
  const lost = expired.filter((lease) => !(lease.worker === account.address && kept.has(lease.taskId)));
  if (lost.length === 0) return;
  const taskIds = lost.slice(0, RECLAIM_BATCH).map((lease) => lease.taskId);
  draft.offerInTurn({ kind: 'reclaim', taskIds });
  if (lost.length > RECLAIM_BATCH) draft.deferred.push({ what: 'reclaim', reason: 'more-next-tick' });
}
