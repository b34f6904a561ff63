import * as call from '../chain/call-factory.js';
import { newestConfig } from '../model/factory.js';
import type { Config, Queue } from '../model/records.js';
import { ROLE } from '../model/records.js';
import { mayAdminister } from '../model/registry.js';
import type { Command, World } from './command.js';
import { someone, someoneElse, someoneWith, someoneWithout } from './command.js';

/** Few attempts, short leases and delays, so that every path is walked often. */
function goodConfig({ model, dice }: World): Config {
  const lease = dice.between(12, 22);
  const priority = dice.of(0n, 3n, 7n);
  const retryDelay = dice.between(1, 4);
  const offchain = model.queues.flatMap((queue, id) => (queue.kind === 0n ? [BigInt(id)] : []));
  return {
    name: 'work',
    queue: dice.chance(85) ? dice.of(0n, 1n, 3n, 9n) : (dice.pick(offchain) ?? 0n),
    priority,
    maxPriority: dice.of(7n, 15n, 15n),
    maxAttempts: dice.between(1, 4),
    lease,
    maxLease: lease + dice.between(0, 20),
    retryDelay,
    doubling: dice.chance(60),
    retryCap: retryDelay + dice.between(0, 12),
    ttlSeconds: dice.chance(25) ? dice.between(60, 2_000) : 0n,
    minReward: dice.of(0n, 0n, 100n),
    rampBlocks: dice.chance(30) ? dice.between(1, 60) : 0n,
    maxSteps: 1n,
    open: dice.chance(75),
    handler: null,
    uri: '',
  };
}

/** A config with one fault. */
function badConfig(world: World): Config {
  const good = goodConfig(world);
  return world.dice.of<Config>(
    { ...good, name: '' },
    { ...good, priority: 9n, maxPriority: 8n },
    { ...good, maxPriority: 16n },
    { ...good, maxAttempts: 0n },
    { ...good, maxAttempts: 21n },
    { ...good, lease: 0n },
    { ...good, lease: 11n },
    { ...good, lease: 4001n, maxLease: 4001n },
    { ...good, maxLease: good.lease - 1n },
    { ...good, maxLease: 40_001n },
    { ...good, retryDelay: 0n },
    { ...good, retryDelay: good.retryCap + 1n },
    { ...good, retryCap: 1_000_001n },
    { ...good, retryDelay: 2n ** 127n, retryCap: 2n ** 127n },
    { ...good, ttlSeconds: 315_360_001n },
    { ...good, minReward: 10n ** 15n + 1n },
    { ...good, rampBlocks: 1_000_001n },
    { ...good, maxSteps: 0n },
    { ...good, maxSteps: 101n },
  );
}

/** Handlers and steps are for on-chain work, which must have a handler. */
function mismatchedConfig(world: World): Config {
  const good = goodConfig(world);
  const onchain = BigInt(world.model.queues.findIndex((queue) => queue.kind === 1n));
  const [contract = '', hash = ''] = [...world.model.codeHashes][0] ?? [];
  return world.dice.of<Config>(
    { ...good, queue: onchain },
    { ...good, handler: { contract, hash } },
    { ...good, maxSteps: 2n },
  );
}

/** The hash is not that of the handler, or the handler has no code. */
function unpinnedConfig(world: World): Config {
  const queue = BigInt(world.model.queues.findIndex(({ kind }) => kind === 1n));
  const [contract = '', hash = ''] = [...world.model.codeHashes][0] ?? [];
  const handler = world.dice.of(
    { contract, hash: '00'.repeat(32) },
    { contract: world.wallets[0] ?? '', hash },
  );
  return { ...goodConfig(world), queue, handler };
}

const noQueue = (world: World): Config => ({
  ...goodConfig(world),
  queue: BigInt(world.model.queues.length),
});
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
  right: (w) => call.createTemplate(manager(w), anyType(w), goodConfig(w)),
  wrong: [
    (w) => call.createTemplate(someoneWithout(w, ROLE.MANAGER) ?? '', anyType(w), goodConfig(w)),
    (w) => call.createTemplate(manager(w), w.dice.of(0n, BigInt(w.model.types.length) + 1n), goodConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), badConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), mismatchedConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), unpinnedConfig(w)),
    (w) => call.createTemplate(manager(w), anyType(w), noQueue(w)),
  ],
};

const update = (world: World, config: Config) => {
  const id = world.dice.between(1, world.model.templates.length);
  return call.updateTemplate(world.model.templates[Number(id) - 1]?.owner ?? '', id, config);
};

export const updateTemplate: Command = {
  name: 'update-task-template',
  weights: [1.5, 1.5],
  right: (w) => update(w, goodConfig(w)),
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

const owned = ({ model, dice }: World, isActive: boolean) => {
  const ids = model.templates.flatMap(({ active }, i) => (active === isActive ? [i] : []));
  const i = dice.pick(ids);
  return i === undefined ? undefined : { id: BigInt(i + 1), by: model.templates[i]?.owner ?? '' };
};

/** A template that is off goes on again soon. */
export const setActive: Command = {
  name: 'set-active',
  weights: [1, 1],
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
