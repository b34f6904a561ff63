import { resolve } from 'node:path';
import { LocalnetError } from '../errors.js';
import type { LocalnetEvent } from '../events.js';
import type { Chain } from './chain.js';
import { type Genesis, type Journal, type JournalRecord, NO_JOURNAL } from './journal.js';
import { openJournalFile } from './journal-file.js';
import { loadState } from './load-state.js';

/** What there is to begin with: a genesis, and what has happened since. */
export interface State {
  readonly journal: Journal;
  readonly genesis: Genesis;
  /** Nothing was ever served of it: the plan is to be deployed. */
  readonly isNew: boolean;
  readonly records: readonly JournalRecord[];
  readonly cutOffBytes: number;
}

/** Opens the state file, if one is asked for; `fresh` is the genesis of a chain that begins now. */
export async function openState(
  stateFile: string | undefined,
  fresh: Genesis,
  planned: number,
  onFailure: (error: unknown) => void,
): Promise<State> {
  if (stateFile === undefined) {
    return { journal: NO_JOURNAL, genesis: fresh, isNew: true, records: [], cutOffBytes: 0 };
  }
  const opened = await openJournalFile(resolve(stateFile));
  const journal = tellFailure(opened.journal, onFailure);
  const [first] = opened.records;
  if (first === undefined) {
    await journal.append({ kind: 'genesis', version: 1, genesis: fresh, planned });
    return { ...opened, journal, genesis: fresh, isNew: true };
  }
  if (first.kind !== 'genesis') {
    await opened.journal.close();
    throw new LocalnetError('INVALID_STATE', `${stateFile} does not begin with a genesis of version 1`);
  }
  // A plan that was interrupted is begun again; the node answers nobody before its end.
  const isNew = opened.records.length === 1 || longestRun(opened.records) < (first.planned ?? 0);
  return { ...opened, journal, genesis: first.genesis, isNew };
}

/** The most blocks that were made without a rewind. */
function longestRun(records: readonly JournalRecord[]): number {
  let run = 0;
  let longest = 0;
  for (const { kind } of records) {
    if (kind === 'rewind') run = 0;
    if (kind === 'block') longest = Math.max(longest, ++run);
  }
  return longest;
}

/** Takes back what an interrupted plan has left in the journal. */
export async function forgetInterrupted({ journal, records }: State, genesisHeight: number): Promise<void> {
  if (records.length <= 1) return;
  await journal.append({ kind: 'rewind', height: genesisHeight });
  await journal.append({ kind: 'mempool', waiting: [], dropped: [] });
}

/** A chain that cannot be kept has failed, whoever asked for the record. */
function tellFailure(journal: Journal, onFailure: (error: unknown) => void): Journal {
  let isTold = false;
  return {
    ...journal,
    async append(record) {
      try {
        await journal.append(record);
      } catch (error) {
        if (!isTold) onFailure(error);
        isTold = true;
        throw error;
      }
    },
  };
}

/** Brings the chain to where the state file ends. Returns the ids of the contracts there are. */
export async function restoreState(
  chain: Chain,
  { records, cutOffBytes }: State,
  emit: (event: LocalnetEvent) => void,
): Promise<readonly string[]> {
  const startMs = performance.now();
  let toldMs = startMs;
  const loaded = await loadState(chain, records, (done, of) => {
    if (performance.now() - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = performance.now();
    emit({ event: 'restoring', done, of });
  });
  // Nobody is told of blocks that were there before; only the index by principal is made of them.
  for (const { block, mined } of chain.ledger.recordsAbove(0)) {
    chain.principals.follow({ kind: 'block', block, transactions: mined });
  }
  emit({ event: 'restored', ...loaded, cutOffBytes, tookMs: Math.round(performance.now() - startMs) });
  return chain.ledger.deployed();
}

const PROGRESS_EVERY_MS = 1_000;
