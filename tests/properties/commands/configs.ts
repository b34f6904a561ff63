import type { Config } from '../model/records.js';
import type { World } from './command.js';

/** Few attempts, short leases and delays, so that every path is walked often. */
export function goodConfig(world: World): Config {
  const { model, dice } = world;
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

const handlerOf = ({ model }: World) => {
  const [contract = '', hash = ''] = [...model.codeHashes][0] ?? [];
  return { contract, hash };
};

export const onchainConfig = (world: World): Config => ({
  ...goodConfig(world),
  queue: BigInt(world.model.queues.findIndex(({ kind }) => kind === 1n)),
  handler: handlerOf(world),
  maxSteps: world.dice.between(1, 3),
});

/** A config with one fault. */
export function badConfig(world: World): Config {
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
export function mismatchedConfig(world: World): Config {
  const good = goodConfig(world);
  return world.dice.of<Config>(
    { ...onchainConfig(world), handler: null },
    { ...good, handler: handlerOf(world) },
    { ...good, maxSteps: 2n },
  );
}

/** The hash is not that of the handler, or the handler has no code. */
export function unpinnedConfig(world: World): Config {
  const { contract, hash } = handlerOf(world);
  const handler = world.dice.of(
    { contract, hash: '00'.repeat(32) },
    { contract: world.wallets[0] ?? '', hash },
  );
  return { ...onchainConfig(world), handler };
}

export const noQueue = (world: World): Config => ({
  ...goodConfig(world),
  queue: BigInt(world.model.queues.length),
});
