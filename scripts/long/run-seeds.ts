import { setImmediate } from 'node:timers/promises';
import { addJournal, createJournal, type Journal } from '../../tests/properties/journal.js';
import { openChain } from '../../tests/properties/open-chain.js';
import type { Stage } from '../../tests/properties/perform.js';
import { DisagreementError, runOperations, setStage } from '../../tests/properties/run.js';
import type { Progress } from './progress.js';

/** So many calls are made before a signal is looked for. */
const CALLS_A_TURN = 10;
const MS_A_MINUTE = 60_000;

export interface SeedsOptions {
  readonly first: number;
  /** No run begins after so long; one is always made. */
  readonly minutes: number;
  /** Calls of each run. */
  readonly operations: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Outcome {
  readonly seeds: readonly number[];
  readonly operations: number;
  readonly seconds: number;
  /** What all runs together tried and reached. */
  readonly journal: Journal;
  readonly surface: Stage['surface'];
}

/** Runs one seed after the other until the time is up. */
export async function runSeeds({
  first,
  minutes,
  operations,
  signal,
  progress,
}: SeedsOptions): Promise<Outcome> {
  const begun = Date.now();
  const journal = createJournal();
  const seeds: number[] = [];
  let made = 0;
  let surface: Stage['surface'];
  do {
    const seed = first + seeds.length;
    seeds.push(seed);
    await openChain();
    const stage = setStage();
    surface = stage.surface;
    progress.begin(seed, operations);
    try {
      for (const done of runOperations(stage, { seed, operations, most: operations })) {
        made += 1;
        progress.tell({ done, made, tasks: stage.model.tasks.size });
        if (done % CALLS_A_TURN === 0) await setImmediate();
        if (signal.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof DisagreementError)) throw error;
      const repeat = `npm run test:long -- --minutes=0 --seed=${seed} --operations=${operations}`;
      throw new DisagreementError(`${error.message}\n\nTo repeat it: ${repeat}`, { cause: error });
    }
    addJournal(journal, stage.journal);
  } while (!signal.aborted && Date.now() - begun < minutes * MS_A_MINUTE);
  return { seeds, operations: made, seconds: (Date.now() - begun) / 1_000, journal, surface };
}
