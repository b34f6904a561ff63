import fc from 'fast-check';

/** Random choices of one step. The same seed gives the same rolls in the same order. */
export interface Dice {
  /** A whole number from 0 up to, not including, `n`. */
  readonly below: (n: number) => number;
  readonly between: (least: number, most: number) => bigint;
  readonly chance: (percent: number) => boolean;
  /** One of the choices; undefined when there are none. */
  readonly pick: <T>(from: readonly T[]) => T | undefined;
  readonly of: <T>(first: T, ...rest: readonly T[]) => T;
  readonly hex: (bytes: number) => string;
}

const ROLLS = 32;
const ROLL = fc.nat({ max: 0x7fff_ffff });

/** The rolls of each step of a run. */
export function rollSteps(seed: number, steps: number): readonly (readonly number[])[] {
  const rolls = fc.array(ROLL, { minLength: ROLLS, maxLength: ROLLS, size: 'max' });
  return fc.sample(fc.noBias(rolls), { seed, numRuns: steps });
}

/** Dice over the rolls of one step; they start again when they are used up. */
export function createDice(rolls: readonly number[]): Dice {
  let used = 0;
  const below = (n: number) => (rolls[used++ % rolls.length] ?? 0) % n;
  return {
    below,
    between: (least, most) => BigInt(least + below(most - least + 1)),
    chance: (percent) => below(100) < percent,
    pick: (from) => from[below(Math.max(from.length, 1))],
    of: (first, ...rest) => [first, ...rest][below(rest.length + 1)] ?? first,
    hex: (bytes) => Array.from({ length: bytes }, () => below(256).toString(16).padStart(2, '0')).join(''),
  };
}
