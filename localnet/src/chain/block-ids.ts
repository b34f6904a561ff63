import { createHash } from 'node:crypto';
import type { ChainTip } from '../worker/protocol.js';

/**
 * Made-up hashes, hex without 0x. The same history gives the same ids; a block of another branch never has the ids
 * of the one it takes the place of, as `branch` counts the forks.
 */
export interface BlockIds {
  readonly hash: string;
  readonly indexHash: string;
  readonly burnHash: string;
  readonly consensusHash: string;
}

export interface BlockIdInput {
  readonly genesisTimeMs: number;
  readonly branch: number;
  readonly tip: ChainTip;
  readonly parent: (BlockIds & { readonly burnHeight: number }) | undefined;
  readonly txids: readonly string[];
}

export function makeBlockIds({ genesisTimeMs, branch, tip, parent, txids }: BlockIdInput): BlockIds {
  const chain = `fac-localnet/${genesisTimeMs}/${branch}`;
  const hash = sha256(`${chain}/block/${tip.stacksHeight}/${parent?.hash ?? ''}/${txids.join(',')}`);
  const isSameTenure = parent !== undefined && parent.burnHeight === tip.burnHeight;
  const burnHash = isSameTenure ? parent.burnHash : sha256(`${chain}/burn-block/${tip.burnHeight}`);
  const consensusHash = isSameTenure ? parent.consensusHash : sha256(`consensus/${burnHash}`).slice(0, 40);
  return { hash, indexHash: sha256(`index/${hash}/${consensusHash}`), burnHash, consensusHash };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
