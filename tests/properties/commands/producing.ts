import * as call from '../chain/call.js';
import { intrude } from '../chain/intrude.js';
import { balanceOf } from '../model/model.js';
import { isUnfinished, MAX_INSTANT, STATUS } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
import { timeOn } from '../model/scheduler.js';
import type { Command, World } from './command.js';
import { idsWhere, ownerOf, someone, someoneElse, stateOf, unknownId } from './command.js';
import { templatesFor } from './configuring.js';
import type { Request } from './requests.js';
import { goodMoment, goodRequest, unservedField } from './requests.js';

type Fault = (world: World, request: Request) => Request | undefined;

/** Each takes one thing away that a request needs. */
const FAULTS: readonly Fault[] = [
  (w, request) => {
    const by = w.dice.pick(w.wallets.filter((wallet) => !mayEnqueue(w.model, wallet)));
    return by ? { ...request, by } : undefined;
  },
  (w, request) => ({ ...request, template: w.dice.of(0n, BigInt(w.model.templates.length) + 1n) }),
  (w, request) => {
    const usable = templatesFor(w, request.by).map(({ id }) => id);
    const closed = w.model.templates.map((_, i) => BigInt(i + 1)).filter((id) => !usable.includes(id));
    const template = w.dice.pick(closed);
    return template ? { ...request, template } : undefined;
  },
  (w, request) => {
    const priority = w.dice.of(request.config.maxPriority + 1n, 16n);
    return { ...request, data: { ...request.data, priority } };
  },
  (w, request) => {
    const dear = w.dice.pick(templatesFor(w, request.by).filter(({ config }) => config.minReward > 0n));
    if (!dear) return undefined;
    const data = { ...request.data, priority: null, reward: dear.config.minReward - 1n };
    return { ...request, template: dear.id, data };
  },
  (w, request) => ({ ...request, data: { ...request.data, ...unservedField(w) } }),
  (w, request) => ({ ...request, data: { ...request.data, reward: balanceOf(w.model, request.by) + 1n } }),
];

const fault = (make: Fault) => (world: World) => {
  const request = goodRequest(world);
  return request === undefined ? undefined : make(world, request);
};

export const enqueue: Command = {
  name: 'enqueue-task',
  weights: [13, 4],
  right: (w) => {
    const request = goodRequest(w);
    return request === undefined ? undefined : call.enqueue(request.by, request.template, request.data);
  },
  wrong: FAULTS.map((make) => (w) => {
    const request = fault(make)(w);
    return request === undefined ? undefined : call.enqueue(request.by, request.template, request.data);
  }),
};

export const createAndSchedule: Command = {
  name: 'create-and-schedule',
  weights: [8, 4],
  right: (w) => {
    const request = goodRequest(w);
    return request === undefined
      ? undefined
      : call.createAndSchedule(request.by, request.template, request.data, goodMoment(w));
  },
  wrong: [
    ...FAULTS.map((make) => (w: World) => {
      const request = fault(make)(w);
      return request === undefined
        ? undefined
        : call.createAndSchedule(request.by, request.template, request.data, goodMoment(w));
    }),
    (w) => withMoment(w, 0n, timeOn(w.model, 0n) + w.dice.of(0n, 1n)),
    (w) => withMoment(w, 1n, timeOn(w.model, 1n) - w.dice.of(0n, 1n)),
    (w) => withMoment(w, 2n, timeOn(w.model, 2n) + w.dice.of(-600n, 0n, 10n)),
    (w) => withMoment(w, 3n, timeOn(w.model, 0n) + 100n),
    (w) => withMoment(w, w.dice.of(0n, 1n, 2n), w.dice.of(MAX_INSTANT, 2n ** 40n, 2n ** 128n - 1n)),
    (w) => {
      const request = goodRequest(w);
      return request === undefined
        ? undefined
        : intrude.enqueueFor(someone(w), request.by, request.template, request.data, goodMoment(w));
    },
  ],
};

function withMoment(world: World, clock: bigint, at: bigint) {
  const request = goodRequest(world);
  return request === undefined
    ? undefined
    : call.createAndSchedule(request.by, request.template, request.data, { clock, at });
}

export const cancel: Command = {
  name: 'cancel-task',
  weights: [4, 5],
  right: (w) => {
    // Each kind of task as often as the others, however few there are of it.
    const status = w.dice.of(STATUS.PENDING, STATUS.QUEUED, STATUS.QUEUED, STATUS.RUNNING, STATUS.RETRYING);
    const id = w.dice.pick(idsWhere(w.model, (state) => state.status === status && !state.stop));
    return id === undefined ? undefined : call.cancel(ownerOf(w.model, id), id);
  },
  wrong: [
    (w) => call.cancel(someone(w), unknownId(w)),
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isUnfinished));
      return id === undefined ? undefined : call.cancel(someoneElse(w, ownerOf(w.model, id)) ?? '', id);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, (state) => !isUnfinished(state)));
      return id === undefined ? undefined : call.cancel(ownerOf(w.model, id), id);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, (state) => isUnfinished(state) && state.stop));
      return id === undefined ? undefined : call.cancel(ownerOf(w.model, id), id);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isUnfinished));
      return id === undefined ? undefined : intrude.cancelFor(ownerOf(w.model, id), ownerOf(w.model, id), id);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isUnfinished));
      return id === undefined ? undefined : intrude.pushLane(someone(w), stateOf(w.model, id).lane, id);
    },
  ],
};
