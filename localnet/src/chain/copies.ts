import type { Engine } from './engine.js';
import type { Block, Ledger } from './ledger.js';

/** Copies of simnet's memory at the tips of some blocks, from which an earlier state is reached without a replay of all. */
export interface Copies {
  /** Keeps a copy of the present tip. */
  keep(): Promise<void>;
  /** Keeps one when the newest lies some blocks back. */
  keepSometimes(): Promise<void>;
  /** The tip of which there is a copy: the newest at or below `height` on this branch. */
  newestAt(height: number): Block | undefined;
  /** After the worker has been replaced. */
  forget(): void;
}

/** Some 100 to 250 MB each. */
const MAX_COPIES = 3;
const BLOCKS_BETWEEN = 16;

export function createCopies(engine: Engine, ledger: Ledger): Copies {
  let kept: Block[] = [];

  const isHere = (block: Block) => ledger.block(block.height)?.indexHash === block.indexHash;

  async function drop(block: Block): Promise<void> {
    kept = kept.filter((other) => other !== block);
    await engine.ask('drop-copy', { id: block.indexHash });
  }

  async function keep(): Promise<void> {
    const { tip } = ledger;
    if (kept.some(({ indexHash }) => indexHash === tip.indexHash)) return;
    if (!(await engine.ask('keep-copy', { id: tip.indexHash }))) return;
    kept.push(tip);
    // One on a branch that was left serves a snapshot at best.
    const victim = kept.find((block) => !isHere(block)) ?? kept[0];
    if (kept.length > MAX_COPIES && victim !== undefined) await drop(victim);
  }

  return {
    keep,
    async keepSometimes() {
      const newest = kept.at(-1);
      if (newest === undefined || ledger.tip.height - newest.height >= BLOCKS_BETWEEN) await keep();
    },
    newestAt(height) {
      return kept
        .filter((block) => block.height <= height && isHere(block))
        .sort((a, b) => b.height - a.height)[0];
    },
    forget() {
      kept = [];
    },
  };
}
