import type { PostConditionMode, SimnetEvent, SpendComparison, StxCondition } from './protocol.js';

/**
 * The node's rule over what a transaction moved: every stated condition holds in every mode; in deny mode
 * nothing else may leave anybody, in originator mode nothing else may leave the sender.
 * Returns why it does not hold, or null.
 */
export function findBrokenPostCondition(
  events: readonly SimnetEvent[],
  sender: string,
  mode: PostConditionMode,
  conditions: readonly StxCondition[],
): string | null {
  const spentUstx = sumSpending(events);
  for (const { principal, comparison, amountUstx } of conditions) {
    const spent = spentUstx.get(principal) ?? 0n;
    if (!holds(spent, comparison, amountUstx)) {
      return `${principal} spent ${spent} uSTX, expected ${comparison} ${amountUstx} uSTX`;
    }
  }
  if (mode === 'allow') return null;
  const isWatched = (principal: string) => mode === 'deny' || principal === sender;
  const covered = new Set(conditions.map((condition) => condition.principal));
  for (const [principal, spent] of spentUstx) {
    if (isWatched(principal) && !covered.has(principal)) {
      return `${principal} spent ${spent} uSTX and no condition covers it`;
    }
  }
  for (const { event, data } of events) {
    const owner = TOKEN_EVENTS.has(event) ? data.sender : undefined;
    if (owner !== undefined && isWatched(owner)) {
      return `${owner} gave up ${data.asset_identifier} and no condition covers it`;
    }
  }
  return null;
}

const STX_EVENTS = new Set(['stx_transfer_event', 'stx_burn_event']);
const TOKEN_EVENTS = new Set(['ft_transfer_event', 'ft_burn_event', 'nft_transfer_event', 'nft_burn_event']);

function sumSpending(events: readonly SimnetEvent[]): Map<string, bigint> {
  const spent = new Map<string, bigint>();
  for (const { event, data } of events) {
    const { sender, amount } = data;
    if (!STX_EVENTS.has(event) || sender === undefined || amount === undefined) continue;
    spent.set(sender, (spent.get(sender) ?? 0n) + BigInt(amount));
  }
  return spent;
}

function holds(spent: bigint, comparison: SpendComparison, limit: bigint): boolean {
  switch (comparison) {
    case 'eq':
      return spent === limit;
    case 'gt':
      return spent > limit;
    case 'gte':
      return spent >= limit;
    case 'lt':
      return spent < limit;
    case 'lte':
      return spent <= limit;
  }
}
