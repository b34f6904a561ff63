import { STATUS } from './model/records.js';
import { ALL_REFUSALS } from './model/refusals.js';

/** What a run has tried, reached and last done. */
export interface Journal {
  readonly tries: Map<string, { tried: number; accepted: number }>;
  readonly transitions: Set<string>;
  readonly refusals: Set<bigint>;
  readonly lines: string[];
}

const KEPT_LINES = 25;

export function createJournal(): Journal {
  return { tries: new Map(), transitions: new Set(), refusals: new Set(), lines: [] };
}

export function noteTry(journal: Journal, command: string, isAccepted: boolean): void {
  const entry = journal.tries.get(command) ?? { tried: 0, accepted: 0 };
  entry.tried += 1;
  if (isAccepted) entry.accepted += 1;
  journal.tries.set(command, entry);
}

export function noteLine(journal: Journal, line: string): void {
  journal.lines.push(line);
  if (journal.lines.length > KEPT_LINES) journal.lines.shift();
}

export function transitionName(from: bigint, to: bigint): string {
  return `${statusName(from)} -> ${statusName(to)}`;
}

function statusName(status: bigint): string {
  return Object.entries(STATUS).find(([, value]) => value === status)?.[0] ?? `${status}`;
}

/** Every step a task can take. */
export const TRANSITIONS: readonly string[] = [
  'NEW -> PENDING',
  'NEW -> QUEUED',
  'PENDING -> PENDING',
  'PENDING -> QUEUED',
  'PENDING -> RUNNING',
  'PENDING -> CANCELLED',
  'PENDING -> EXPIRED',
  'QUEUED -> QUEUED',
  'QUEUED -> RUNNING',
  'QUEUED -> CANCELLED',
  'QUEUED -> EXPIRED',
  'RUNNING -> PENDING',
  'RUNNING -> RUNNING',
  'RUNNING -> RETRYING',
  'RUNNING -> SUCCEEDED',
  'RUNNING -> FAILED',
  'RUNNING -> CANCELLED',
  'RETRYING -> RETRYING',
  'RETRYING -> QUEUED',
  'RETRYING -> RUNNING',
  'RETRYING -> CANCELLED',
  'RETRYING -> EXPIRED',
  'FAILED -> FAILED',
];

/** Whether every command was tried, and every transition and every refusal reached. */
export function isComplete({ tries, transitions, refusals }: Journal, commands: number): boolean {
  return (
    tries.size === commands &&
    TRANSITIONS.every((name) => transitions.has(name)) &&
    ALL_REFUSALS.every((code) => refusals.has(code))
  );
}

/** The share of tries of each command that were accepted, the least first. */
export function acceptance(journal: Journal): readonly { command: string; tried: number; percent: number }[] {
  return [...journal.tries]
    .map(([command, { tried, accepted }]) => ({
      command,
      tried,
      percent: Math.round((100 * accepted) / tried),
    }))
    .sort((a, b) => a.percent - b.percent);
}
