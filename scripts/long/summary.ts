import { acceptance, missingIn, OUT_OF_REACH, TRANSITIONS, WAYS } from '../../tests/properties/coverage.js';
import type { Outcome } from './run-seeds.js';

/** What was tried and reached, and what was not. */
export function formatSummary({ seeds, operations, seconds, journal, surface }: Outcome): string {
  const missing = missingIn(journal, surface);
  const runs =
    seeds.length === 1
      ? `1 run, seed ${seeds[0]}`
      : `${seeds.length} runs, seeds ${seeds[0]} to ${seeds.at(-1)}`;
  const errors = surface.errors.size - OUT_OF_REACH.size;
  return [
    '',
    ...acceptanceTable(journal),
    '',
    reached('transitions of tasks', TRANSITIONS.length, missing.transitions),
    reached('ways of series, topics and subscriptions', WAYS.length, missing.ways),
    reached('public functions', surface.functions.length, missing.functions),
    reached('refusals', errors, missing.refusals),
    ...[...OUT_OF_REACH].map(([name, reason]) => `out of reach: ${name}: ${reason}`),
    `${runs}: ${operations.toLocaleString('en')} calls in ${Math.round(seconds)} s`,
  ].join('\n');
}

function acceptanceTable(journal: Outcome['journal']): readonly string[] {
  const rows = [...acceptance(journal)].sort((a, b) => (a.command < b.command ? -1 : 1));
  const width = Math.max(...rows.map(({ command }) => command.length));
  return [
    `${'command'.padEnd(width)}   tried  accepted`,
    ...rows.map(
      ({ command, tried, percent }) =>
        `${command.padEnd(width)}  ${String(tried).padStart(6)}  ${`${percent} %`.padStart(8)}`,
    ),
  ];
}

function reached(what: string, all: number, missing: readonly string[]): string {
  return `${what}: ${all - missing.length} of ${all} reached${missing.length > 0 ? `; not: ${missing.join(', ')}` : ''}`;
}
