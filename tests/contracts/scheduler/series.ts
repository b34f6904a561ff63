import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { ERRORS, type ErrorName } from '../../helpers/contract-errors.js';
import { call, expectOk, type Fields, type Outcome, read } from '../../helpers/contracts.js';
import type { Scene } from '../../helpers/scene.js';
import { trigger } from '../../helpers/tasks.js';

export const SERIES = { running: 1n, stoodDown: 2n, cancelled: 3n, ended: 4n } as const;
export const POLICY = { skip: 0n, catchUp: 1n, coalesce: 2n } as const;

/** A series as its owner asks for it; what is not named has its usual value: three runs, ten blocks apart. */
export interface Wish {
  readonly template?: bigint;
  readonly clock?: bigint;
  readonly at?: bigint;
  readonly every?: bigint;
  readonly runs?: bigint;
  readonly reward?: bigint;
  readonly policy?: bigint;
  readonly overlap?: boolean;
}

export function createSeries(scene: Scene, wish: Wish = {}, by = scene.producer): Outcome {
  const { template, clock, at, every, runs, reward, policy, overlap } = filled(scene, wish);
  return call(
    'scheduler',
    'create-series',
    [template, clock, at, every, runs, reward, policy, overlap, '0x01'],
    by,
  );
}

/** The record of a series right after it was made. */
export function newSeries(scene: Scene, wish: Wish & { readonly task: bigint; readonly at: bigint }): Fields {
  const { runs, ...rest } = filled(scene, wish);
  return {
    owner: scene.producer,
    ...rest,
    left: runs - 1n,
    status: SERIES.running,
    reason: 0n,
    payload: '0x01',
    task: wish.task,
    previous: 0n,
  };
}

function filled({ template }: Scene, wish: Wish): Required<Wish> {
  return {
    template: wish.template ?? template,
    clock: wish.clock ?? CLOCK.stacks,
    at: wish.at ?? nextHeight() + 10n,
    every: wish.every ?? 10n,
    runs: wish.runs ?? 3n,
    reward: wish.reward ?? 1000n,
    policy: wish.policy ?? POLICY.skip,
    overlap: wish.overlap ?? true,
  };
}

/** Makes a series whose first slot is ten blocks ahead; returns its number and that slot. */
export function startSeries(scene: Scene, wish: Wish = {}): { n: bigint; at: bigint } {
  const at = wish.at ?? nextHeight() + 10n;
  return { n: expectOk(createSeries(scene, { ...wish, at })) as bigint, at };
}

export function seriesOf(n: bigint): Fields {
  const record = read('scheduler', 'get-series', n) as Fields | null;
  if (record === null) throw new Error(`no series ${n}`);
  return record;
}

/** The task that a series made last. */
export function taskOfSeries(n: bigint): bigint {
  return seriesOf(n).task as bigint;
}

export function topUpSeries(n: bigint, runs: bigint, by: string): Outcome {
  return call('scheduler', 'top-up-series', [n, runs], by);
}

export function skipNext(n: bigint, by: string): Outcome {
  return call('scheduler', 'skip-next', [n], by);
}

export function resumeSeries(n: bigint, by: string): Outcome {
  return call('scheduler', 'resume-series', [n], by);
}

export function cancelSeries(n: bigint, by: string): Outcome {
  return call('scheduler', 'cancel-series', [n], by);
}

/** uSTX that are prepaid for the runs to come. */
export function prepaidOf(n: bigint): bigint {
  return read('queue', 'get-prepaid', n) as bigint;
}

/** Triggers at this Stacks height. */
export function triggerAt(height: bigint): Outcome {
  mineUntil(height);
  return trigger(CLOCK.stacks);
}

/** What a call printed about series, topics or subscriptions, not what async-queue printed about tasks. */
export function printedBy(
  outcome: Outcome,
  prefix: 'series-' | 'topic-' | 'subscription-',
): readonly Fields[] {
  return outcome.prints.filter(
    ({ topic }) => String(topic).startsWith(prefix) && !OF_THE_QUEUE.includes(String(topic)),
  );
}

const OF_THE_QUEUE = ['series-funded', 'series-drained'];

/** Takes the template of the scene out of use, or back into it. */
export function setActive({ template, manager }: Scene, isActive: boolean): void {
  expectOk(call('factory', 'set-active', [template, isActive], manager));
}

/** The code of an error, as a series keeps it for its reason. */
export function codeOf(name: ErrorName): bigint {
  const found = ERRORS.find((error) => error.name === name);
  if (found === undefined) throw new Error(`no contract defines ${name}`);
  return found.code;
}
