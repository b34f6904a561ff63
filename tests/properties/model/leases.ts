import { link } from './families.js';
import { isLate } from './judging.js';
import type { Model } from './model.js';
import { save, stateIn, timeOn } from './model.js';
import { credit, pay } from './money.js';
import { NOWHERE, nextOf, relocate, takeNext } from './places.js';
import type { State } from './records.js';
import { ACCESS, STATUS } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt, guard, QUEUE } from './refusals.js';
import { assertMayLease, closeLeases, isBonded, openLeases } from './slots.js';

const MAX_BATCH = 20n;

export interface Completion {
  readonly id: bigint;
  readonly attempt: bigint;
  readonly result: string;
}

export function dequeueFrom(model: Model, by: string, queue: bigint, n: bigint): readonly bigint[] {
  guard(n >= 1n && n <= MAX_BATCH, QUEUE.TOO_MANY);
  return leaseAll(model, by, nextOf(model, queue, n).ids, () => takeNext(model, queue, n));
}

/** Whether a worker may choose the task. */
export function isClaimable(state: State): boolean {
  return state.status === STATUS.QUEUED && (state.access & (ACCESS.ONCHAIN | ACCESS.STRICT)) === 0n;
}

export function claimTasks(model: Model, by: string, ids: readonly bigint[]): readonly bigint[] {
  const taken = [...new Set(ids)].filter((id) => {
    const state = model.states.get(id);
    return state !== undefined && isClaimable(state);
  });
  return leaseAll(model, by, taken, () => {
    relocate(
      model,
      taken.map((id) => ({ id, from: stateIn(model, id), list: null })),
    );
  });
}

/** Leases the tasks; a late one is expired instead, though it counts as one. */
function leaseAll(model: Model, by: string, ids: readonly bigint[], takeOut: () => void): readonly bigint[] {
  guard(ids.length > 0, QUEUE.EMPTY);
  const slots = assertMayLease(model, by, ids.length);
  const bonded = isBonded(model, by);
  const states = ids.map((id) => ({ id, before: stateIn(model, id) }));
  guard(
    states.every(({ before: { access } }) => isFor(access, bonded)),
    QUEUE.KIND,
  );
  takeOut();
  openLeases(model, by, slots, ids);
  const late = states.filter(({ before }) => isLate(model, before));
  for (const [i, { id, before }] of states.entries()) {
    if (isLate(model, before)) {
      const over = { status: STATUS.EXPIRED, escrow: 0n, ended: model.now[0] };
      save(model, id, { ...before, ...NOWHERE, ...over }, 'task-expired');
      credit(model, before.owner, before.escrow);
      continue;
    }
    const begun = {
      ...{ status: STATUS.RUNNING, attempts: before.attempts + 1n, worker: by, bonded },
      ...{ slot: BigInt(slots[i] ?? 0), claimed: model.now[0], until: model.now[0] + before.lease },
    };
    save(model, id, { ...before, ...NOWHERE, ...begun, price: priceOf(model, before) }, 'task-dequeued');
  }
  if (late.length > 0) {
    const freed = states.flatMap(({ before }, i) => (isLate(model, before) ? BigInt(slots[i] ?? 0) : []));
    closeLeases(model, by, freed, {});
  }
  letGo(
    model,
    late.map(({ id }) => id),
  );
  return ids.filter((id) => stateIn(model, id).status === STATUS.RUNNING);
}

const isFor = (access: bigint, isBondedWorker: boolean) =>
  (access & ACCESS.ONCHAIN) === 0n && (!isBondedWorker || (access & ACCESS.BONDED) > 0n);

/** The price of an attempt that begins now: it rises from the least to the whole reward, and never falls. */
export function priceOf(model: Model, { floor, reward, ramp, clock, at, price }: State): bigint {
  if (ramp === 0n || floor >= reward) return reward;
  const waited = timeOn(model, clock) - at;
  const passed = waited < 0n ? 0n : waited < ramp ? waited : ramp;
  const risen = floor + ((reward - floor) * passed) / ramp;
  const least = price > risen ? price : risen;
  return least < reward ? least : reward;
}

export function completeTask(model: Model, by: string, item: Completion): bigint {
  assertHolder(model, by, item, 0n);
  const [paid] = completeTasks(model, by, [item]);
  return paid && 'ok' in paid ? paid.ok : 0n;
}

export function completeTasks(model: Model, by: string, items: readonly Completion[]): readonly Verdict[] {
  guard(items.length > 0, QUEUE.TOO_MANY);
  const results = items.map((item) => attempt(() => complete(model, by, item, 0n, 0n)));
  const done = results.flatMap((result) => ('ok' in result ? result.ok : []));
  const earned = done.reduce((sum, { price }) => sum + price, 0n);
  if (done.length > 0)
    closeLeases(
      model,
      by,
      done.map(({ slot }) => slot),
      { good: BigInt(done.length), earned },
    );
  pay(model, by, earned);
  letGo(
    model,
    done.map(({ id }) => id),
  );
  return results.map((result) => ('ok' in result ? { ok: result.ok.price } : result));
}

function assertHolder(model: Model, by: string, { id, attempt }: Completion, access: bigint): State {
  const before = model.states.get(id);
  guard(before !== undefined, QUEUE.UNKNOWN_TASK);
  guard(before.status === STATUS.RUNNING, QUEUE.STATE);
  guard((before.access & ACCESS.ONCHAIN) === access, QUEUE.KIND);
  guard(before.worker === by, QUEUE.NOT_HOLDER);
  guard(before.attempts === attempt, QUEUE.STALE_ATTEMPT);
  return before;
}

/** Ends an attempt with a result; its owner gets back what the price leaves of the escrow. */
export function complete(model: Model, by: string, item: Completion, access: bigint, code: bigint) {
  const before = assertHolder(model, by, item, access);
  const { id, result } = item;
  const { price, slot } = before;
  pay(model, before.owner, before.escrow - price);
  const over = { status: STATUS.SUCCEEDED, code, result, escrow: 0n, ended: model.now[0] };
  save(model, id, { ...before, ...over }, 'task-completed');
  return { id, slot, price };
}

/** The children of tasks that have ended are loose. */
export function letGo(model: Model, ids: readonly bigint[]): void {
  link(
    model,
    ids.map((id) => ({ id, watch: null, state: stateIn(model, id) })),
  );
}
