import * as call from '../chain/call-queue.js';
import { isLate } from '../model/judging.js';
import type { State } from '../model/records.js';
import { isIdle, isLink, isUnfinished, STATUS } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
import type { Command, World } from './command.js';
import { idsWhere, ownerOf, someone, someoneElse, stateOf, unknownId } from './command.js';

const anyOk = (ok: unknown) => (ok as readonly object[]).some((verdict) => 'ok' in verdict);
const pickId = (w: World, test: (state: State) => boolean) => w.dice.pick(idsWhere(w.model, test));

/** Of up to six tasks of one owner, some that cannot be changed so. */
const someOf = (w: World, ids: readonly bigint[]) =>
  [...new Set(Array.from({ length: Number(w.dice.between(1, 6)) }, () => w.dice.pick(ids) ?? 0n))].concat(
    w.dice.chance(25) ? unknownId(w) : [],
  );

export const cancelTasks: Command = {
  name: 'cancel-tasks',
  weights: [1, 2],
  right: (w) => {
    const id = pickId(w, (state) => isUnfinished(state) && !state.stop && !isLink(state));
    if (id === undefined) return undefined;
    const by = ownerOf(w.model, id);
    const own = idsWhere(w.model, (state) => state.owner === by && isUnfinished(state));
    return call.cancelTasks(by, [...new Set([id, ...someOf(w, own)])]);
  },
  wrong: [
    (w) => call.cancelTasks(someone(w), []),
    (w) => call.cancelTasks(someone(w), [1n, 1n]),
    (w) => call.cancelTasks(someone(w), [unknownId(w), 1n]),
  ],
  didSomething: anyOk,
};

export const expireTasks: Command = {
  name: 'expire-tasks',
  weights: [2, 3],
  right: (w) => {
    const late = idsWhere(w.model, (state) => isIdle(state) && isLateNext(w, state));
    const first = w.dice.pick(late);
    return first === undefined
      ? undefined
      : call.expire(someone(w), [...new Set([first, ...someOf(w, late)])]);
  },
  wrong: [
    (w) => call.expire(someone(w), []),
    (w) => call.expire(someone(w), [2n, 2n]),
    (w) => {
      const id = pickId(w, (state) => isIdle(state) && !isLateNext(w, state));
      return id === undefined ? undefined : call.expire(someone(w), [id]);
    },
  ],
  didSomething: anyOk,
};

const BLOCK_SECONDS = 10n;

/** Whether a call made now finds it late. */
function isLateNext({ model }: World, state: State): boolean {
  return isLate({ ...model, now: [0n, 0n, model.now[2] + BLOCK_SECONDS] }, state);
}

export const setPriority: Command = {
  name: 'set-priority',
  weights: [2, 2],
  right: (w) => {
    const status = w.dice.of(STATUS.PENDING, STATUS.QUEUED, STATUS.RETRYING);
    const id = pickId(w, (state) => state.status === status && !isLink(state));
    return id === undefined ? undefined : call.setPriority(ownerOf(w.model, id), id, w.dice.of(0n, 3n, 7n));
  },
  wrong: [
    (w) => call.setPriority(someone(w), unknownId(w), 0n),
    (w) => {
      const id = pickId(w, isIdle);
      return id === undefined ? undefined : call.setPriority(ownerOf(w.model, id), id, 16n);
    },
    (w) => {
      const id = pickId(w, isIdle);
      return id === undefined
        ? undefined
        : call.setPriority(someoneElse(w, ownerOf(w.model, id)) ?? '', id, 0n);
    },
    ...[isLink, (state: State) => !isIdle(state)].map((test) => (w: World) => {
      const id = pickId(w, test);
      return id === undefined ? undefined : call.setPriority(ownerOf(w.model, id), id, 0n);
    }),
  ],
};

export const topUp: Command = {
  name: 'top-up-task',
  weights: [2, 1],
  right: (w) => {
    const id = pickId(w, isIdle);
    return id === undefined ? undefined : call.topUp(ownerOf(w.model, id), id, w.dice.between(1, 900));
  },
  wrong: [
    (w) => call.topUp(someone(w), unknownId(w), 1n),
    (w) => {
      const id = pickId(w, isIdle);
      return id === undefined ? undefined : call.topUp(ownerOf(w.model, id), id, w.dice.of(0n, 10n ** 16n));
    },
    (w) => {
      const id = pickId(w, isIdle);
      return id === undefined ? undefined : call.topUp(ownerOf(w.model, id), id, 10n ** 15n);
    },
    (w) => {
      const id = pickId(w, isIdle);
      return id === undefined ? undefined : call.topUp(someoneElse(w, ownerOf(w.model, id)) ?? '', id, 1n);
    },
    (w) => {
      const id = pickId(w, (state) => !isIdle(state));
      return id === undefined ? undefined : call.topUp(ownerOf(w.model, id), id, 1n);
    },
  ],
};

const isDead = (state: State) => state.status === STATUS.FAILED && state.seq > 0n;

export const requeue: Command = {
  name: 'requeue-task',
  weights: [3, 3],
  right: (w) => {
    const id = pickId(w, (state) => isDead(state) && mayEnqueue(w.model, state.owner));
    return id === undefined ? undefined : call.requeue(ownerOf(w.model, id), id, w.dice.between(200, 3_000));
  },
  wrong: [
    (w) => call.requeue(someone(w), unknownId(w), 500n),
    (w) => {
      const id = pickId(w, isDead);
      return id === undefined
        ? undefined
        : call.requeue(someoneElse(w, ownerOf(w.model, id)) ?? '', id, 500n);
    },
    (w) => {
      const id = pickId(w, (state) => !isDead(state));
      return id === undefined ? undefined : call.requeue(ownerOf(w.model, id), id, 500n);
    },
  ],
};

export const releaseChildren: Command = {
  name: 'release-children',
  weights: [3, 4],
  right: (w) =>
    w.model.loose.length > 0 ? call.releaseChildren(someone(w), w.dice.between(1, 8)) : undefined,
  wrong: [
    (w) => call.releaseChildren(someone(w), w.dice.of(0n, 9n)),
    (w) => (w.model.loose.length === 0 ? call.releaseChildren(someone(w), 8n) : undefined),
  ],
  didSomething: (ok) => (ok as bigint) > 0n,
};

export const withdrawCredits: Command = {
  name: 'withdraw-credits',
  weights: [1, 1],
  right: (w) => {
    const by = w.dice.pick([...w.model.credits.keys()].filter((who) => w.wallets.includes(who)));
    return by === undefined ? undefined : call.withdraw(by);
  },
  wrong: [
    (w) => {
      const by = w.dice.pick(w.wallets.filter((who) => !w.model.credits.has(who)));
      return by === undefined ? undefined : call.withdraw(by);
    },
  ],
};

/** Some running tasks of one worker, some not its own. */
export const completeTasks: Command = {
  name: 'complete-tasks',
  weights: [1, 3],
  right: (w) => {
    const first = pickId(w, (state) => state.status === STATUS.RUNNING);
    if (first === undefined) return undefined;
    const by = stateOf(w.model, first).worker ?? '';
    const own = idsWhere(w.model, ({ status, worker }) => status === STATUS.RUNNING && worker === by);
    const ids = [
      ...new Set([first, ...own.slice(0, w.dice.below(5))]),
      ...(w.dice.chance(30) ? [first, 1n] : []),
    ];
    return call.completeTasks(
      by,
      ids.map((id) => ({ id, attempt: stateOf(w.model, id).attempts, result: w.dice.hex(w.dice.below(4)) })),
    );
  },
  wrong: [
    (w) => call.completeTasks(someone(w), []),
    (w) => call.completeTasks(someone(w), [{ id: unknownId(w), attempt: 1n, result: '' }]),
  ],
  didSomething: anyOk,
};
