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
  readonly isNew: boolean;
  readonly records: readonly JournalRecord[];
  readonly cutOffBytes: number;
}

/** Opens the state file, if one is asked for; `fresh` is the genesis of a chain that begins now. */
export async function openState(stateFile: string | undefined, fresh: Genesis): Promise<State> {
  if (stateFile === undefined) {
    return { journal: NO_JOURNAL, genesis: fresh, isNew: true, records: [], cutOffBytes: 0 };
  }
  const opened = await openJournalFile(resolve(stateFile));
  const [first] = opened.records;
  if (first === undefined) {
    await opened.journal.append({ kind: 'genesis', version: 1, genesis: fresh });
    return { ...opened, genesis: fresh, isNew: true };
  }
  if (first.kind !== 'genesis') {
    await opened.journal.close();
    throw new LocalnetError('INVALID_STATE', `${stateFile} does not begin with a genesis of version 1`);
  }
  return { ...opened, genesis: first.genesis, isNew: opened.records.length === 1 };
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
