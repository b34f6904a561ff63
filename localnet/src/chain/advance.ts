import { LocalnetError } from '../errors.js';
import type { Ledger } from './ledger.js';
import type { BlockKind, Miner } from './miner.js';

/** Where the chain is to go; what is named must be reached, each of them. Time in Unix seconds of the chain. */
export interface AdvanceRequest {
  readonly stacksHeight?: number | undefined;
  readonly burnHeight?: number | undefined;
  readonly timeSeconds?: number | undefined;
}

/** More in one request would keep everybody waiting. */
const MAX_BLOCKS = 100_000;
/** Simnet puts a Bitcoin block this long after the last, at least. */
const BITCOIN_BLOCK_SECONDS = 600;

/** Mines until every target is reached; nothing if they are behind the tip. Returns the number of blocks. */
export async function advance(ledger: Ledger, miner: Miner, request: AdvanceRequest): Promise<number> {
  const { tip } = ledger;
  const { stacksHeight = 0, burnHeight = 0, timeSeconds = 0 } = request;
  const blocksAway = Math.max(
    stacksHeight - tip.height,
    burnHeight - tip.burnHeight,
    (timeSeconds - tip.timeSeconds) / BITCOIN_BLOCK_SECONDS,
  );
  if (blocksAway > MAX_BLOCKS) {
    throw new LocalnetError('INVALID_REQUEST', `more than ${MAX_BLOCKS} blocks at once; go there in steps`);
  }
  for (let made = 0; ; made++) {
    const kind = nextKind(ledger, request);
    if (kind === null) return made;
    if (made >= MAX_BLOCKS) {
      throw new LocalnetError('INVALID_REQUEST', `${MAX_BLOCKS} blocks were mined and it is not reached yet`);
    }
    await miner.mine(kind);
  }
}

function nextKind({ tip }: Ledger, request: AdvanceRequest): BlockKind | null {
  const { stacksHeight = 0, burnHeight = 0, timeSeconds = 0 } = request;
  if (tip.burnHeight < burnHeight) return 'bitcoin';
  if (tip.height < stacksHeight) return 'stacks';
  if (tip.timeSeconds >= timeSeconds) return null;
  return timeSeconds - tip.timeSeconds >= BITCOIN_BLOCK_SECONDS ? 'bitcoin' : 'stacks';
}
