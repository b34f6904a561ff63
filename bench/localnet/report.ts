import { cpus } from 'node:os';
import { type Figure, median } from './section.js';

/** A figure over all runs, in the order of the runs. */
export interface Measured {
  readonly name: string;
  readonly unit: Figure['unit'];
  readonly target: number | null;
  readonly median: number;
  readonly runs: readonly number[];
}

export interface Report {
  readonly machine: string;
  readonly node: string;
  readonly figures: readonly Measured[];
}

export function makeReport(runs: readonly (readonly Figure[])[]): Report {
  const byName = new Map<string, Figure[]>();
  for (const figure of runs.flat()) byName.set(figure.name, [...(byName.get(figure.name) ?? []), figure]);
  const figures = [...byName].map(([name, values]): Measured => {
    const [{ unit, target } = { unit: 'ms' as const, target: undefined }] = values;
    const all = values.map(({ value }) => round(value));
    return { name, unit, target: target ?? null, median: median(all), runs: all };
  });
  const [{ model } = { model: 'unknown processor' }] = cpus();
  return { machine: `${cpus().length} x ${model.trim()}`, node: process.version, figures };
}

export function isWithin({ median: value, target }: Measured): boolean {
  return target === null || value <= target;
}

export function formatReport({ machine, node, figures }: Report): string {
  const lines = figures.map((figure) => {
    const { name, unit, target, median: value, runs } = figure;
    const verdict = target === null ? '' : `${isWithin(figure) ? '<=' : 'ABOVE'} ${target} ${unit}`;
    return `${name.padEnd(40)} ${`${value} ${unit}`.padStart(12)}  ${verdict.padEnd(16)} ${runs.join('  ')}`;
  });
  return [`${machine}, Node ${node}; median, target, every run`, ...lines].join('\n');
}

const round = (value: number) => Math.round(value * 100) / 100;
