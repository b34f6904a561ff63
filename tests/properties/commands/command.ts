import type { Call } from '../chain/call.js';
import type { Dice } from '../dice.js';
import type { Model } from '../model/model.js';
import { timeOn } from '../model/model.js';
import type { Moment } from '../model/places.js';
import type { State } from '../model/records.js';
import { hasRole } from '../model/registry.js';

export interface World {
  readonly model: Model;
  readonly dice: Dice;
  /** Accounts that can send calls. */
  readonly wallets: readonly string[];
  /** The number of this step: makes names that no step before has used. */
  readonly step: number;
}

/** Empty blocks: time passes on all clocks, Bitcoin's only with `burn`. */
export interface Mining {
  readonly stacks: number;
  readonly burn: number;
}

export interface Command {
  readonly name: string;
  /** How often it is tried while work is piled up, and while it is worked off. */
  readonly weights: readonly [filling: number, draining: number];
  /** A call that the present state should accept; undefined when there is none now. Left out when there never is one. */
  readonly right?: ((world: World) => Call | Mining | undefined) | undefined;
  /** Calls that miss one condition each; they take turns. */
  readonly wrong: readonly ((world: World) => Call | undefined)[];
  /** Whether an ok did something, when ok alone does not say it. */
  readonly didSomething?: ((ok: unknown) => boolean) | undefined;
}

const BLOCK_SECONDS = 10n;
const LONGEST_WAIT = 400n;

/**
 * The call, made in the block that is at `at` on the Stacks or the time clock, or `early` blocks before it; undefined
 * when no block is, or when it is far off.
 */
export function callAt({ model }: World, call: Call, moment: Moment, early = 0n): Call | undefined {
  const pace = moment.clock === 0n ? 1n : BLOCK_SECONDS;
  const gap = moment.at - timeOn(model, moment.clock);
  const waitBlocks = gap / pace - early - 1n;
  if (moment.clock === 1n || gap % pace !== 0n || waitBlocks < 0n || waitBlocks > LONGEST_WAIT)
    return undefined;
  return { ...call, waitBlocks: Number(waitBlocks) };
}

/** The ids of the tasks whose state is as asked. */
export function idsWhere(model: Model, test: (state: State, id: bigint) => boolean): readonly bigint[] {
  return [...model.states].filter(([id, state]) => test(state, id)).map(([id]) => id);
}

export function stateOf(model: Model, id: bigint): State {
  const state = model.states.get(id);
  if (!state) throw new Error(`the model has no state of task ${id}`);
  return state;
}

export function ownerOf(model: Model, id: bigint): string {
  return model.tasks.get(id)?.owner ?? '';
}

export function someone(world: World): string {
  return world.dice.of(world.wallets[0] ?? '', ...world.wallets.slice(1));
}

export function someoneElse(world: World, than: string): string | undefined {
  return world.dice.pick(world.wallets.filter((wallet) => wallet !== than));
}

export function someoneWith(world: World, role: bigint): string | undefined {
  return world.dice.pick(world.wallets.filter((wallet) => hasRole(world.model, wallet, role)));
}

export function someoneWithout(world: World, role: bigint): string | undefined {
  return world.dice.pick(world.wallets.filter((wallet) => !hasRole(world.model, wallet, role)));
}

export function unknownId(world: World): bigint {
  return BigInt(world.model.tasks.size) + world.dice.between(1, 50);
}
