import type { Call } from '../chain/call.js';
import * as call from '../chain/call-scheduler.js';
import { timeOn } from '../model/model.js';
import type { Moment } from '../model/places.js';
import { dueInstants } from '../model/places.js';
import type { State } from '../model/records.js';
import { CLOCKS, GATE, isLink, MAX_INSTANT, STATUS } from '../model/records.js';
import type { Command, World } from './command.js';
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
  ...[isLink, isNotPending].map((test) => (w: World) => {
    const id = w.dice.pick(idsWhere(w.model, test));
    return id === undefined ? undefined : make(w, ownerOf(w.model, id), id, momentFor(w));
  }),
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
    ...[isHeld, isLink, isNotPending].map((test) => ({ model, dice }: World) => {
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
  ],
  didSomething: (ok) => (ok as { readonly due: bigint }).due > 0n,
};
