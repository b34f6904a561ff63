import type { Call } from '../chain/call.js';
import * as call from '../chain/call-queue.js';
import type { Moment } from '../model/places.js';
import type { State } from '../model/records.js';
import { STATUS } from '../model/records.js';
import type { Command, World } from './command.js';
import { callAt, idsWhere, someone, someoneElse, stateOf, unknownId } from './command.js';

const isRunning = (state: State) => state.status === STATUS.RUNNING;

type Settle = (world: World, by: string, id: bigint, attempt: bigint) => Call;

/** What only the holder of the running attempt may do, and how it is refused to others. */
function holderOnly(settle: Settle): {
  readonly right: NonNullable<Command['right']>;
  readonly wrong: Command['wrong'];
} {
  const running = (world: World) => {
    const id = world.dice.pick(idsWhere(world.model, isRunning));
    return id === undefined ? undefined : { id, state: stateOf(world.model, id) };
  };
  return {
    right: (w) => {
      const target = running(w);
      return target === undefined
        ? undefined
        : settle(w, target.state.worker ?? '', target.id, target.state.attempts);
    },
    wrong: [
      (w) => settle(w, someone(w), unknownId(w), 1n),
      (w) => {
        const id = w.dice.pick(idsWhere(w.model, (state) => !isRunning(state)));
        const state = id && stateOf(w.model, id);
        return id && state ? settle(w, state.worker ?? someone(w), id, state.attempts) : undefined;
      },
      (w) => {
        const target = running(w);
        if (!target) return undefined;
        return settle(w, someoneElse(w, target.state.worker ?? '') ?? '', target.id, target.state.attempts);
      },
      (w) => {
        const target = running(w);
        return target === undefined
          ? undefined
          : settle(w, target.state.worker ?? '', target.id, target.state.attempts + w.dice.of(1n, -1n));
      },
    ],
  };
}

const heartbeats = holderOnly((w, by, id, attempt) => call.heartbeat(by, id, attempt, w.dice.between(1, 30)));

export const heartbeat: Command = {
  name: 'heartbeat-task',
  weights: [2, 2],
  right: heartbeats.right,
  wrong: [
    ...heartbeats.wrong,
    ...holderOnly((w, by, id, attempt) => call.heartbeat(by, id, attempt, w.dice.of(0n, 4001n))).wrong.slice(
      0,
      1,
    ),
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isRunning));
      const state = id && stateOf(w.model, id);
      return id && state
        ? call.heartbeat(state.worker ?? '', id, state.attempts, w.dice.of(0n, 4001n))
        : undefined;
    },
  ],
};

export const complete: Command = {
  name: 'complete-task',
  weights: [4, 8],
  ...holderOnly((w, by, id, attempt) => call.complete(by, id, attempt, w.dice.hex(w.dice.below(8)))),
};

const fails = holderOnly((w, by, id, attempt) =>
  call.fail(by, id, attempt, w.dice.between(0, 3000), w.dice.chance(75)),
);

export const fail: Command = {
  name: 'fail-task',
  weights: [4, 6],
  right: fails.right,
  wrong: [...fails.wrong],
};

export const release: Command = {
  name: 'release-task',
  weights: [2, 3],
  ...holderOnly((_, by, id, attempt) => call.release(by, id, attempt)),
};

/** The lease that ends first of those that a call made now would find running. */
const nextToEnd = ({ model }: World): { readonly id: bigint; readonly end: Moment } | undefined => {
  const live = idsWhere(model, (state) => isRunning(state) && state.until > model.now[0] + 1n);
  const until = (id: bigint) => stateOf(model, id).until;
  const [id] = [...live].sort((a, b) => Number(until(a) - until(b)));
  return id === undefined ? undefined : { id, end: { clock: 0n, at: until(id) } };
};

export const reclaim: Command = {
  name: 'reclaim-leases',
  weights: [4, 6],
  right: (w) => {
    const next = nextToEnd(w);
    if (next && w.dice.chance(30)) return callAt(w, call.reclaim(someone(w), [next.id]), next.end);
    return reclaimExpired(w);
  },
  wrong: [
    (w) => {
      const next = nextToEnd(w);
      return next && callAt(w, call.reclaim(someone(w), [next.id]), next.end, 1n);
    },
    (w) => {
      const next = nextToEnd(w);
      return next && call.reclaim(someone(w), [next.id]);
    },
    (w) => call.reclaim(someone(w), [unknownId(w), 0n]),
    (w) => call.reclaim(someone(w), []),
    (w) => call.reclaim(someone(w), [1n, 2n, 1n]),
    (w) => {
      const idle = idsWhere(w.model, (state) => !isRunning(state));
      return idle.length ? call.reclaim(someone(w), idle.slice(-12)) : undefined;
    },
  ],
  didSomething: (ok) => (ok as readonly object[]).some((verdict) => 'ok' in verdict),
};

/** Some that can be reclaimed, often among others that cannot. */
function reclaimExpired(w: World): Call | undefined {
  const next = w.model.now[0] + 1n;
  const expired = idsWhere(w.model, (state) => isRunning(state) && state.until <= next);
  const others = idsWhere(w.model, (state) => !isRunning(state) || state.until > next);
  const chosen = expired.slice(0, Number(w.dice.between(1, 5)));
  const first = chosen[0];
  if (first === undefined) return undefined;
  const ids = [...chosen];
  if (w.dice.chance(30)) ids.unshift(w.dice.pick(others) ?? 0n);
  if (w.dice.chance(30)) ids.push(unknownId(w), w.dice.pick(others) ?? 0n);
  return call.reclaim(someone(w), [...new Set(ids)]);
}
