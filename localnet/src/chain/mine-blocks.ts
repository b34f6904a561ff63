import type { Miner } from './miner.js';

/** Blocks to mine at once; nothing asked for means one Stacks block. */
export interface MineRequest {
  readonly stacksBlocks?: number | undefined;
  readonly burnBlocks?: number | undefined;
}

/** Mines the Stacks blocks, then the Bitcoin blocks (each of which brings one Stacks block). */
export async function mineBlocks(miner: Miner, { stacksBlocks, burnBlocks }: MineRequest): Promise<void> {
  const isBare = stacksBlocks === undefined && burnBlocks === undefined;
  for (let n = 0; n < (isBare ? 1 : (stacksBlocks ?? 0)); n++) await miner.mine('stacks');
  for (let n = 0; n < (burnBlocks ?? 0); n++) await miner.mine('bitcoin');
}
