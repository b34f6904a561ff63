/** One figure of one run. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'MB' | '%' | '/s';
  readonly value: number;
  /** What it must not be above; figures without one are only told. */
  readonly target?: number | undefined;
}

/** A thing that is measured, anew in each run. */
export interface Section {
  readonly name: string;
  run(): Promise<readonly Figure[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
