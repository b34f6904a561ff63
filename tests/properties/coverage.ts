import type { Surface } from './chain/surface.js';
import { COMMANDS } from './commands/all.js';
import { SYSTEM_ONLY } from './commands/intruding.js';
import type { Journal } from './journal.js';
import { ALL_REFUSALS, nameOf } from './model/refusals.js';

/** Every step a task can take. */
export const TRANSITIONS: readonly string[] = [
  'NEW -> PENDING',
  'NEW -> QUEUED',
  'PENDING -> PENDING',
  'PENDING -> QUEUED',
  'PENDING -> RUNNING',
  'PENDING -> CANCELLED',
  'PENDING -> EXPIRED',
  'QUEUED -> PENDING',
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

/** Every way of series, topics and subscriptions. */
export const WAYS: readonly string[] = [
  ...['created', 'topped-up', 'skipped', 'advanced', 'deferred', 'stood-down', 'resumed', 'ended'].map(
    (event) => `series-${event}`,
  ),
  'series-cancelled',
  'be in time',
  'skip a missed slot',
  'catch up',
  'catch up with the last slots',
  'coalesce missed slots',
  'wait for the run before',
  'make the last run',
  ...['created', 'topped-up', 'fired', 'ended'].map((event) => `subscription-${event}`),
  'publish to nobody',
  'subscribe in a place taken before',
  'take up a subscription that had ended',
  'deliver a part',
  'set waiting tasks free',
  'pass over a task that is held no more',
];

/** Errors that no call can meet, and why. */
export const OUT_OF_REACH: ReadonlyMap<string, string> = new Map([
  [
    'async-queue ERR_ESCROW',
    'transact checks its three callers with it, each of which moves exactly what escrows rise by; accounts are refused before',
  ],
]);

/** What a run has not reached, by kind; a run is complete when all are empty. */
export function missingIn(journal: Journal, { functions, errors }: Surface) {
  const modelled = new Set(ALL_REFUSALS);
  const wasCalled = (name: string) => journal.calls.has(name);
  const wasAccepted = (name: string) => (journal.calls.get(name)?.accepted ?? 0) > 0;
  return {
    commands: COMMANDS.map(({ name }) => name).filter((name) => !journal.tries.has(name)),
    functions: functions.filter((name) => !(SYSTEM_ONLY.includes(name) ? wasCalled : wasAccepted)(name)),
    transitions: TRANSITIONS.filter((name) => !journal.transitions.has(name)),
    ways: WAYS.filter((way) => !journal.ways.has(way)),
    refusals: [...errors].flatMap(([code, name]) =>
      journal.refusals.has(code) || OUT_OF_REACH.has(name) ? [] : name,
    ),
    unknown: [
      ...SYSTEM_ONLY.filter((name) => !functions.includes(name) || wasAccepted(name)),
      ...[...errors].flatMap(([code, name]) =>
        modelled.has(code) === OUT_OF_REACH.has(name) || (modelled.has(code) && nameOf(code) !== name)
          ? name
          : [],
      ),
      ...ALL_REFUSALS.filter((code) => !errors.has(code)).map(nameOf),
      ...[...OUT_OF_REACH.keys()].filter((name) => ![...errors.values()].includes(name)),
      ...[...journal.transitions].filter((name) => !TRANSITIONS.includes(name)),
      ...[...journal.ways].filter((way) => !WAYS.includes(way)),
    ],
  };
}

export function isComplete(journal: Journal, surface: Surface): boolean {
  return Object.values(missingIn(journal, surface)).every((names) => names.length === 0);
}

export interface Acceptance {
  readonly command: string;
  readonly tried: number;
  readonly percent: number;
}

/** The share of tries of each command that were accepted, the least first. */
export function acceptance(journal: Journal): readonly Acceptance[] {
  return COMMANDS.filter(({ right }) => right !== undefined)
    .map(({ name: command }) => {
      const { tried, accepted } = journal.tries.get(command) ?? { tried: 0, accepted: 0 };
      return { command, tried, percent: tried === 0 ? 0 : Math.round((100 * accepted) / tried) };
    })
    .sort((a, b) => a.percent - b.percent);
}
