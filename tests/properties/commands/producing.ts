import * as call from '../chain/call-queue.js';
import { createAndSchedule as callCreateAndSchedule } from '../chain/call-scheduler.js';
import { carelessOwner, enqueueCarelessly } from '../chain/careless-owner.js';
import { timeOn } from '../model/model.js';
import { balanceOf } from '../model/money.js';
import type { OwnItem } from '../model/producing.js';
import type { State } from '../model/records.js';
import { isLink, isUnfinished, MAX_INSTANT, ROLE, STATUS } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
import type { Command, World } from './command.js';
import { idsWhere, ownerOf, someone, someoneElse, someoneWith, unknownId } from './command.js';
import { templatesFor } from './configuring.js';
import type { Request } from './requests.js';
import { goodData, goodMoment, goodRequest, producerWithTemplate } from './requests.js';

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
  (_, request) => ({ ...request, data: { ...request.data, rewardMin: request.data.reward + 1n } }),
  (w, request) => ({ ...request, data: { ...request.data, deadline: w.dice.of(0n, w.model.now[2]) } }),
  (w, request) => {
    const reward = w.dice.of(10n ** 16n + 1n, 2n ** 128n - 1n);
    return { ...request, data: { ...request.data, reward, rewardMin: null } };
  },
  (w, request) => {
    const parent = w.dice.of(unknownId(w), otherTask(w, request.by), endedBadly(w, request.by));
    if (parent === undefined) return undefined;
    return { ...request, data: { ...request.data, parents: [parent], lax: false } };
  },
  (w, request) => ({ ...request, data: { ...request.data, afterItems: [w.dice.of(0n, 1n)] } }),
  (w, request) => {
    const reward = balanceOf(w.model, request.by) + 1n;
    return { ...request, data: { ...request.data, reward, rewardMin: null } };
  },
];

const otherTask = (w: World, by: string) =>
  w.dice.pick(idsWhere(w.model, (state) => state.owner !== by && isUnfinished(state)));
const endedBadly = (w: World, by: string) =>
  w.dice.pick(idsWhere(w.model, (state) => state.owner === by && state.status > STATUS.SUCCEEDED));

const fault = (make: Fault) => (world: World) => {
  const request = goodRequest(world);
  // A key that is known would answer its task instead.
  return request && make(world, { ...request, data: { ...request.data, key: null } });
};

export const enqueue: Command = {
  name: 'enqueue-task',
  weights: [13, 4],
  right: (w) => {
    const request = goodRequest(w);
    return request === undefined ? undefined : call.enqueue(request.by, request.template, request.data);
  },
  wrong: [
    ...FAULTS.map((make) => (w: World) => {
      const request = fault(make)(w);
      return request === undefined ? undefined : call.enqueue(request.by, request.template, request.data);
    }),
    (w) => {
      const { by, template } = producerWithTemplate(w, carelessOwner(w.model.sink)) ?? {};
      if (!by || !template || !mayEnqueue(w.model, by)) return undefined;
      const { id, config } = template;
      const data = { ...goodData(w, by, config), key: null, reward: config.minReward + 1n, rewardMin: null };
      return enqueueCarelessly(someone(w), by, id, data);
    },
  ],
};

export const createAndSchedule: Command = {
  name: 'create-and-schedule',
  weights: [8, 4],
  right: (w) => {
    const request = goodRequest(w);
    return request === undefined
      ? undefined
      : callCreateAndSchedule(request.by, request.template, request.data, goodMoment(w));
  },
  wrong: [
    ...FAULTS.map((make) => (w: World) => {
      const request = fault(make)(w);
      return request === undefined
        ? undefined
        : callCreateAndSchedule(request.by, request.template, request.data, goodMoment(w));
    }),
    (w) => withMoment(w, 0n, timeOn(w.model, 0n) + w.dice.of(0n, 1n)),
    (w) => withMoment(w, 1n, timeOn(w.model, 1n) - w.dice.of(0n, 1n)),
    (w) => withMoment(w, 2n, timeOn(w.model, 2n) + w.dice.of(-600n, 0n, 10n)),
    (w) => withMoment(w, 3n, timeOn(w.model, 0n) + 100n),
    (w) => withMoment(w, w.dice.of(0n, 1n, 2n), w.dice.of(MAX_INSTANT, 2n ** 40n, 2n ** 128n - 1n)),
  ],
};

function withMoment(world: World, clock: bigint, at: bigint) {
  const request = goodRequest(world);
  return request === undefined
    ? undefined
    : callCreateAndSchedule(request.by, request.template, request.data, { clock, at });
}

/** Up to six requests of one owner, some that wait for earlier ones, some that are refused. */
function goodItems(w: World): { readonly by: string; readonly items: readonly OwnItem[] } | undefined {
  const first = goodRequest(w);
  if (!first) return undefined;
  const { by } = first;
  const requests = [first];
  for (let i = w.dice.below(6); i > 0; i--) {
    const next = goodRequest(w, by);
    if (next) requests.push(w.dice.chance(15) ? { ...next, data: { ...next.data, priority: 16n } } : next);
  }
  const items = requests.map(({ template, data }, i) => {
    const afterItems = i > 0 && w.dice.chance(35) ? [BigInt(w.dice.below(i + 1))] : [];
    return { ...data, template, afterItems };
  });
  return { by, items };
}

export const enqueueTasks: Command = {
  name: 'enqueue-tasks',
  weights: [3, 1],
  right: (w) => {
    const good = goodItems(w);
    return good && call.enqueueTasks(good.by, good.items);
  },
  wrong: [
    (w) => call.enqueueTasks(someoneWith(w, ROLE.PRODUCER) ?? '', []),
    (w) => {
      const good = goodItems(w);
      const [item] = good?.items ?? [];
      if (!good || !item) return undefined;
      const parents = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n];
      return call.enqueueTasks(good.by, Array(6).fill({ ...item, key: null, afterItems: [], parents }));
    },
  ],
};

export const cancel: Command = {
  name: 'cancel-task',
  weights: [4, 5],
  right: (w) => {
    // Each kind of task as often as the others, however few there are of it.
    const status = w.dice.of(STATUS.PENDING, STATUS.QUEUED, STATUS.QUEUED, STATUS.RUNNING, STATUS.RETRYING);
    const id = w.dice.pick(
      idsWhere(w.model, (state) => state.status === status && !state.stop && !isLink(state)),
    );
    return id === undefined ? undefined : call.cancel(ownerOf(w.model, id), id);
  },
  wrong: [
    (w) => call.cancel(someone(w), unknownId(w)),
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isUnfinished));
      return id === undefined ? undefined : call.cancel(someoneElse(w, ownerOf(w.model, id)) ?? '', id);
    },
    ...[
      isLink,
      (state: State) => !isUnfinished(state),
      (state: State) => isUnfinished(state) && state.stop,
    ].map((test) => (w: World) => {
      const id = w.dice.pick(idsWhere(w.model, test));
      return id === undefined ? undefined : call.cancel(ownerOf(w.model, id), id);
    }),
  ],
};
