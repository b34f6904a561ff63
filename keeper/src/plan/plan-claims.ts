import type { Snapshot } from '../flow.js';
import type { Draft } from './draft.js';
import { countOccupied } from './plan-leases.js';

/** Takes tasks for the free slots, the most urgent queue first, at most `claimBatch` in all. */
export function planClaims(draft: Draft): void {
  const { snapshot, policy, deferred } = draft;
  const open = openQueues(draft);
  if (open.length === 0) return;
  const occupied = countOccupied(draft) + countUnderWay(draft);
  // A handler that ended waits only for its settlement, which goes before the claim: its slot is free by then.
  const free = Math.min(snapshot.worker.capacity, policy.concurrency) - occupied;
  let left = Math.min(free, policy.concurrency - snapshot.hands.running.length, policy.claimBatch);
  for (const queue of open) {
    const what = `claim:${queue}`;
    if (left <= 0) {
      deferred.push({ what, reason: free <= 0 ? 'no-free-slot' : 'more-next-tick' });
      continue;
    }
    // A keeper with nothing in hand never yields, so nobody starves beside a faster one.
    const intent = { kind: 'claim', queue, n: left } as const;
    if (occupied === 0 ? draft.offer(intent) : draft.offerInTurn(intent)) left = 0;
  }
}

function openQueues({ snapshot, policy, draw }: Draft): bigint[] {
  return policy.queues
    .map((queue) => ({ queue, priority: topPriority(snapshot, queue), tie: draw(`queue|${queue}`) }))
    .filter(({ priority }) => priority >= 0)
    .sort((a, b) => b.priority - a.priority || a.tie - b.tie)
    .map(({ queue }) => queue);
}

/** The most urgent priority waiting in a queue; -1 when it is empty. */
function topPriority({ openLanes }: Snapshot, queue: bigint): number {
  const priorities = openLanes.filter((lane) => lane.queue === queue).map((lane) => Number(lane.priority));
  return Math.max(-1, ...priorities);
}

/** Tasks that claims in flight may still bring. */
function countUnderWay({ snapshot }: Draft): number {
  return snapshot.account.inFlight
    .map((tx) => tx.submission.intent)
    .reduce((sum, intent) => sum + (intent.kind === 'claim' ? intent.n : 0), 0);
}
