import type { AccountView, Snapshot } from '../flow.js';
import type { Draw } from '../shared/draw.js';

/** More rivals than this would make a lone block's turn rarer than one in four. */
const MAX_RIVALS = 3;
const MAX_WAIT_BLOCKS = 16;

/**
 * Whether this block is ours among the workers seen active: each keeper draws for all of them with the same
 * dice, and the highest goes first. Wrong only for one block: the dice are thrown again at the next height.
 */
export function isOurTurn(snapshot: Snapshot, what: string, draw: Draw): boolean {
  const ours = draw(`turn|${what}|${snapshot.account.address}`);
  return snapshot.otherWorkers.slice(0, MAX_RIVALS).every((rival) => draw(`turn|${what}|${rival}`) < ours);
}

/** First height at which something that failed lately may be tried again; 0 when nothing did. */
export function setbackEndHeight(account: AccountView, purpose: string, draw: Draw): bigint {
  const setback = account.setbacks.find((one) => one.purpose === purpose);
  if (setback === undefined) return 0n;
  const blocks = Math.min(2 ** (setback.count - 1), MAX_WAIT_BLOCKS);
  // Up to half as long again, by account, so that two keepers that collided do not collide again.
  const spread = Math.round(blocks * 0.5 * draw(`setback|${purpose}|${account.address}`));
  return setback.lastHeight + BigInt(blocks + spread);
}
