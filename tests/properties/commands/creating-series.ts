import type { Call } from '../chain/call.js';
import * as call from '../chain/call-series.js';
import { timeOn } from '../model/model.js';
import { balanceOf } from '../model/money.js';
import type { Moment } from '../model/places.js';
import { MAX_INSTANT } from '../model/records.js';
import { mayEnqueue } from '../model/registry.js';
import type { Series, Wish } from '../model/series-record.js';
import { SERIES } from '../model/series-record.js';
import type { Command, World } from './command.js';
import { templatesFor } from './configuring.js';
import { payloadFor, producerWithTemplate } from './requests.js';

interface Plan extends Wish {
  readonly by: string;
  readonly runs: bigint;
}

const TIME = 2n;
/** So many run at once at most; what they make would drown all else. */
const MOST_RUNNING = 9;

const running = ({ model }: World) => [...model.series].filter(([, { status }]) => status === SERIES.RUNNING);

/** A first slot soon, and intervals so short that slots are missed. */
function goodPlan(world: World): Plan | undefined {
  const { dice } = world;
  const producer = producerWithTemplate(world);
  if (!producer) return undefined;
  const { by, template } = producer;
  const clock = dice.of(0n, 0n, 1n, TIME);
  const far = !running(world).some(isFar) && dice.chance(20) ? farSlots(world) : undefined;
  const every = { 0: dice.of(1n, dice.between(4, 30)), 1: dice.between(1, 3), 2: dice.between(60, 700) };
  return {
    by,
    template: template.id,
    ...(far ?? { clock, at: soonOn(world, clock), every: every[Number(clock) as 0 | 1 | 2] }),
    reward: template.config.minReward + dice.between(0, 2_000),
    policy: dice.of(0n, 1n, 2n),
    overlap: dice.chance(55),
    payload: payloadFor(world, template.config),
    runs: dice.chance(25) ? dice.between(1, 2) : dice.between(3, 12),
  };
}

function soonOn({ model, dice }: World, clock: bigint): bigint {
  const [least, most] = clock === 0n ? [3, 25] : clock === 1n ? [1, 3] : [30, 900];
  return timeOn(model, clock) + dice.between(least, most);
}

/** The slot after the one at which it stands is beyond what can be kept. */
const isFar = ([, { at, every }]: readonly [bigint, Series]) => at + every >= MAX_INSTANT;
const farSlots = ({ dice }: World): Moment & { readonly every: bigint } => ({
  clock: TIME,
  at: MAX_INSTANT - dice.between(1, 2 ** 30),
  every: 2n ** 31n,
});

type Change = (world: World, plan: Plan) => Partial<Plan> | undefined;

/** Each takes one thing away that a series needs. */
const FAULTS: readonly Change[] = [
  (w) => {
    const by = w.dice.pick(w.wallets.filter((wallet) => !mayEnqueue(w.model, wallet)));
    return by === undefined ? undefined : { by };
  },
  (w, { clock }) => ({ at: timeOn(w.model, clock) - w.dice.of(0n, 1n) }),
  (w) => ({ clock: w.dice.of(3n, 2n ** 100n) }),
  (w) => ({ every: w.dice.of(0n, 2n ** 31n + 1n, 2n ** 128n - 1n) }),
  (w) => ({ clock: TIME, at: timeOn(w.model, TIME) + 100n, every: 59n }),
  (w) => ({ policy: w.dice.of(3n, 2n ** 64n) }),
  (w) => ({ runs: w.dice.of(0n, 10_001n, 2n ** 128n - 1n) }),
  (w) => ({ template: w.dice.of(0n, BigInt(w.model.templates.length) + 1n) }),
  (w, { by }) => {
    const usable = templatesFor(w, by).map(({ id }) => id);
    const template = w.dice.pick(
      w.model.templates.flatMap((_, i) => (usable.includes(BigInt(i + 1)) ? [] : [i])),
    );
    return template === undefined ? undefined : { template: BigInt(template + 1) };
  },
  (w, { by }) => {
    const dear = w.dice.pick(templatesFor(w, by).filter(({ config }) => config.minReward > 0n));
    return dear && { template: dear.id, reward: dear.config.minReward - 1n };
  },
  () => ({ reward: 10n ** 15n + 1n }),
  (w, { by }) => ({ reward: balanceOf(w.model, by) + 1n }),
  (w) => ({ clock: w.dice.of(0n, TIME), at: w.dice.of(MAX_INSTANT, 2n ** 128n - 1n) }),
];

function planWith(world: World, change: Change): Call | undefined {
  const plan = goodPlan(world);
  const changed = plan && change(world, plan);
  if (!plan || !changed) return undefined;
  const { by, runs, ...wish } = { ...plan, ...changed };
  return call.createSeries(by, wish, runs);
}

export const createSeries: Command = {
  name: 'create-series',
  weights: [8, 4],
  right: (w) => (running(w).length < MOST_RUNNING ? planWith(w, () => ({})) : undefined),
  wrong: FAULTS.map((fault) => (w: World) => planWith(w, fault)),
};
