import type { Change } from './changes.js';
import { changeOne, nextGate, payIn, transact, wake } from './changes.js';
import type { Ending } from './judging.js';
import * as judging from './judging.js';
import { ownState, stateToChange } from './judging.js';
import type { Model } from './model.js';
import { save, tell } from './model.js';
import { assertFunds } from './money.js';
import type { Moment } from './places.js';
import { makeOne } from './producing.js';
import type { State } from './records.js';
import { ACTIVITY, GATE, isIdle, isLink, MAX_INSTANT, ROLE, STATUS } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt, CONTROL, guard } from './refusals.js';
import { assertMay } from './registry.js';
import { closeLeases, loseLeases } from './slots.js';

const MAX_HEARTBEAT = 4_000n;
const MAX_AMOUNT = 10n ** 16n;
const MAX_WAKES = 8n;

export function cancelTask(model: Model, by: string, id: bigint): boolean {
  changeOne(model, judging.cancelled(model, by, id));
  return true;
}

export function cancelTasks(model: Model, by: string, ids: readonly bigint[]): readonly Verdict[] {
  return transact(
    model,
    judgeAll(ids, (id) => judging.cancelled(model, by, id)),
  );
}

export function expireTasks(model: Model, ids: readonly bigint[]): readonly Verdict[] {
  return transact(
    model,
    judgeAll(ids, (id) => judging.expired(model, id)),
  );
}

export function setPriority(model: Model, by: string, id: bigint, priority: bigint): boolean {
  const task = model.tasks.get(id);
  guard(task !== undefined, CONTROL.UNKNOWN_TASK);
  const config = model.templates[Number(task.template) - 1]?.configs[Number(task.version) - 1];
  guard(config !== undefined && priority <= config.maxPriority, CONTROL.PRIORITY);
  changeOne(model, judging.prioritized(model, by, id, priority));
  return true;
}

/** Adds to the reward of each step that is left. */
export function topUp(model: Model, by: string, id: bigint, amountUstx: bigint): bigint {
  const state = ownState(model, by, id);
  guard(amountUstx > 0n && amountUstx < MAX_AMOUNT, CONTROL.AMOUNT);
  guard(isIdle(state), CONTROL.STATE);
  const cost = amountUstx * state.steps;
  assertFunds(model, by, cost);
  const reward = state.reward + amountUstx;
  const floor = state.floor === state.reward ? reward : state.floor;
  const next = { ...state, reward, floor, escrow: state.escrow + cost };
  payIn(model, by, cost, { id, topic: 'task-topped-up', next });
  return reward;
}

/** Makes a new task like one that failed. */
export function requeue(model: Model, by: string, id: bigint, reward: bigint): bigint {
  const change = judging.requeued(model, by, id);
  const task = model.tasks.get(id);
  if (!task) throw new Error(`the model has no task ${id}`);
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.ENQUEUE);
  const { template, tag, payload } = task;
  const item = {
    ...{ owner: by, template, series: 0n, origin: id, clock: 0n, at: 0n, priority: change.next.lane % 16n },
    ...{ reward, rewardMin: null, deadline: null, hold: false, tag, key: null, parents: [], afterItems: [] },
    ...{ lax: false, payload },
  };
  return makeOne(model, item, () => changeOne(model, change));
}

export function heartbeat(model: Model, by: string, id: bigint, number: bigint, blocks: bigint): bigint {
  const state = heldState(model, by, id, number);
  guard(blocks >= 1n && blocks <= MAX_HEARTBEAT, CONTROL.TIME);
  const bound = state.claimed + state.maxLease;
  const wanted = model.now[0] + blocks < bound ? model.now[0] + blocks : bound;
  const until = wanted > state.until ? wanted : state.until;
  save(model, id, { ...state, until }, 'task-heartbeat');
  tell(model, 'task-progressed', { id, attempt: number, progress: '0b' });
  return until;
}

/** On the word of a bonded worker alone no task is given up that has attempts left. */
export function fail(
  model: Model,
  by: string,
  id: bigint,
  number: bigint,
  code: bigint,
  isRetryable: boolean,
): bigint {
  const state = heldState(model, by, id, number);
  closeLeases(model, by, [state.slot], { bad: 1n });
  const how: Ending = isRetryable || state.bonded ? 'failed' : 'failed-for-good';
  return changeOne(model, judging.ended(model, id, how, code));
}

export function release(model: Model, by: string, id: bigint, number: bigint): boolean {
  const state = heldState(model, by, id, number);
  closeLeases(model, by, [state.slot], {});
  changeOne(model, judging.ended(model, id, 'released', state.code));
  return true;
}

export function reclaim(model: Model, by: string, ids: readonly bigint[]): readonly Verdict[] {
  const changes = judgeAll(ids, (id) => judging.ended(model, id, 'reclaimed', 0n));
  const losses = changes.flatMap((change) => {
    if ('err' in change) return [];
    const { worker, slot, claimed, price } = change.ok.next;
    return worker === null ? [] : [{ worker, slot, claimed, reward: price }];
  });
  loseLeases(model, losses, by);
  return transact(model, changes);
}

export function releaseChildren(model: Model, n: bigint): bigint {
  guard(n >= 1n && n <= MAX_WAKES, CONTROL.TOO_MANY);
  return wake(model, n);
}

/** Gives a pending task its time, or another one. */
export function holdUntil(model: Model, by: string, id: bigint, moment: Moment): boolean {
  const state = ownState(model, by, id);
  guard(!isLink(state), CONTROL.SERIES_OWNED);
  guard(moment.at < MAX_INSTANT, CONTROL.TIME);
  transact(model, [{ ok: nextGate(model, id, GATE.NONE, 'task-scheduled', moment) }]);
  return true;
}

export function holdOpen(model: Model, by: string, id: bigint): boolean {
  changeOne(model, judging.unscheduled(model, by, id));
  return true;
}

export function cancelFor(model: Model, by: string, id: bigint): boolean {
  changeOne(model, judging.cancelledScheduled(model, by, id));
  return true;
}

function judgeAll(ids: readonly bigint[], judge: (id: bigint) => Change): readonly Verdict<Change>[] {
  guard(ids.length > 0, CONTROL.TOO_MANY);
  guard(new Set(ids).size === ids.length, CONTROL.TWICE);
  return ids.map((id) => attempt(() => judge(id)));
}

function heldState(model: Model, by: string, id: bigint, number: bigint): State {
  const state = stateToChange(model, id);
  guard(state.status === STATUS.RUNNING, CONTROL.STATE);
  guard(state.worker === by, CONTROL.NOT_HOLDER);
  guard(state.attempts === number, CONTROL.STALE_ATTEMPT);
  return state;
}
