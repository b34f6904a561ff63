import { shift } from './line.js';
import type { Model } from './model.js';
import { lineAt, pay, save } from './model.js';
import type { State } from './records.js';
import { STATUS } from './records.js';
import { FACTORY, guard, QUEUE, Refusal } from './refusals.js';
import { closeLease, freeSlots, openLeases } from './registry.js';
import { dueKey, enter, NOWHERE } from './tasks.js';

export type Verdict = { readonly ok: bigint } | { readonly err: bigint };

export function dequeueTask(model: Model, by: string): readonly bigint[] {
  return take(model, by, 0n, 1n);
}

export function dequeueFrom(model: Model, by: string, queue: bigint, n: bigint): readonly bigint[] {
  const record = model.queues[Number(queue)];
  guard(record !== undefined, FACTORY.UNKNOWN_QUEUE);
  guard(record.kind === 0n, QUEUE.KIND);
  guard(n >= 1n && n <= 20n, QUEUE.TOO_MANY);
  return take(model, by, queue, n);
}

/** The tasks of a queue in the order they are to be taken: most urgent lane first, first entered first. */
export function waitingIn(model: Model, queue: bigint): readonly bigint[] {
  const ids: bigint[] = [];
  for (let priority = 15n; priority >= 0n; priority--) {
    const line = model.lines.get(queue * 16n + priority);
    if (line) ids.push(...line.live.map((place) => place.id));
  }
  return ids;
}

export function heartbeat(model: Model, by: string, id: bigint, attempt: bigint, blocks: bigint): bigint {
  const before = heldState(model, by, id, attempt);
  guard(blocks >= 1n && blocks <= 4000n, QUEUE.TIME);
  const wanted = least(before.claimed + before.maxLease, model.now[0] + blocks);
  const until = wanted > before.until ? wanted : before.until;
  save(model, id, { ...before, until }, 'task-heartbeat');
  return until;
}

export function complete(model: Model, by: string, id: bigint, attempt: bigint, result: string): bigint {
  const before = heldState(model, by, id, attempt);
  closeLease(model, by, before.slot, 'succeeded', before.reward);
  pay(model, by, before.reward);
  const next = { ...before, status: STATUS.SUCCEEDED, code: 0n, result, ended: model.now[0] };
  save(model, id, next, 'task-completed');
  return before.reward;
}

export function fail(
  model: Model,
  by: string,
  id: bigint,
  attempt: bigint,
  code: bigint,
  isRetryable: boolean,
): bigint {
  const before = heldState(model, by, id, attempt);
  closeLease(model, by, before.slot, 'failed', 0n);
  return endAttempt(model, id, before, 'task-failed', code, isRetryable);
}

export function reclaim(model: Model, ids: readonly bigint[]): readonly Verdict[] {
  guard(ids.length > 0, QUEUE.TOO_MANY);
  return ids.map((id, i) => {
    try {
      return { ok: reclaimOne(model, id, ids.indexOf(id) < i) };
    } catch (error) {
      if (error instanceof Refusal) return { err: error.code };
      throw error;
    }
  });
}

/** An id named twice is refused the second time, whatever became of the first. */
function reclaimOne(model: Model, id: bigint, isRepeated: boolean): bigint {
  const before = model.states.get(id);
  guard(before !== undefined, QUEUE.UNKNOWN_TASK);
  guard(before.status === STATUS.RUNNING && !isRepeated, QUEUE.STATE);
  guard(model.now[0] >= before.until, QUEUE.LEASE_LIVE);
  if (before.worker) closeLease(model, before.worker, before.slot, 'abandoned', 0n);
  return endAttempt(model, id, before, 'task-reclaimed', 0n, true);
}

function take(model: Model, by: string, queue: bigint, n: bigint): readonly bigint[] {
  const ids = waitingIn(model, queue).slice(0, Number(n));
  guard(ids.length > 0, QUEUE.EMPTY);
  const slots = freeSlots(model, by, ids.length);
  const states = ids.map((id) => stateOf(model, id));
  const shortest = states.reduce((blocks, state) => least(blocks, state.lease), 4000n);
  openLeases(model, by, slots, ids, model.now[0] + shortest);
  for (const [i, before] of states.entries()) {
    const id = shift(lineAt(model, before.lane));
    const next = {
      ...before,
      ...NOWHERE,
      status: STATUS.RUNNING,
      attempts: before.attempts + 1n,
      worker: by,
      slot: BigInt(slots[i] ?? 0),
      claimed: model.now[0],
      until: model.now[0] + before.lease,
    };
    save(model, id, next, 'task-dequeued');
  }
  return ids;
}

function heldState(model: Model, by: string, id: bigint, attempt: bigint): State {
  const state = model.states.get(id);
  guard(state !== undefined, QUEUE.UNKNOWN_TASK);
  guard(state.status === STATUS.RUNNING, QUEUE.STATE);
  guard(state.worker === by, QUEUE.NOT_HOLDER);
  guard(state.attempts === attempt, QUEUE.STALE_ATTEMPT);
  return state;
}

function endAttempt(
  model: Model,
  id: bigint,
  before: State,
  topic: string,
  code: bigint,
  isRetryable: boolean,
): bigint {
  if (isRetryable && !before.stop && before.attempts < before.maxAttempts) {
    const at = model.now[0] + delayAfter(before);
    const place = enter(model, dueKey({ clock: 0n, at }), id);
    save(model, id, { ...before, ...place, status: STATUS.RETRYING, code, clock: 0n, at, ended: 0n }, topic);
    return at;
  }
  const status = before.stop ? STATUS.CANCELLED : STATUS.FAILED;
  pay(model, model.tasks.get(id)?.owner ?? '', before.reward);
  save(model, id, { ...before, ...NOWHERE, status, code, ended: model.now[0] }, topic);
  return 0n;
}

/** Doubles the delay once per attempt already made, and stops at the cap. */
function delayAfter(state: State): bigint {
  let delay = state.delay;
  for (let attempt = 1n; state.doubling && attempt < state.attempts; attempt++) delay *= 2n;
  return least(delay, state.cap);
}

function stateOf(model: Model, id: bigint): State {
  const state = model.states.get(id);
  if (!state) throw new Error(`the model has no state of task ${id}`);
  return state;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
