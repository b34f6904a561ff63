import type { RanOutcome, RunnableTransaction } from '../worker/protocol.js';

/** What is needed to make a block again. */
export interface PastBlock {
  readonly bitcoin: boolean;
  readonly transactions: readonly RunnableTransaction[];
  /** Outcomes of those that were undone, which are not run a second time. */
  readonly settled: readonly RanOutcome[];
  /** Of what it came to the first time. */
  readonly digest: string;
}

/**
 * Every block since genesis on the canonical branch, the oldest first: what a new worker is brought up to date with.
 * Unlike the ledger it forgets nothing; about a kilobyte per transaction.
 */
export interface History {
  readonly blocks: readonly PastBlock[];
  /** Grows whenever blocks are taken off. */
  readonly generation: number;
  append(block: PastBlock): void;
  /** Keeps the first `count` blocks. */
  truncate(count: number): void;
}

export function createHistory(): History {
  const blocks: PastBlock[] = [];
  let generation = 0;
  return {
    blocks,
    get generation() {
      return generation;
    },
    append: (block) => void blocks.push(block),
    truncate(count) {
      generation += 1;
      blocks.splice(count);
    },
  };
}
