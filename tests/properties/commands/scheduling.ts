import type { Call } from '../chain/call.js';
import * as call from '../chain/call-scheduler.js';
import { intrude } from '../chain/intrude.js';
import { timeOn } from '../model/model.js';
import type { Moment } from '../model/places.js';
import { dueInstants } from '../model/places.js';
import type { State } from '../model/records.js';
import { CLOCKS, GATE, isLink, MAX_INSTANT, STATUS } from '../model/records.js';
import type { Command, Mining, World } from './command.js';
import { callAt, idsWhere, ownerOf, someone, someoneElse, unknownId } from './command.js';
import { goodMoment } from './requests.js';

const isHeld = (state: State) => state.gate === GATE.HOLD;
const isScheduled = (state: State) => state.gate === GATE.TIME && !isLink(state);
const isNotPending = (state: State) => state.status !== STATUS.PENDING;

const heldOrScheduled = ({ model, dice }: World) =>
  dice.pick(idsWhere(model, dice.chance(50) ? isHeld : isScheduled));

type Make = (world: World, by: string, id: bigint, moment: Moment) => Call;

/** What both ways to schedule refuse. */
const faults = (make: Make, momentFor: (world: World) => Moment): Command['wrong'] => [
  (w) => make(w, someone(w), unknownId(w), momentFor(w)),
  (w) => {
    const id = heldOrScheduled(w);
    return id === undefined
      ? undefined
      : make(w, someoneElse(w, ownerOf(w.model, id)) ?? '', id, momentFor(w));
  },
  (w) => {
    const id = w.dice.pick(idsWhere(w.model, isNotPending));
    return id === undefined ? undefined : make(w, ownerOf(w.model, id), id, momentFor(w));
  },
  (w) => {
    const id = heldOrScheduled(w);
    const { clock } = momentFor(w);
    return id === undefined
      ? undefined
      : make(w, ownerOf(w.model, id), id, { clock, at: timeOn(w.model, clock) });
  },
  (w) => {
    const id = heldOrScheduled(w);
    const { clock } = momentFor(w);
    return id === undefined
      ? undefined
      : make(w, ownerOf(w.model, id), id, { clock, at: w.dice.of(MAX_INSTANT, 2n ** 127n) });
  },
];

export const schedule: Command = {
  name: 'schedule-task',
  weights: [3, 2],
  right: (w) => {
    const id = heldOrScheduled(w);
    return id === undefined ? undefined : call.schedule(ownerOf(w.model, id), id, stacksMoment(w).at);
  },
  wrong: faults((_, by, id, moment) => call.schedule(by, id, moment.at), stacksMoment),
};

function stacksMoment({ model, dice }: World): Moment {
  return { clock: 0n, at: timeOn(model, 0n) + dice.of(dice.between(2, 20), dice.between(120, 140)) };
}

export const scheduleOn: Command = {
  name: 'schedule-task-on',
  weights: [4, 2],
  right: (w) => {
    const id = heldOrScheduled(w);
    return id === undefined ? undefined : call.scheduleOn(ownerOf(w.model, id), id, goodMoment(w));
  },
  wrong: [
    ...faults((_, by, id, moment) => call.scheduleOn(by, id, moment), goodMoment),
    (w) => {
      const id = heldOrScheduled(w);
      return id === undefined
        ? undefined
        : call.scheduleOn(ownerOf(w.model, id), id, { clock: 3n, at: MAX_INSTANT - 1n });
    },
    (w) => {
      const id = heldOrScheduled(w);
      return id === undefined
        ? undefined
        : intrude.holdUntil(someone(w), ownerOf(w.model, id), id, goodMoment(w));
    },
  ],
};

const scheduledOnly = (make: (by: string, id: bigint) => Call): Pick<Command, 'right' | 'wrong'> => ({
  right: ({ model, dice }) => {
    const id = dice.pick(idsWhere(model, isScheduled));
    return id === undefined ? undefined : make(ownerOf(model, id), id);
  },
  wrong: [
    (w) => make(someone(w), unknownId(w)),
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isScheduled));
      return id === undefined ? undefined : make(someoneElse(w, ownerOf(w.model, id)) ?? '', id);
    },
    ...[isHeld, isNotPending].map((test) => ({ model, dice }: World) => {
      const id = dice.pick(idsWhere(model, test));
      return id === undefined ? undefined : make(ownerOf(model, id), id);
    }),
  ],
});

export const unschedule: Command = {
  name: 'unschedule-task',
  weights: [2, 1],
  ...scheduledOnly(call.unschedule),
};

export const cancelScheduled: Command = {
  name: 'cancel-scheduled-task',
  weights: [2, 4],
  ...scheduledOnly(call.cancelScheduled),
};

const firstDue = ({ model }: World, clock: bigint) => dueInstants(model, clock)[0];
const isDue = (world: World, clock: bigint) => {
  const first = firstDue(world, clock);
  return first !== undefined && first <= timeOn(world.model, clock);
};

/** A trigger in the very block in which the first task of a clock falls due, or some blocks earlier. */
function triggerAtFirst(w: World, n: bigint, early: bigint): Call | undefined {
  const clocks = [0n, 2n].filter((clock) => firstDue(w, clock) !== undefined);
  for (const clock of w.dice.chance(50) ? clocks : clocks.reverse()) {
    const at = firstDue(w, clock) ?? 0n;
    const timely = callAt(w, call.trigger(someone(w), clock, n), { clock, at }, early);
    if (timely) return timely;
  }
  return undefined;
}

export const trigger: Command = {
  name: 'trigger-due-tasks',
  weights: [8, 10],
  right: (w) => {
    const n = w.dice.of(20n, w.dice.between(1, 4));
    if (w.dice.chance(25)) return triggerAtFirst(w, n, 0n);
    const clock = w.dice.pick(CLOCKS.filter((clock) => isDue(w, clock)));
    return clock === undefined ? undefined : call.trigger(someone(w), clock, n);
  },
  wrong: [
    (w) => call.trigger(someone(w), w.dice.of(3n, 2n ** 64n), 20n),
    (w) => call.trigger(someone(w), w.dice.of(...CLOCKS), w.dice.of(0n, 21n)),
    (w) => triggerAtFirst(w, 20n, 1n),
    (w) => intrude.promote(someone(w), w.dice.of(...CLOCKS), MAX_INSTANT),
  ],
  didSomething: (ok) => (ok as { readonly due: bigint }).due > 0n,
};

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
