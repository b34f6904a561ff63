import { shift } from './line.js';
import type { Model } from './model.js';
import { lineAt, save } from './model.js';
import type { State, TaskData } from './records.js';
import { MAX_INSTANT, STATUS } from './records.js';
import { guard, QUEUE, SCHEDULER } from './refusals.js';
import type { Moment } from './tasks.js';
import { dueKey, endByCancel, enqueue, enter, leaveLine, NOWHERE, ownedState } from './tasks.js';

/** A trigger spends 1 for a task and 1 more for the first of a 128-instant window, and stops at this. */
const MAX_WEIGHT = 21;

export function schedule(model: Model, by: string, id: bigint, moment: Moment): boolean {
  assertFuture(model, moment);
  const before = ownedState(model, by, id);
  guard(before.status === STATUS.PENDING, QUEUE.STATE);
  guard(moment.at < MAX_INSTANT, QUEUE.TIME);
  leaveLine(model, before);
  save(model, id, { ...before, ...enter(model, dueKey(moment), id), ...moment }, 'task-scheduled');
  return true;
}

export function createAndSchedule(
  model: Model,
  by: string,
  template: bigint,
  data: TaskData,
  moment: Moment,
): bigint {
  assertFuture(model, moment);
  return enqueue(model, by, template, data, moment);
}

export function unschedule(model: Model, by: string, id: bigint): boolean {
  const before = scheduledState(model, by, id);
  leaveLine(model, before);
  save(model, id, { ...before, ...NOWHERE, clock: 0n, at: 0n }, 'task-unscheduled');
  return true;
}

export function cancelScheduled(model: Model, by: string, id: bigint): boolean {
  return endByCancel(model, by, id, scheduledState(model, by, id));
}

export function triggerDue(model: Model, clock: bigint, n: bigint) {
  guard(clock <= 2n, SCHEDULER.CLOCK);
  guard(n >= 1n && n <= 20n, QUEUE.TOO_MANY);
  let due = 0n;
  let spent = 0;
  let window = -1n;
  while (due < n && spent < MAX_WEIGHT) {
    const at = dueInstants(model, clock)[0];
    if (at === undefined || at > timeOn(model, clock)) break;
    spent += at / 128n === window ? 1 : 2;
    window = at / 128n;
    const id = shift(lineAt(model, dueKey({ clock, at })));
    const before = model.states.get(id);
    if (!before) throw new Error(`the model has no state of task ${id}`);
    save(model, id, { ...before, ...enter(model, before.lane, id), status: STATUS.QUEUED }, 'task-triggered');
    due += 1n;
  }
  return { due, created: 0n, paid: 0n };
}

export function timeOn(model: Model, clock: bigint): bigint {
  return model.now[Number(clock)] ?? 0n;
}

/** The instants of a clock at which a task waits, earliest first. */
export function dueInstants(model: Model, clock: bigint): readonly bigint[] {
  const first = dueKey({ clock, at: 0n });
  return [...model.lines]
    .filter(([key, line]) => key >= first && key < first + 2n ** 40n && line.live.length > 0)
    .map(([key]) => key - first)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The next tasks of a clock: at most four, and only of the first window of 128 instants that has any. */
export function nextDue(model: Model, clock: bigint) {
  const instants = dueInstants(model, clock);
  return instants
    .filter((at) => at / 128n === (instants[0] ?? 0n) / 128n)
    .flatMap((at) =>
      (model.lines.get(dueKey({ clock, at }))?.live ?? []).map(({ id }) => ({
        at,
        lane: model.states.get(id)?.lane ?? 0n,
        id,
      })),
    )
    .slice(0, 4);
}

function assertFuture(model: Model, { clock, at }: Moment): void {
  guard(clock <= 2n, SCHEDULER.CLOCK);
  guard(at > timeOn(model, clock), SCHEDULER.PAST);
}

function scheduledState(model: Model, by: string, id: bigint): State {
  const state = ownedState(model, by, id);
  guard(state.status === STATUS.PENDING && state.seq > 0n, QUEUE.STATE);
  return state;
}
