import type { Config, TaskData } from '../model/records.js';
import { CLOCKS, ROLE } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
import { dueInstants, timeOn } from '../model/scheduler.js';
import type { Moment } from '../model/tasks.js';
import type { World } from './command.js';
import { someoneWith } from './command.js';
import { templatesFor } from './configuring.js';

/** Who asks for a task, from which template, with what. */
export interface Request {
  readonly by: string;
  readonly template: bigint;
  readonly config: Config;
  readonly data: TaskData;
}

/** A request that a producer may make now. */
export function goodRequest(world: World): Request | undefined {
  const { model, dice, wallets } = world;
  const by = dice.chance(80)
    ? someoneWith(world, ROLE.PRODUCER)
    : dice.pick(wallets.filter((wallet) => mayEnqueue(model, wallet)));
  const template = dice.pick(templatesFor(world, by ?? ''));
  if (!by || !template) return undefined;
  return { by, template: template.id, config: template.config, data: goodData(world, template.config) };
}

function goodData({ dice }: World, config: Config): TaskData {
  const priorities = [0n, 3n, 7n, 15n].filter((priority) => priority <= config.maxPriority);
  return {
    priority: dice.chance(30) ? null : (dice.pick(priorities) ?? null),
    reward: config.minReward + (dice.chance(15) ? 0n : dice.between(1, 5_000)),
    rewardMin: null,
    deadline: null,
    hold: dice.chance(25),
    tag: null,
    key: null,
    parents: [],
    afterItems: [],
    lax: false,
    payload: dice.hex(dice.below(6)),
  };
}

/** Fields this version does not serve. */
export function unservedField({ dice }: World): Partial<TaskData> {
  return dice.of<Partial<TaskData>>(
    { rewardMin: 1n },
    { deadline: 2_000_000_000n },
    { tag: '01'.repeat(16) },
    { key: '02'.repeat(32) },
    { parents: [1n] },
    { afterItems: [0n] },
    { lax: true },
  );
}

/** An instant to come: mostly soon, sometimes beyond one or more levels of the index, often one that is in use. */
export function goodMoment(world: World): Moment {
  const { model, dice } = world;
  const clock = dice.of(0n, ...CLOCKS.slice(1));
  const now = timeOn(model, clock);
  const inUse = dueInstants(model, clock).filter((at) => at > now + 60n || (clock !== 2n && at > now + 1n));
  const shared = dice.chance(35) ? dice.pick(inUse.slice(0, 6)) : undefined;
  if (shared !== undefined) return { clock, at: shared };
  return { clock, at: now + 2n + (dice.chance(80) ? soon(world, clock) : farOff(world, clock)) };
}

function soon({ dice }: World, clock: bigint): bigint {
  if (clock === 0n) return dice.between(0, 25);
  if (clock === 1n) return dice.between(0, 4);
  // Every second one is a time that a block can have exactly.
  return dice.chance(50) ? dice.between(10, 1_500) : dice.between(2, 60) * 10n - 2n;
}

function farOff({ dice }: World, clock: bigint): bigint {
  const level = dice.of(2 ** 7, 2 ** 7, 2 ** 14, 2 ** 21);
  if (clock === 2n && dice.chance(25)) return BigInt(dice.of(2 ** 28, 2 ** 30, 2 ** 33));
  return dice.between(level - 3, level + 3);
}
