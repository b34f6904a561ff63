import * as control from './control.js';
import type { Item } from './making.js';
import { expiry } from './making.js';
import type { Model } from './model.js';
import { save, stateIn, timeOn } from './model.js';
import { pay } from './money.js';
import { advance, turnOf } from './occurrences.js';
import type { Moment } from './places.js';
import { promote } from './places.js';
import { makeOne } from './producing.js';
import type { State, TaskData } from './records.js';
import { ACTIVITY, GATE, isLink, ROLE, STATUS } from './records.js';
import { guard, REGISTRY, SCHEDULER } from './refusals.js';
import { assertMay, isRunning, param } from './registry.js';

const BPS = 10_000n;
const ANYONE = 0n;

export function schedule(model: Model, by: string, id: bigint, moment: Moment): boolean {
  assertMay(model, by, ANYONE, ACTIVITY.SCHEDULE);
  assertFuture(model, moment);
  return control.holdUntil(model, by, id, moment);
}

export function createAndSchedule(
  model: Model,
  by: string,
  template: bigint,
  data: TaskData,
  moment: Moment,
): bigint {
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.ENQUEUE | ACTIVITY.SCHEDULE);
  assertFuture(model, moment);
  const item: Item = { ...data, ...moment, owner: by, template, series: 0n, origin: null };
  return makeOne(model, item);
}

export function assertFuture(model: Model, { clock, at }: Moment): void {
  guard(clock <= 2n, SCHEDULER.CLOCK);
  guard(at > timeOn(model, clock), SCHEDULER.PAST);
}

/** Sets tasks free whose instant has come; the caller gets its share of each reward, once a task. Then series go on. */
export function triggerDue(model: Model, by: string, clock: bigint, n: bigint) {
  guard(clock <= 2n, SCHEDULER.CLOCK);
  guard(isRunning(model, ACTIVITY.TRIGGER), REGISTRY.PAUSED);
  guard(n >= 1n && n <= 20n, SCHEDULER.TOO_MANY);
  const bps = param(model, 'trigger-share-bps');
  let paid = 0n;
  const freed = promote(model, clock, n);
  const links = freed.map(({ id }) => stateIn(model, id)).filter(isLink);
  for (const { id, place } of freed) {
    const before = stateIn(model, id);
    const share = shareOf(before, bps);
    const next: State = {
      ...before,
      ...place,
      ...{ status: STATUS.QUEUED, gate: GATE.NONE, shared: true },
      // A run that is put off has it anew.
      ttl: before.series > 0n ? before.ttl : 0n,
      ...{ reward: before.reward - share, escrow: before.escrow - share },
      expires: expiry(model, before.ttl, before.expires),
    };
    save(model, id, next, 'task-triggered');
    paid += share;
  }
  pay(model, by, paid);
  const turns = links.map(({ series }) => turnOf(model, series));
  const created = turns.length > 0 ? advance(model, turns) : 0n;
  return { due: BigInt(freed.length), created, paid };
}

function shareOf({ status, shared, reward }: State, bps: bigint): bigint {
  return shared || status === STATUS.RETRYING ? 0n : (reward * bps) / BPS;
}
