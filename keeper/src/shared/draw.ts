import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends only on its argument: the planner's replayable dice. */
export type Draw = (what: string) => number;

/** Dice for one seed: the same seed and the same question give the same number, on every machine. */
export function createDraw(seed: string): Draw {
  return (what) => createHash('sha256').update(`${seed}|${what}`).digest().readUInt32BE(0) / 2 ** 32;
}
