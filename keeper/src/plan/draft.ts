import { type Deferred, type Intent, purposeOf, type Snapshot } from '../flow.js';
import type { Draw } from '../shared/draw.js';
import { isOurTurn, setbackEndHeight } from './patience.js';
import type { Policy } from './policy.js';

/** What each part of the planner reads and adds to. Lives for one call of `planNext`. */
export interface Draft {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly draw: Draw;
  readonly send: Intent[];
  readonly deferred: Deferred[];
  /** Sends it unless the same is under way, failed a moment ago, or nothing more may be in flight. */
  offer(intent: Intent): boolean;
  /** As `offer`, but lets another active worker go first in the blocks that are its turn. */
  offerInTurn(intent: Intent): boolean;
}

/** `room`: how many more transactions may be in flight. */
export function createDraft(snapshot: Snapshot, policy: Policy, draw: Draw, room: number): Draft {
  const { account, tip } = snapshot;
  const underWay = new Set(account.inFlight.map((tx) => purposeOf(tx.submission.intent)));
  const send: Intent[] = [];
  const deferred: Deferred[] = [];

  const offer = (intent: Intent): boolean => {
    const what = purposeOf(intent);
    if (underWay.has(what)) return defer(deferred, { what, reason: 'in-flight' });
    const untilHeight = setbackEndHeight(account, what, draw);
    if (untilHeight > tip.stacksHeight)
      return defer(deferred, { what, reason: 'after-setback', untilHeight });
    if (send.length >= room) return defer(deferred, { what, reason: 'in-flight-full' });
    underWay.add(what);
    send.push(intent);
    return true;
  };

  const offerInTurn = (intent: Intent): boolean => {
    const what = purposeOf(intent);
    if (underWay.has(what) || isOurTurn(snapshot, what, draw)) return offer(intent);
    return defer(deferred, { what, reason: 'not-our-turn', untilHeight: tip.stacksHeight + 1n });
  };

  return { snapshot, policy, draw, send, deferred, offer, offerInTurn };
}

function defer(list: Deferred[], item: Deferred): false {
  list.push(item);
  return false;
}
