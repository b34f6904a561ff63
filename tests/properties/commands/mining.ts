import { timeOn } from '../model/model.js';
import { dueInstants } from '../model/places.js';
import { CLOCKS } from '../model/records.js';
import type { Command, Mining } from './command.js';

export const mineStacksBlocks: Command = {
  name: 'mine Stacks blocks',
  weights: [4, 4],
  right: ({ dice }): Mining => ({ stacks: Number(dice.between(1, 6)), burn: 0 }),
  wrong: [],
};

export const mineBurnBlocks: Command = {
  name: 'mine Bitcoin blocks',
  weights: [3, 3],
  right: ({ dice }): Mining => ({ stacks: 0, burn: Number(dice.between(1, 2)) }),
  wrong: [],
};

const BURN_SECONDS = 570;
/** Simnet keeps about 1 KB a block and dies of three million: leaps over 2^14 blocks are as far as it goes. */
const MAX_LEAP_BLOCKS = 20_000;
const MAX_HEIGHT = 200_000;

/** To the height at which a bond may be withdrawn. */
export const mineUntilFree: Command = {
  name: 'mine until a bond is free',
  weights: [0.3, 0.3],
  right: ({ model }) => {
    const [first] = [...model.bonds.values()]
      .map(({ leavingAt }) => leavingAt)
      .filter((leavingAt) => leavingAt > model.now[0])
      .sort((a, b) => Number(a - b));
    return first === undefined || Number(first) > MAX_HEIGHT
      ? undefined
      : { stacks: Number(first - model.now[0]), burn: 0 };
  },
  wrong: [],
};

/** To the first instant on a clock, or just before it. */
export const mineUntilDue: Command = {
  name: 'mine until due',
  weights: [1, 1.5],
  right: ({ model, dice }) => {
    const clock = dice.pick(CLOCKS.filter((clock) => dueInstants(model, clock).length > 0));
    if (clock === undefined) return undefined;
    const gap = Number((dueInstants(model, clock)[0] ?? 0n) - timeOn(model, clock)) - dice.below(3);
    const blocks = clock === 2n ? Math.ceil(gap / BURN_SECONDS) : gap;
    if (blocks <= 0 || blocks > MAX_LEAP_BLOCKS || Number(model.now[0]) + blocks > MAX_HEIGHT)
      return undefined;
    return clock === 0n ? { stacks: blocks, burn: 0 } : { stacks: 0, burn: blocks };
  },
  wrong: [],
};
