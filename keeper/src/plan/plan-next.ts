import type { Plan, Snapshot } from '../flow.js';
import type { Draw } from '../shared/draw.js';
import { createDraft } from './draft.js';
import { planChildren } from './plan-children.js';
import { planClaims } from './plan-claims.js';
import { planExecutions } from './plan-executions.js';
import { planLeases } from './plan-leases.js';
import { planMends } from './plan-mends.js';
import { planReclaims } from './plan-reclaims.js';
import { planTriggers } from './plan-triggers.js';
import type { Policy } from './policy.js';

/**
 * Decides one tick: what to mend, send, run and stop, and what is left undone with the reason.
 * Pure: the same snapshot, policy and dice give the same plan.
 */
export function planNext(snapshot: Snapshot, policy: Policy, draw: Draw): Plan {
  const { account, worker } = snapshot;
  const mending = planMends(snapshot, policy, draw);
  const fills = mending.mends.filter((mend) => mend.kind === 'fill').length;
  const open = new Set(account.inFlight.map((tx) => tx.submission.nonce)).size;
  const draft = createDraft(snapshot, policy, draw, policy.maxInFlight - open - fills);

  const leases = planLeases(draft);
  if (policy.isStopping) draft.deferred.push({ what: 'claim', reason: 'stopping' });
  else if (!worker.isWorker) draft.deferred.push({ what: 'claim', reason: 'not-a-worker' });
  else {
    planReclaims(draft);
    planTriggers(draft);
    planChildren(draft);
    planClaims(draft);
    planExecutions(draft);
  }
  if (account.isSameKeySuspected) draft.deferred.push({ what: 'account', reason: 'same-key-suspected' });
  return {
    mends: mending.mends,
    send: draft.send,
    ...leases,
    deferred: [...mending.deferred, ...draft.deferred],
  };
}
