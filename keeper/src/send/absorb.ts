import { type Decision, type Intent, type NonceView, purposeOf, type Submission } from '../flow.js';
import type { Log, LogFields } from '../shared/log.js';
import type { Journal } from './journal.js';

/** Brings the journal up to what the chain shows, and tells what has become of each transaction. */
export async function absorbDecisions(
  journal: Journal,
  account: NonceView & { readonly address: string },
  open: readonly Submission[],
  log: Log,
): Promise<void> {
  for (const decision of account.decided) {
    const row = open.find(({ txid, nonce }) =>
      decision.txid === undefined ? nonce === decision.nonce : txid === decision.txid,
    );
    if (row === undefined) continue;
    const state = decision.sighting === 'foreign' ? 'dropped' : decision.sighting;
    await journal.settle(row, { state, height: decision.height, reason: decision.result });
    tell(row, decision, log);
  }
  await journal.prune(account.address, account.nonce);
}

function tell(row: Submission, { sighting, result, height }: Decision, log: Log): void {
  const { intent, txid, nonce, feeUstx } = row;
  const fields = { txid, nonce, purpose: purposeOf(intent), feeUstx, height, result };
  if (sighting !== 'succeeded') {
    log.warn('rejected', { ...fields, by: sighting === 'foreign' ? 'foreign-nonce' : 'contract' });
    return;
  }
  log.info('confirmed', fields);
  const { event, ...meant } = describeEffect(intent, result);
  if (event !== undefined) log.info(event, { ...meant, height });
}

/** What a mined intent means, in the words of the domain. */
function describeEffect(intent: Intent, result: string): { readonly event?: string } & LogFields {
  switch (intent.kind) {
    case 'trigger':
      return { event: 'triggered', clock: intent.clock, result };
    case 'claim':
      return { event: 'claimed', queue: intent.queue, result };
    case 'complete':
      return { event: 'settled', taskId: intent.taskId, attempt: intent.attempt, outcome: 'done' };
    case 'fail': {
      const { taskId, attempt, code, isRetryable } = intent;
      return { event: 'settled', taskId, attempt, outcome: 'failed', code, isRetryable };
    }
    case 'reclaim':
      return { event: 'reclaimed', taskIds: intent.taskIds, result };
    case 'release-children':
      return { event: 'children-released', result };
    case 'execute':
      return { event: 'executed', taskId: intent.taskId, handler: intent.handler, paidUstx: result };
    case 'heartbeat':
      return { event: 'extended', taskId: intent.taskId, attempt: intent.attempt, until: result };
    case 'fill':
      return {};
  }
  return intent satisfies never;
}
