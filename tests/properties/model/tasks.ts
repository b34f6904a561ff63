import { resolve } from './factory.js';
import { append, remove } from './line.js';
import type { Model } from './model.js';
import { assertFunds, collect, lineAt, pay, save } from './model.js';
import type { State, TaskData } from './records.js';
import { MAX_INSTANT, STATUS } from './records.js';
import { guard, QUEUE, REGISTRY } from './refusals.js';
import { mayEnqueue } from './registry.js';

export interface Moment {
  readonly clock: bigint;
  readonly at: bigint;
}

/** The line of an instant of a clock. */
export function dueKey({ clock, at }: Moment): bigint {
  return 2n ** 64n + clock * 2n ** 40n + at;
}

/** Puts a task at the end of its lane, or of the instant it waits for. */
export function enter(
  model: Model,
  list: bigint,
  id: bigint,
): { readonly list: bigint; readonly seq: bigint } {
  return { list, seq: append(lineAt(model, list), id) };
}

export function enqueue(
  model: Model,
  owner: string,
  template: bigint,
  data: TaskData,
  moment?: Moment,
): bigint {
  guard(mayEnqueue(model, owner), REGISTRY.ROLE);
  const { version, config } = resolve(model, template, owner);
  const priority = data.priority ?? config.priority;
  guard(priority <= config.maxPriority, QUEUE.PRIORITY);
  guard(data.reward >= config.minReward, QUEUE.REWARD_TOO_LOW);
  guard(isServed(data), QUEUE.NOT_YET);
  assertFunds(model, owner, data.reward);
  guard(moment === undefined || moment.at < MAX_INSTANT, QUEUE.TIME);
  collect(model, owner, data.reward);
  const id = BigInt(model.tasks.size + 1);
  const lane = config.queue * 16n + priority;
  const isWaiting = moment !== undefined || data.hold;
  const place = moment ? enter(model, dueKey(moment), id) : data.hold ? NOWHERE : enter(model, lane, id);
  model.tasks.set(id, {
    owner,
    template,
    version,
    tag: null,
    deadline: null,
    parents: [],
    lax: false,
    origin: null,
    payload: data.payload,
    created: model.now[0],
  });
  const state: State = {
    ...BLANK,
    ...place,
    status: isWaiting ? STATUS.PENDING : STATUS.QUEUED,
    clock: moment?.clock ?? 0n,
    at: moment?.at ?? 0n,
    lane,
    reward: data.reward,
    lease: config.lease,
    maxLease: config.maxLease,
    maxAttempts: config.maxAttempts,
    delay: config.retryDelay,
    doubling: config.doubling,
    cap: config.retryCap,
  };
  save(model, id, state, 'task-enqueued');
  return id;
}

export function cancelTask(model: Model, by: string, id: bigint): boolean {
  const before = ownedState(model, by, id);
  guard(!before.stop, QUEUE.STATE);
  if (before.status === STATUS.RUNNING) {
    save(model, id, { ...before, stop: true }, 'task-stop-asked');
    return true;
  }
  guard(before.status < STATUS.SUCCEEDED, QUEUE.STATE);
  return endByCancel(model, by, id, before);
}

export function ownedState(model: Model, by: string, id: bigint): State {
  const state = model.states.get(id);
  guard(state !== undefined, QUEUE.UNKNOWN_TASK);
  guard(model.tasks.get(id)?.owner === by, QUEUE.NOT_OWNER);
  return state;
}

export function leaveLine(model: Model, state: State): void {
  if (state.seq > 0n) remove(lineAt(model, state.list), state.seq);
}

export function endByCancel(model: Model, owner: string, id: bigint, before: State): boolean {
  leaveLine(model, before);
  pay(model, owner, before.reward);
  const next = { ...before, ...NOWHERE, status: STATUS.CANCELLED, ended: model.now[0] };
  save(model, id, next, 'task-cancelled');
  return true;
}

export const NOWHERE = { list: 0n, seq: 0n } as const;

const BLANK: State = {
  status: STATUS.NEW,
  lane: 0n,
  reward: 0n,
  lease: 0n,
  maxLease: 0n,
  maxAttempts: 0n,
  delay: 0n,
  doubling: false,
  cap: 0n,
  attempts: 0n,
  worker: null,
  slot: 0n,
  claimed: 0n,
  until: 0n,
  list: 0n,
  seq: 0n,
  clock: 0n,
  at: 0n,
  stop: false,
  code: 0n,
  result: '',
  ended: 0n,
};

function isServed(data: TaskData): boolean {
  return (
    data.rewardMin === null &&
    data.deadline === null &&
    data.tag === null &&
    data.key === null &&
    data.parents.length === 0 &&
    data.afterItems.length === 0 &&
    !data.lax
  );
}
