import type { Model } from './model.js';
import { tell } from './model.js';
import type { Moment } from './places.js';

export const SERIES = { RUNNING: 1n, STOOD_DOWN: 2n, CANCELLED: 3n, ENDED: 4n } as const;
/** What becomes of slots that were missed. */
export const POLICY = { SKIP: 0n, CATCH_UP: 1n, COALESCE: 2n } as const;

/** What an owner asks for. */
export interface Wish extends Moment {
  readonly template: bigint;
  readonly every: bigint;
  readonly reward: bigint;
  readonly policy: bigint;
  readonly overlap: boolean;
  readonly payload: string;
}

export interface Series extends Wish {
  readonly owner: string;
  /** Runs whose task is still to be made. */
  readonly left: bigint;
  readonly status: bigint;
  readonly reason: bigint;
  readonly task: bigint;
  readonly previous: bigint;
}

export function keepSeries(model: Model, n: bigint, next: Series, topic: string): void {
  model.series.set(n, next);
  model.effects.series.add(n);
  model.effects.ways.push(topic);
  tell(model, topic, { ...next, series: n });
}
