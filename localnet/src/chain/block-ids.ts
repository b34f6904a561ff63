import { createHash } from 'node:crypto';

/** Made-up hashes: the same chain start and height always give the same ids. Hex without 0x. */
export interface BlockIds {
  readonly hash: string;
  readonly indexHash: string;
  readonly burnHash: string;
  readonly consensusHash: string;
}

export function makeBlockIds(genesisTimeMs: number, stacksHeight: number, burnHeight: number): BlockIds {
  const digest = (what: string, height: number) =>
    createHash('sha256').update(`fac-localnet/${genesisTimeMs}/${what}/${height}`).digest('hex');
  return {
    hash: digest('block', stacksHeight),
    indexHash: digest('index-block', stacksHeight),
    burnHash: digest('burn-block', burnHeight),
    consensusHash: digest('consensus', burnHeight).slice(0, 40),
  };
}
