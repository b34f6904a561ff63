import { type AssetMoves, collectMoves, type FtMove, type NftMove } from './asset-moves.js';
import { clarityTextOfHex } from './clarity-text.js';
import type {
  NftCondition,
  PostCondition,
  PostConditionMode,
  SimnetEvent,
  SpendComparison,
} from './protocol.js';

/**
 * The node's rule over what a transaction moved: every stated condition holds in every mode; in deny mode
 * nothing else may leave anybody, in originator mode nothing else may leave the sender. A condition covers what
 * it names, whatever it demands. SIP-005 and SIP-040. Returns why it does not hold, or null.
 */
export function findBrokenPostCondition(
  events: readonly SimnetEvent[],
  sender: string,
  mode: PostConditionMode,
  conditions: readonly PostCondition[],
): string | null {
  const moves = collectMoves(events);
  for (const condition of conditions) {
    const broken = findBroken(moves, condition);
    if (broken !== null) return broken;
  }
  if (mode === 'allow') return null;
  return findUncovered(moves, conditions, (principal) => mode === 'deny' || principal === sender);
}

function findBroken(moves: AssetMoves, condition: PostCondition): string | null {
  const { principal } = condition;
  switch (condition.kind) {
    case 'stx': {
      const { comparison, amountUstx } = condition;
      const spent = moves.stx.get(principal) ?? 0n;
      if (holds(spent, comparison, amountUstx)) return null;
      return `${principal} spent ${spent} uSTX, expected ${comparison} ${amountUstx} uSTX`;
    }
    case 'ft': {
      const { comparison, amount, assetId } = condition;
      const spent = moves.ft.find((move) => isSameToken(move, condition))?.amount ?? 0n;
      if (holds(spent, comparison, amount)) return null;
      return `${principal} spent ${spent} of ${assetId}, expected ${comparison} ${amount}`;
    }
    case 'nft': {
      const { rule } = condition;
      const isSent = moves.nft.some((move) => isSameItem(move, condition));
      if (rule === 'maybe-sent' || isSent === (rule === 'sent')) return null;
      return `${principal} ${isSent ? 'sent' : 'kept'} ${itemText(condition)}, expected ${rule}`;
    }
  }
}

function findUncovered(
  moves: AssetMoves,
  conditions: readonly PostCondition[],
  isWatched: (principal: string) => boolean,
): string | null {
  const gaveUp = (principal: string, what: string) =>
    `${principal} gave up ${what} and no condition covers it`;
  for (const [principal, spent] of moves.stx) {
    const isCovered = conditions.some((known) => known.kind === 'stx' && known.principal === principal);
    if (isWatched(principal) && !isCovered) return gaveUp(principal, `${spent} uSTX`);
  }
  for (const move of moves.ft) {
    const isCovered = conditions.some((known) => known.kind === 'ft' && isSameToken(move, known));
    if (isWatched(move.principal) && !isCovered) {
      return gaveUp(move.principal, `${move.amount} of ${move.assetId}`);
    }
  }
  for (const move of moves.nft) {
    const isCovered = conditions.some((known) => known.kind === 'nft' && isSameItem(move, known));
    if (isWatched(move.principal) && !isCovered) return gaveUp(move.principal, itemText(move));
  }
  return null;
}

type Token = Pick<FtMove, 'principal' | 'assetId'>;

function isSameToken(a: Token, b: Token): boolean {
  return a.principal === b.principal && a.assetId === b.assetId;
}

function isSameItem(move: NftMove, condition: NftCondition): boolean {
  return isSameToken(move, condition) && move.valueHex === condition.valueHex;
}

function itemText({ assetId, valueHex }: NftMove): string {
  return `${assetId} ${clarityTextOfHex(valueHex)}`;
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
