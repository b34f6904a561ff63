import { familyOf, link, takeChildren } from './families.js';
import { expiry } from './making.js';
import type { Model } from './model.js';
import { save, stateIn, timeOn } from './model.js';
import { collect, credit, pay } from './money.js';
import type { Moment } from './places.js';
import { dueKey, relocate } from './places.js';
import type { State } from './records.js';
import { GATE, isUnfinished, STATUS } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt, CONTROL, guard, PARENT_FAILED } from './refusals.js';

/** The next state of a task, and how it gets there. */
export interface Change {
  readonly id: bigint;
  readonly topic: string;
  readonly next: State;
  /** Where it goes from the place it has; null is nowhere, undefined that it stays. */
  readonly list?: bigint | null | undefined;
  readonly isLink?: boolean | undefined;
  /** The parent whose end it begins to wait for. */
  readonly watch?: bigint | undefined;
  /** What its owner gets back is credited, for nobody named the task. */
  readonly isCredited?: boolean | undefined;
  readonly answer?: bigint | undefined;
}

/** At the end of a task at most so many children are seen to. */
const MAX_WAKES = 8n;

/** Carries changes out; those that were refused are passed over. Answers what each says. */
export function transact(model: Model, changes: readonly Verdict<Change>[]): readonly Verdict[] {
  const accepted = changes.flatMap((change) => ('ok' in change ? change.ok : []));
  const moving = accepted.filter(({ list }) => list !== undefined);
  const places = relocate(
    model,
    moving.map(({ id, list = null, isLink }) => ({ id, from: stateIn(model, id), list, isLink })),
  );
  for (const { id, topic, next, isCredited, list } of accepted) {
    const place = list === undefined ? {} : places[moving.findIndex((change) => change.id === id)];
    const refund = isUnfinished(next) ? 0n : next.escrow;
    if (isCredited) credit(model, next.owner, refund);
    else pay(model, next.owner, refund);
    save(model, id, { ...next, ...place, escrow: next.escrow - refund }, topic);
  }
  link(
    model,
    accepted.map(({ id, watch = null, next }) => ({ id, watch, state: next })),
  );
  return changes.map((change) => ('ok' in change ? { ok: change.ok.answer ?? 0n } : change));
}

/** Carries one change out and sees to the children of a task that it ends. */
export function changeOne(model: Model, change: Change): bigint {
  transact(model, [{ ok: change }]);
  if (change.next.watched && !isUnfinished(change.next)) wake(model, MAX_WAKES);
  return change.answer ?? 0n;
}

/** Sees to up to `n` loose children; returns to how many. */
export function wake(model: Model, n: bigint): bigint {
  const children = takeChildren(model, n);
  transact(
    model,
    children.map((id) =>
      attempt(() => nextGate(model, id, GATE.PARENTS, 'task-unblocked', stateIn(model, id))),
    ),
  );
  return BigInt(children.length);
}

/**
 * Where a pending task goes whose hold is open, one of whose parents has ended, or that is given its time (`from` none):
 * to its next parent, its time or its lane; it is cancelled if a parent did not succeed.
 */
export function nextGate(
  model: Model,
  id: bigint,
  from: bigint,
  topic: string,
  { clock, at }: Moment,
): Change {
  const before = stateIn(model, id);
  const parents = model.tasks.get(id)?.parents ?? [];
  const family = familyOf(model, before.owner, parents, model.tasks.get(id)?.lax ?? false);
  guard(before.status === STATUS.PENDING && (from === GATE.NONE || from === before.gate), CONTROL.STATE);
  const next: State = { ...before, clock, at, input: before.input || from === GATE.HOLD };
  if (family.isBroken) {
    const over = { status: STATUS.CANCELLED, gate: GATE.NONE, code: PARENT_FAILED, ended: model.now[0] };
    return { id, topic: 'task-cancelled', next: { ...next, ...over }, list: null, isCredited: true };
  }
  if (family.watch !== null) {
    const isWaiting = before.gate === GATE.PARENTS && from === GATE.NONE;
    const watch = isWaiting ? undefined : family.watch;
    return { id, topic, next: { ...next, gate: GATE.PARENTS }, list: null, watch };
  }
  if (at > timeOn(model, clock))
    return { id, topic, next: { ...next, gate: GATE.TIME }, list: dueKey({ clock, at }) };
  const queued = {
    ...{ status: STATUS.QUEUED, gate: GATE.NONE, ttl: 0n, at: at === 0n ? model.now[0] : at },
    expires: expiry(model, before.ttl, before.expires),
  };
  return { id, topic, next: { ...next, ...queued }, list: before.lane };
}

/** The same change with what an owner pays in for it. */
export function payIn(model: Model, by: string, amountUstx: bigint, change: Change): void {
  collect(model, by, amountUstx);
  transact(model, [{ ok: change }]);
}
