import { attemptKey, type Intent, type Lease, type Outcome, type Plan, purposeOf } from '../flow.js';
import type { Draft } from './draft.js';

/** The code with which a task is failed whose owner asked to cancel it before its handler began. */
export const CODE_STOP_ASKED = 4n;

type LeasePart = Pick<Plan, 'run' | 'abort' | 'forget'>;

/** What becomes of each lease of ours: settle it, run it, give it more time, or stop it. */
export function planLeases(draft: Draft): LeasePart {
  const { hands, worker } = draft.snapshot;
  const held = new Map(worker.leases.map((lease) => [attemptKey(lease), lease]));
  const outcomes = new Map(hands.outcomes.map((outcome) => [attemptKey(outcome), outcome]));
  const running = new Map(hands.running.map((attempt) => [attemptKey(attempt), attempt]));
  const run: Lease[] = [];
  const abort: LeasePart['abort'][number][] = [];

  for (const lease of settleFirst(worker.leases, outcomes)) {
    const { taskId, attempt } = lease;
    const outcome = outcomes.get(attemptKey(lease));
    const handler = running.get(attemptKey(lease));
    if (outcome !== undefined) draft.offer(settle(outcome));
    else if (handler === undefined) planStart(draft, lease, run, hands.running.length);
    else if (lease.isStopAsked && !handler.isAborted) abort.push({ taskId, attempt, reason: 'stop-asked' });
    else planHeartbeat(draft, lease, handler.progress);
  }
  for (const { taskId, attempt, isAborted } of hands.running) {
    const isLost = !held.has(attemptKey({ taskId, attempt }));
    if (isLost && !isAborted) abort.push({ taskId, attempt, reason: 'lease-lost' });
  }
  const forget = hands.outcomes
    .filter((outcome) => !held.has(attemptKey(outcome)))
    .map(({ taskId, attempt }) => ({ taskId, attempt }));
  return { run, abort, forget };
}

/** Leases that will hold a slot after everything planned and under way has been mined. */
export function countOccupied(draft: Draft): number {
  const { account, worker } = draft.snapshot;
  const settling = new Set(
    [...account.inFlight.map((tx) => tx.submission.intent), ...draft.send].map((intent) => purposeOf(intent)),
  );
  return worker.leases.filter((lease) => !settling.has(`settle:${attemptKey(lease)}`)).length;
}

function settleFirst(leases: readonly Lease[], outcomes: ReadonlyMap<string, Outcome>): readonly Lease[] {
  const urgency = (lease: Lease) => (outcomes.has(attemptKey(lease)) ? 0 : 1);
  return [...leases].sort(
    (a, b) =>
      urgency(a) - urgency(b) || (a.untilHeight < b.untilHeight ? -1 : a.untilHeight > b.untilHeight ? 1 : 0),
  );
}

function settle(outcome: Outcome): Intent {
  const { taskId, attempt } = outcome;
  return outcome.kind === 'done'
    ? { kind: 'complete', taskId, attempt, result: outcome.result }
    : { kind: 'fail', taskId, attempt, code: outcome.code, isRetryable: outcome.isRetryable };
}

/** A lease without a handler: just claimed, or left by a process that died. It runs again, as the same attempt. */
function planStart(draft: Draft, lease: Lease, run: Lease[], runningCount: number): void {
  const { snapshot, policy, deferred } = draft;
  const { taskId, attempt } = lease;
  const what = `run:${attemptKey(lease)}`;
  const isSettling = snapshot.account.inFlight.some(
    (tx) => purposeOf(tx.submission.intent) === `settle:${attemptKey(lease)}`,
  );
  if (isSettling) deferred.push({ what, reason: 'in-flight' });
  else if (lease.isStopAsked) {
    draft.offer({ kind: 'fail', taskId, attempt, code: CODE_STOP_ASKED, isRetryable: false });
  } else if (lease.untilHeight <= snapshot.tip.stacksHeight) return;
  else if (policy.isStopping) deferred.push({ what, reason: 'stopping' });
  else if (runningCount + run.length >= policy.concurrency) deferred.push({ what, reason: 'no-free-slot' });
  else run.push(lease);
}

function planHeartbeat(draft: Draft, lease: Lease, progress: Uint8Array | undefined): void {
  const { snapshot, policy, deferred } = draft;
  const { taskId, attempt } = lease;
  const height = snapshot.tip.stacksHeight;
  const isNearEnd = lease.untilHeight - height <= policy.heartbeatMarginBlocks;
  if (!isNearEnd && progress === undefined) return;
  const left = lease.maxUntilHeight - height;
  if (isNearEnd && (left <= 0n || lease.untilHeight >= lease.maxUntilHeight)) {
    deferred.push({ what: `heartbeat:${attemptKey(lease)}`, reason: 'lease-at-max' });
    return;
  }
  const blocks = left < lease.leaseBlocks ? left : lease.leaseBlocks;
  draft.offer({ kind: 'heartbeat', taskId, attempt, blocks, progress: progress ?? new Uint8Array(0) });
}
