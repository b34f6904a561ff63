import { accessOf, resolve } from './factory.js';
import type { Family } from './families.js';
import { familyOf, link } from './families.js';
import type { Model } from './model.js';
import { save, tell, timeOn } from './model.js';
import { assertFunds, collect } from './money.js';
import type { Moment } from './places.js';
import { dueKey, NOWHERE, relocate } from './places.js';
import type { State, Task, TaskData } from './records.js';
import { GATE, MAX_INSTANT, STATUS } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt, FACTORY, guard, QUEUE } from './refusals.js';

const MAX_REWARD = 10n ** 16n;
const MAX_PARENTS = 40;
const MAX_FAMILY = 8;

/** A task to make, for its owner. */
export interface Item extends TaskData, Moment {
  readonly owner: string;
  readonly template: bigint;
  /** 0n for none. */
  readonly series: bigint;
  /** uSTX that the same call prepays for its series before it is made. */
  readonly prepaying?: bigint | undefined;
  readonly origin: bigint | null;
}

interface Made {
  readonly id: bigint;
  /** What it is; null when its key named a task that is there already. */
  readonly made: { readonly task: Task; readonly state: State; readonly watch: bigint | null } | null;
}

export interface Plan {
  readonly items: readonly Item[];
  readonly results: readonly Verdict<Made>[];
  readonly costUstx: bigint;
}

export const keyOf = (owner: string, key: string): string => `${owner} ${key}`;

/** What comes of a call that makes tasks; refuses when all of it is refused. It changes nothing. */
export function planAll(model: Model, items: readonly Item[]): Plan {
  guard(items.length > 0, QUEUE.TOO_MANY);
  const results: Verdict<Made>[] = [];
  const keys = new Map<string, bigint>();
  let count = BigInt(model.tasks.size);
  for (const item of items) {
    const result = attempt(() => make(model, item, count + 1n, results, keys));
    results.push(result);
    if ('err' in result || !result.ok.made) continue;
    count += 1n;
    if (item.key !== null) keys.set(keyOf(item.owner, item.key), count);
  }
  const named = items.reduce((sum, { parents, afterItems }) => sum + parents.length + afterItems.length, 0);
  guard(named <= MAX_PARENTS, FACTORY.PARENT);
  let costUstx = 0n;
  for (const [i, result] of results.entries())
    if ('ok' in result && items[i]?.series === 0n) costUstx += result.ok.made?.state.escrow ?? 0n;
  assertFunds(model, items[0]?.owner ?? '', costUstx);
  return { items, results, costUstx };
}

/** Makes the tasks; answers their ids. */
export function makeAll(model: Model, { items, results, costUstx }: Plan): readonly Verdict[] {
  collect(model, items[0]?.owner ?? '', costUstx);
  const entries = results.flatMap((result, i) => ('ok' in result ? { ...result.ok, item: items[i] } : []));
  for (const { id, made, item } of entries) {
    if (!made || !item) continue;
    model.tasks.set(id, made.task);
    if (item.key !== null) model.keys.set(keyOf(item.owner, item.key), id);
    tell(model, 'task-made', { ...made.task, id });
  }
  const places = relocate(
    model,
    entries.map(({ id, made }) => ({
      id,
      from: NOWHERE,
      list: made ? listFor(made.state) : null,
      isLink: (made?.state.series ?? 0n) > 0n,
    })),
  );
  for (const [i, { id, made }] of entries.entries()) {
    if (!made) {
      tell(model, 'task-known', { ...model.states.get(id), id });
      continue;
    }
    const { series, escrow } = made.state;
    if (series > 0n) model.prepaid.set(series, (model.prepaid.get(series) ?? 0n) - escrow);
    save(model, id, { ...made.state, ...places[i] }, 'task-enqueued');
  }
  link(
    model,
    entries.flatMap(({ id, made }) => (made ? { id, watch: made.watch, state: made.state } : [])),
  );
  for (const { made } of entries) if (made) setGuard(model, made.state.lane / 16n);
  return results.map((result) => ('ok' in result ? { ok: result.ok.id } : result));
}

function listFor(state: State): bigint | null {
  if (state.status === STATUS.QUEUED) return state.lane;
  return state.gate === GATE.TIME ? dueKey(state) : null;
}

function setGuard(model: Model, queue: bigint): void {
  const every = model.queues[Number(queue)]?.guardEvery ?? 0n;
  if (every > 0n && !model.guards.has(queue)) model.guards.set(queue, { every, turn: 0n });
}

/** A key that its owner used before answers the task that it made then. */
function make(
  model: Model,
  item: Item,
  id: bigint,
  earlier: readonly Verdict<Made>[],
  keys: ReadonlyMap<string, bigint>,
): Made {
  const key = item.key === null ? null : keyOf(item.owner, item.key);
  const used = key === null ? undefined : (keys.get(key) ?? model.keys.get(key));
  if (used !== undefined) return { id: used, made: null };

  const { version, config } = resolve(model, item.template, item.owner);
  const priority = item.priority ?? config.priority;
  const floor = item.rewardMin ?? item.reward;
  const family = familyOf(model, item.owner, item.parents, item.lax);
  const after = item.afterItems.map((place) => {
    const result = earlier[Number(place)];
    return result && 'ok' in result && result.ok.made ? result.ok.id : null;
  });
  guard(priority <= config.maxPriority, FACTORY.PRIORITY);
  guard(floor >= config.minReward && floor <= item.reward, FACTORY.REWARD_TOO_LOW);
  guard(item.reward <= MAX_REWARD, FACTORY.INSUFFICIENT);
  const escrow = item.reward * config.maxSteps;
  const prepaid = (model.prepaid.get(item.series) ?? 0n) + (item.prepaying ?? 0n);
  guard(item.series === 0n || prepaid >= escrow, FACTORY.INSUFFICIENT);
  guard(item.at < MAX_INSTANT, FACTORY.TIME);
  guard(item.deadline === null || item.deadline > model.now[2], FACTORY.DEADLINE);
  const parents = [...item.parents, ...after.filter((parent) => parent !== null)];
  const isWhole = parents.length === item.parents.length + after.length && parents.length <= MAX_FAMILY;
  guard(!family.isAlien && !family.isBroken && isWhole, FACTORY.PARENT);

  const { owner, template, tag, deadline, lax, origin, payload } = item;
  const gate = firstGate(model, item, family, after[0] ?? null);
  const isOpen = gate.gate === GATE.NONE;
  const { clock, series } = item;
  const ttl = config.ttlSeconds;
  const queue = model.queues[Number(config.queue)];
  if (!queue) throw new Error(`the model has no queue ${config.queue}`);
  const state: State = {
    ...BLANK,
    ...{ owner, clock, series, escrow, floor },
    status: isOpen ? STATUS.QUEUED : STATUS.PENDING,
    gate: gate.gate,
    lane: config.queue * 16n + priority,
    access: accessOf(queue),
    reward: item.reward,
    ramp: config.rampBlocks,
    lease: config.lease,
    maxLease: config.maxLease,
    maxAttempts: config.maxAttempts,
    delay: config.retryDelay,
    doubling: config.doubling,
    cap: config.retryCap,
    ttl: isOpen ? 0n : ttl,
    expires: isOpen ? expiry(model, ttl, deadline ?? 0n) : (deadline ?? 0n),
    steps: config.maxSteps,
    at: isOpen && config.rampBlocks > 0n && item.at === 0n ? model.now[0] : item.at,
  };
  const task = { owner, template, version, tag, deadline, parents, lax, origin, payload };
  return { id, made: { task, state, watch: gate.watch } };
}

/** Where a new task waits. One that carries a series on waits for the trigger also when its time has come. */
function firstGate(model: Model, item: Item, family: Family, after: bigint | null) {
  if (item.hold && item.at === 0n) return { gate: GATE.HOLD, watch: null };
  const watch = family.watch ?? after;
  if (watch !== null) return { gate: GATE.PARENTS, watch };
  const isWaiting = item.at > 0n && (item.series > 0n || item.at > timeOn(model, item.clock));
  return { gate: isWaiting ? GATE.TIME : GATE.NONE, watch: null };
}

/** From when a task that enters its lane now is late; 0n for never. */
export function expiry(model: Model, ttl: bigint, deadline: bigint): bigint {
  const end = model.now[2] + ttl;
  if (ttl === 0n) return deadline;
  return deadline === 0n || end < deadline ? end : deadline;
}

const BLANK: State = {
  ...{
    owner: '',
    status: STATUS.NEW,
    gate: GATE.NONE,
    lane: 0n,
    access: 0n,
    reward: 0n,
    floor: 0n,
    ramp: 0n,
  },
  ...{ price: 0n, escrow: 0n, lease: 0n, maxLease: 0n, maxAttempts: 0n, delay: 0n, doubling: false, cap: 0n },
  ...{ ttl: 0n, expires: 0n, attempts: 0n, releases: 0n, steps: 0n, worker: null, bonded: false, slot: 0n },
  ...{ claimed: 0n, until: 0n, retry: 0n, list: 0n, seq: 0n, clock: 0n, at: 0n, series: 0n, watched: false },
  ...{ shared: false, input: false, stop: false, code: 0n, result: '', ended: 0n },
};
