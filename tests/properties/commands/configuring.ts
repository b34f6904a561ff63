import * as call from '../chain/call-factory.js';
import { newestConfig } from '../model/factory.js';
import type { Config, Queue } from '../model/records.js';
import { ROLE } from '../model/records.js';
import { mayAdminister } from '../model/registry.js';
import { SERIES } from '../model/series-record.js';
import type { Command, World } from './command.js';
import { someone, someoneElse, someoneWith, someoneWithout } from './command.js';
import {
  badConfig,
  goodConfig,
  mismatchedConfig,
  noQueue,
  onchainConfig,
  unpinnedConfig,
} from './configs.js';

const anyType = ({ model, dice }: World) => dice.between(1, model.types.length);
const manager = (world: World) => someoneWith(world, ROLE.MANAGER) ?? '';
const newQueue = ({ dice, step }: World): Queue => ({
  name: `queue-${step}`,
  kind: dice.of(0n, 0n, 1n),
  class: dice.of(0n, 1n),
  strict: dice.chance(50),
  guardEvery: dice.of(0n, 3n),
});

export const createTaskType: Command = {
  name: 'create-task-type',
  weights: [1, 1],
  right: (w) => call.createTaskType(manager(w), `type-${w.step}`),
  wrong: [
    (w) => call.createTaskType(someoneWithout(w, ROLE.MANAGER) ?? '', 'type'),
    (w) => call.createTaskType(manager(w), ''),
  ],
};

export const createQueue: Command = {
  name: 'create-queue',
  weights: [1, 1],
  right: (w) => call.createQueue(w.model.owner, newQueue(w)),
  wrong: [
    (w) =>
      call.createQueue(
        w.dice.pick(w.wallets.filter((wallet) => !mayAdminister(w.model, wallet))) ?? '',
        newQueue(w),
      ),
    (w) => call.createQueue(w.model.owner, { ...newQueue(w), name: w.dice.pick(w.model.queues)?.name ?? '' }),
    (w) => call.createQueue(w.model.owner, { ...newQueue(w), guardEvery: w.dice.of(1n, 1_001n) }),
    (w) =>
      call.createQueue(w.model.owner, {
        ...newQueue(w),
        ...w.dice.of<Partial<Queue>>({ name: '' }, { kind: 2n }, { class: 2n }),
      }),
  ],
};

export const createTemplate: Command = {
  name: 'create-task-template',
  weights: [1.2, 1],
  right: (w) =>
    call.createTemplate(manager(w), anyType(w), w.dice.chance(20) ? onchainConfig(w) : goodConfig(w)),
  wrong: [
    (w) => call.createTemplate(someoneWithout(w, ROLE.MANAGER) ?? '', anyType(w), goodConfig(w)),
    (w) => call.createTemplate(manager(w), w.dice.of(0n, BigInt(w.model.types.length) + 1n), goodConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), badConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), mismatchedConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), unpinnedConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), noQueue(w)),
  ],
};

/** Often one of a series or subscription, which may end for it. */
const someTemplate = ({ model, dice }: World) => {
  const ofSeries = [...model.series.values()].flatMap(({ status, template }) =>
    status === SERIES.RUNNING ? template : [],
  );
  const ofSubscriptions = [...model.topics.values()].flatMap(({ places }) =>
    places.flatMap((place) => (place?.active && place.left > 0n ? place.template : [])),
  );
  const inUse = dice.chance(50) ? dice.pick(dice.of(ofSeries, ofSubscriptions)) : undefined;
  return inUse ?? dice.between(1, model.templates.length);
};

const update = (world: World, config: Config) => {
  const id = someTemplate(world);
  return call.updateTemplate(world.model.templates[Number(id) - 1]?.owner ?? '', id, config);
};

export const updateTemplate: Command = {
  name: 'update-task-template',
  weights: [1.5, 1.5],
  right: (w) => {
    const id = someTemplate(w);
    const template = w.model.templates[Number(id) - 1];
    const isOnchain = template !== undefined && newestConfig(template).handler !== null;
    return template && call.updateTemplate(template.owner, id, isOnchain ? onchainConfig(w) : goodConfig(w));
  },
  wrong: [
    (w) => call.updateTemplate(manager(w), BigInt(w.model.templates.length) + 1n, goodConfig(w)),
    (w) => {
      const id = w.dice.between(1, w.model.templates.length);
      const owner = w.model.templates[Number(id) - 1]?.owner ?? '';
      return call.updateTemplate(someoneElse(w, owner) ?? '', id, goodConfig(w));
    },
    (w) => update(w, badConfig(w)),
    (w) => update(w, mismatchedConfig(w)),
    (w) => update(w, unpinnedConfig(w)),
    (w) => update(w, noQueue(w)),
  ],
};

/** The templates an account may use, with what they ask for now. */
export function templatesFor({ model }: World, who: string): readonly { id: bigint; config: Config }[] {
  return model.templates
    .map((template, i) => ({ ...template, id: BigInt(i + 1), config: newestConfig(template) }))
    .filter(({ owner, active, config }) => active && (config.open || owner === who));
}

const owned = (w: World, isActive: boolean) => {
  const { model, dice } = w;
  const some = Number(someTemplate(w)) - 1;
  const ids = model.templates.flatMap(({ active }, i) => (active === isActive ? [i] : []));
  const i = ids.includes(some) ? some : dice.pick(ids);
  return i === undefined ? undefined : { id: BigInt(i + 1), by: model.templates[i]?.owner ?? '' };
};

/** A template that is off goes on again soon. */
export const setActive: Command = {
  name: 'set-active',
  weights: [1.5, 1.5],
  right: (w) => {
    const off = owned(w, false);
    const target = off ?? owned(w, true);
    return target && call.setActive(target.by, target.id, off !== undefined);
  },
  wrong: [
    (w) => call.setActive(someone(w), BigInt(w.model.templates.length) + 1n, true),
    (w) => {
      const target = owned(w, true);
      return target && call.setActive(someoneElse(w, target.by) ?? '', target.id, false);
    },
  ],
};

export const transferTemplate: Command = {
  name: 'transfer-template',
  weights: [0.5, 0.5],
  right: (w) => {
    const target = owned(w, true);
    return target && call.transferTemplate(target.by, target.id, manager(w));
  },
  wrong: [(w) => call.transferTemplate(someone(w), 0n, someone(w))],
};
