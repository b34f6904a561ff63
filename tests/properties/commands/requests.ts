import { timeOn } from '../model/model.js';
import type { Moment } from '../model/places.js';
import { dueInstants } from '../model/places.js';
import type { Config, State, TaskData } from '../model/records.js';
import { CLOCKS, isUnfinished, ROLE, STATUS } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
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

/** Whoever may make tasks now, and a template for it; on-chain ones are few, so they are picked more often. */
export function producerWithTemplate(world: World, owner?: string) {
  const { model, dice, wallets } = world;
  const by =
    owner ??
    (dice.chance(80)
      ? someoneWith(world, ROLE.PRODUCER)
      : dice.pick(wallets.filter((wallet) => mayEnqueue(model, wallet))));
  const usable = templatesFor(world, by ?? '');
  const onchain = usable.filter(({ config }) => config.handler !== null);
  const template = dice.pick(onchain.length > 0 && dice.chance(30) ? onchain : usable);
  return by && template ? { by, template } : undefined;
}

/** A request that a producer may make now. */
export function goodRequest(world: World, owner?: string): Request | undefined {
  const { by, template } = producerWithTemplate(world, owner) ?? {};
  if (!by || !template) return undefined;
  return { by, template: template.id, config: template.config, data: goodData(world, by, template.config) };
}

/** What a handler is told to do, or what some worker would be given. */
export function payloadFor({ dice }: World, { handler }: Config): string {
  if (!handler) return dice.hex(dice.below(6));
  return dice.of('', 'ff', '01', '02', '03', '04', '0404', '040402', '05', '06', '07', '08', '0804');
}

export function goodData(world: World, by: string, config: Config): TaskData {
  const { model, dice } = world;
  const priorities = [0n, 3n, 7n, 15n].filter((priority) => priority <= config.maxPriority);
  const reward = config.minReward + (dice.chance(15) ? 0n : dice.between(1, 5_000));
  const lax = dice.chance(20);
  return {
    priority: dice.chance(30) ? null : (dice.pick(priorities) ?? null),
    reward,
    rewardMin: dice.chance(20) ? dice.of(config.minReward, (config.minReward + reward) / 2n) : null,
    deadline: dice.chance(15) ? model.now[2] + dice.between(12, dice.of(100, 4_000)) : null,
    hold: dice.chance(20),
    tag: dice.chance(10) ? dice.hex(16) : null,
    key: dice.chance(10) ? goodKey(world, by) : null,
    parents: dice.chance(25) ? goodParents(world, by, lax) : [],
    afterItems: [],
    lax,
    payload: payloadFor(world, config),
  };
}

/** A new key, or one that the owner has used before. */
function goodKey({ model, dice, step }: World, owner: string): string {
  const used = [...model.keys.keys()].filter((name) => name.startsWith(owner));
  const known = dice.chance(30) ? dice.pick(used) : undefined;
  return known?.split(' ')[1] ?? step.toString(16).padStart(64, '0');
}

/** Tasks of the owner that may be waited for: mostly some that have not ended. */
export function goodParents({ model, dice }: World, owner: string, lax: boolean): readonly bigint[] {
  const isGood = (state: State) =>
    state.owner === owner && (isUnfinished(state) || lax || state.status === STATUS.SUCCEEDED);
  const good = [...model.states].filter(([, state]) => isGood(state));
  const lasting = good.filter(([, state]) => isUnfinished(state));
  return Array.from({ length: Number(dice.between(1, 3)) }, () => dice.pick(dice.chance(75) ? lasting : good))
    .flatMap((entry) => entry?.[0] ?? [])
    .filter((id, i, ids) => ids.indexOf(id) === i);
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
