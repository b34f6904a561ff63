import type { Deferred, InFlight, Mend, Snapshot } from '../flow.js';
import type { Draw } from '../shared/draw.js';
import { setbackEndHeight } from './patience.js';
import type { Policy } from './policy.js';

/** A node may not show a transaction at once; only after so many blocks is it taken as lost. */
const MISSING_AFTER_BLOCKS = 2n;

interface MendPart {
  readonly mends: readonly Mend[];
  readonly deferred: readonly Deferred[];
}

/** Sends again what may never have arrived, raises the fee of a stuck head, fills holes between nonces. */
export function planMends(snapshot: Snapshot, policy: Policy, draw: Draw): MendPart {
  const { account } = snapshot;
  const newest = newestByNonce(account.inFlight, account.nonce);
  const deferred: Deferred[] = [];
  const mends: Mend[] = [];
  let next = account.nonce;
  for (const tx of newest) {
    for (; next < tx.submission.nonce; next += 1n) planFill(snapshot, draw, next, mends, deferred);
    next = tx.submission.nonce + 1n;
    const mend = mendOne(tx, snapshot, policy, deferred);
    if (mend !== undefined) mends.push(mend);
  }
  return { mends, deferred };
}

function newestByNonce(inFlight: readonly InFlight[], from: bigint): InFlight[] {
  return inFlight
    .filter(({ submission }) => submission.nonce >= from && submission.state !== 'replaced')
    .sort((a, b) => (a.submission.nonce < b.submission.nonce ? -1 : 1));
}

/** A hole blocks every later nonce; it may also be somebody else's transaction with our key, so not too often. */
function planFill(snapshot: Snapshot, draw: Draw, nonce: bigint, mends: Mend[], deferred: Deferred[]): void {
  const untilHeight = setbackEndHeight(snapshot.account, 'fill', draw);
  if (untilHeight > snapshot.tip.stacksHeight)
    deferred.push({ what: 'fill', reason: 'after-setback', untilHeight });
  else mends.push({ kind: 'fill', nonce });
}

function mendOne(tx: InFlight, snapshot: Snapshot, policy: Policy, deferred: Deferred[]): Mend | undefined {
  const { nonce, txid, state, sentHeight, feeUstx } = tx.submission;
  const age = snapshot.tip.stacksHeight - sentHeight;
  if (state === 'signed') return { kind: 'rebroadcast', nonce, txid };
  if (nonce === snapshot.account.nonce && age >= policy.bumpAfterBlocks) {
    const raised = raiseFee(feeUstx, policy.feeCapUstx);
    if (raised > feeUstx) return { kind: 'bump', nonce, txid, feeUstx: raised };
    deferred.push({ what: `bump:${nonce}`, reason: 'fee-at-cap' });
  }
  if (tx.sighting === 'unknown' && age >= MISSING_AFTER_BLOCKS) return { kind: 'rebroadcast', nonce, txid };
  return undefined;
}

/** A quarter more, at least 1 microSTX, never above the cap. */
function raiseFee(feeUstx: bigint, capUstx: bigint): bigint {
  const raised = (feeUstx * 5n + 3n) / 4n;
  const more = raised > feeUstx ? raised : feeUstx + 1n;
  return more < capUstx ? more : capUstx;
}
