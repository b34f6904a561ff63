import { readFileSync, writeFileSync } from 'node:fs';
import type { Cost } from './measure.js';
import type { Costs } from './store.js';

const FIELDS = [
  'reads',
  'writes',
  'readLengthBytes',
  'writeLengthBytes',
  'runtime',
  'transactionBytes',
] as const satisfies readonly (keyof Cost)[];

/** Reads the committed costs; undefined when there are none yet. */
export function readSnapshot(path: string): Costs | undefined {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Cost>));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeSnapshot(path: string, costs: Costs): void {
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(costs), null, 2)}\n`);
}

/** Every number that is not as committed, in words. */
export function differences(snapshot: Costs, measured: Costs): readonly string[] {
  const names = new Set([...snapshot.keys(), ...measured.keys()]);
  return [...names].flatMap((name) => {
    const before = snapshot.get(name);
    const after = measured.get(name);
    if (!before || !after) return [`${name}: ${before ? 'is not measured any more' : 'is new'}`];
    return FIELDS.filter((field) => before[field] !== after[field]).map((field) => {
      const change = after[field] - before[field];
      return `${name}: ${field} ${before[field]} -> ${after[field]} (${change > 0 ? '+' : ''}${change})`;
    });
  });
}
