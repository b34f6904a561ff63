import type { Draft } from './draft.js';
import { EXECUTIONS_AT_ONCE } from './policy.js';

/** Has the chain do what waits in the on-chain queues, the first in line first. */
export function planExecutions(draft: Draft): void {
  const { snapshot, deferred } = draft;
  let left = EXECUTIONS_AT_ONCE - countUnderWay(draft);
  for (const { taskId, handler } of snapshot.executable) {
    if (left <= 0) {
      deferred.push({ what: 'execute', reason: 'more-next-tick' });
      return;
    }
    if (draft.offerInTurn({ kind: 'execute', taskId, handler })) left -= 1;
  }
}

/** By nonce: a transaction and what replaces it are one. */
function countUnderWay({ snapshot }: Draft): number {
  const submissions = snapshot.account.inFlight.map((tx) => tx.submission);
  return new Set(submissions.filter(({ intent }) => intent.kind === 'execute').map(({ nonce }) => nonce))
    .size;
}
