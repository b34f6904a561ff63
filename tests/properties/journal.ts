import type { Call } from './chain/call.js';
import { STATUS } from './model/records.js';

export interface Tries {
  tried: number;
  accepted: number;
}

/** What a run has tried, reached and last done. */
export interface Journal {
  /** By command. */
  readonly tries: Map<string, Tries>;
  /** By `contract function`. */
  readonly calls: Map<string, Tries>;
  /** By command: which of its wrong tries were made. */
  readonly wrongs: Map<string, Set<number>>;
  readonly transitions: Set<string>;
  readonly refusals: Set<bigint>;
  /** Of series, topics and subscriptions. */
  readonly ways: Set<string>;
  readonly lines: string[];
}

const KEPT_LINES = 25;

export function createJournal(): Journal {
  return {
    ...{ tries: new Map(), calls: new Map(), wrongs: new Map(), transitions: new Set() },
    ...{ refusals: new Set(), ways: new Set(), lines: [] },
  };
}

export function noteTry(journal: Journal, command: string, isAccepted: boolean): void {
  addTo(journal.tries, command, { tried: 1, accepted: isAccepted ? 1 : 0 });
}

export function noteCall(journal: Journal, { contract, name }: Call, isAccepted: boolean): void {
  addTo(journal.calls, `${contract} ${name}`, { tried: 1, accepted: isAccepted ? 1 : 0 });
}

export function noteWrong(journal: Journal, command: string, i: number): void {
  journal.wrongs.set(command, (journal.wrongs.get(command) ?? new Set()).add(i));
}

export function noteLine(journal: Journal, line: string): void {
  journal.lines.push(line);
  if (journal.lines.length > KEPT_LINES) journal.lines.shift();
}

/** Adds what another run has tried and reached. */
export function addJournal(sum: Journal, { tries, calls, wrongs, ...reached }: Journal): void {
  for (const [command, more] of tries) addTo(sum.tries, command, more);
  for (const [name, more] of calls) addTo(sum.calls, name, more);
  for (const [command, made] of wrongs) for (const i of made) noteWrong(sum, command, i);
  for (const name of reached.transitions) sum.transitions.add(name);
  for (const code of reached.refusals) sum.refusals.add(code);
  for (const way of reached.ways) sum.ways.add(way);
}

function addTo(counts: Map<string, Tries>, key: string, more: Tries): void {
  const { tried, accepted } = counts.get(key) ?? { tried: 0, accepted: 0 };
  counts.set(key, { tried: tried + more.tried, accepted: accepted + more.accepted });
}

export function transitionName(from: bigint, to: bigint): string {
  return `${statusName(from)} -> ${statusName(to)}`;
}

function statusName(status: bigint): string {
  return Object.entries(STATUS).find(([, value]) => value === status)?.[0] ?? `${status}`;
}
