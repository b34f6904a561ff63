import { isFacError, type TransactionStatus, type Transport } from '@fac/sdk';
import type { Decision, InFlight, NonceView, Submission } from '../flow.js';
import { explainMined } from './explain.js';

type NoncePort = Pick<Transport, 'fetchAccount' | 'fetchTransaction'>;

/** A young transaction is not asked for: the node has just said that it has it. */
const ASK_AFTER_BLOCKS = 2n;
/** An index may lag behind the account; after so many blocks a used nonce without our transaction is foreign. */
const FOREIGN_AFTER_BLOCKS = 3n;

/** The account's nonce and what became of each open transaction. Reads at most one status for each of them. */
export async function readNonces(
  port: NoncePort,
  address: string,
  open: readonly Submission[],
  height: bigint,
): Promise<NonceView> {
  const { nonce } = await port.fetchAccount(address);
  const seen = await Promise.all(open.map((submission) => look(port, submission, nonce, height)));
  const decided: Decision[] = [];
  const inFlight: InFlight[] = [];
  for (const [at, rows] of groupByNonce(seen)) {
    const decision = at < nonce ? decide(rows, height) : undefined;
    if (decision !== undefined) decided.push(decision);
    else inFlight.push(...rows.map(({ submission, status }) => ({ submission, sighting: sight(status) })));
  }
  return { nonce, inFlight, decided };
}

interface Seen {
  readonly submission: Submission;
  readonly status: TransactionStatus | null | undefined;
}

async function look(port: NoncePort, submission: Submission, nonce: bigint, height: bigint): Promise<Seen> {
  const isDue = submission.nonce < nonce || height - submission.sentHeight >= ASK_AFTER_BLOCKS;
  return { submission, status: isDue ? await fetchStatus(port, submission.txid) : undefined };
}

/** A node without a transaction index (501) knows of nothing; our leases still tell what happened. */
async function fetchStatus(port: NoncePort, txid: string): Promise<TransactionStatus | null> {
  try {
    return await port.fetchTransaction(txid);
  } catch (error) {
    if (isFacError(error, 'REJECTED_REQUEST') && error.context.status === 501) return null;
    throw error;
  }
}

function groupByNonce(seen: readonly Seen[]): Map<bigint, Seen[]> {
  const groups = new Map<bigint, Seen[]>();
  for (const one of seen) {
    const group = groups.get(one.submission.nonce) ?? [];
    groups.set(one.submission.nonce, [...group, one]);
  }
  return groups;
}

/** Which of the transactions of one used nonce was mined; undefined while that is not known. */
function decide(rows: readonly Seen[], height: bigint): Decision | undefined {
  for (const { submission, status } of rows) {
    if (status === null || status === undefined) continue;
    if (status.status === 'pending' || status.status === 'dropped') continue;
    const { nonce, txid, intent } = submission;
    const sighting = status.status === 'success' ? 'succeeded' : 'aborted';
    return { nonce, txid, intent, sighting, height: status.stacksHeight, result: explainMined(status) };
  }
  const first = rows[0]?.submission;
  const isOld = rows.every(({ submission }) => height - submission.sentHeight >= FOREIGN_AFTER_BLOCKS);
  if (first === undefined || !isOld) return undefined;
  const { nonce, intent } = first;
  return { nonce, txid: undefined, intent, sighting: 'foreign', height, result: 'not one of ours' };
}

function sight(status: TransactionStatus | null | undefined): InFlight['sighting'] {
  if (status === undefined) return 'unseen';
  return status === null || status.status === 'dropped' ? 'unknown' : 'pending';
}
