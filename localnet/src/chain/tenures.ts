import { createHash } from 'node:crypto';
import type { Block, Ledger } from './ledger.js';

/** The blocks between two Bitcoin blocks, in order; every Bitcoin block here has one winner and at least one. */
export interface Tenure {
  readonly burnHeight: number;
  readonly start: Block;
  readonly end: Block;
}

/** The tenure a Bitcoin block began, as far as it is remembered. */
export function tenureAt(ledger: Ledger, burnHeight: number): Tenure | undefined {
  const start = firstAtOrAbove(ledger, burnHeight);
  if (start?.burnHeight !== burnHeight) return undefined;
  const next = firstAtOrAbove(ledger, burnHeight + 1);
  const end = next === undefined ? ledger.tip : ledger.block(next.height - 1);
  return end === undefined ? undefined : { burnHeight, start, end };
}

export function tenureOfTip(ledger: Ledger): Tenure {
  return tenureAt(ledger, ledger.tip.burnHeight) ?? { ...ledger.tip, start: ledger.tip, end: ledger.tip };
}

/** Newest first. */
export function blocksOf(ledger: Ledger, { start, end }: Tenure): readonly Block[] {
  const blocks: Block[] = [];
  for (let height = end.height; height >= start.height; height--) {
    const block = ledger.block(height);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/** The newest block that fits; walks the whole history at worst, some milliseconds. */
export function findBlock(ledger: Ledger, fits: (block: Block) => boolean): Block | undefined {
  const { tip, firstHeight } = ledger;
  for (let height = tip.height; height >= firstHeight; height--) {
    const block = ledger.block(height);
    if (block !== undefined && fits(block)) return block;
  }
  return undefined;
}

/** Made up like the other ids, from the Bitcoin block's. */
export function sortitionIdOf(burnHash: string): string {
  return createHash('sha256').update(`sortition/${burnHash}`).digest('hex');
}

/** Bitcoin heights never fall from one block to the next, so the place is found by halving. */
function firstAtOrAbove(ledger: Ledger, burnHeight: number): Block | undefined {
  let low = ledger.firstHeight;
  let high = ledger.tip.height + 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = ledger.block(middle);
    if (block !== undefined && block.burnHeight < burnHeight) low = middle + 1;
    else high = middle;
  }
  return ledger.block(low);
}
