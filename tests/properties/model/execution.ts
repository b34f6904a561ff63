import { changeOne } from './changes.js';
import type { Ending } from './judging.js';
import { ended, isLate } from './judging.js';
import { complete, letGo, priceOf } from './leases.js';
import type { Model } from './model.js';
import { save, timeOn } from './model.js';
import { pay } from './money.js';
import { advance, isHeldBySeries, turnOf } from './occurrences.js';
import type { Moment } from './places.js';
import { dueKey, NOWHERE, relocate } from './places.js';
import type { State } from './records.js';
import { ACCESS, ACTIVITY, GATE, isIdle, ROLE, STATUS } from './records.js';
import type { Verdict } from './refusals.js';
import { attempt, CONTROL, guard, QUEUE, SCHEDULER } from './refusals.js';
import { assertMay } from './registry.js';
import { closeLeases } from './slots.js';

/** What the handler does for the first byte of a payload; it succeeds on any other. */
const FAILURES = new Map<string, { readonly how: Ending; readonly code: bigint }>([
  ['01', { how: 'failed', code: 42n }],
  ['02', { how: 'not-ready', code: 2_999n }],
  // It has nothing to move.
  ['03', { how: 'failed', code: 1n }],
  // On-chain work is neither given back nor completed by hand, not even by its handler.
  ['05', { how: 'failed', code: CONTROL.KIND }],
  ['06', { how: 'failed', code: QUEUE.KIND }],
]);
/** When the next step is that it asks for. */
const AGAIN = new Map<string, { readonly clock: bigint; readonly after: bigint }>([
  ['04', { clock: 0n, after: 2n }],
  ['07', { clock: 0n, after: 0n }],
  ['08', { clock: 2n, after: 25n }],
]);
const CODE_NO_STEP = 2_200n;
const CODE_AGAIN_PAST = 2_201n;

/** A task and the handler to run it with. */
export interface Execution {
  readonly id: bigint;
  readonly handler: string;
}

/** Whether a task may be executed now: queued, or its retry or instant has come. */
export function isDueNow(model: Model, state: State): boolean {
  return (
    state.status === STATUS.QUEUED ||
    (state.status === STATUS.RETRYING && model.now[0] >= state.retry) ||
    (state.gate === GATE.TIME && timeOn(model, state.clock) >= state.at)
  );
}

export function execute(model: Model, by: string, item: Execution): bigint {
  assertMay(model, by, ROLE.WORKER, ACTIVITY.EXECUTE);
  return run(model, by, item, true);
}

/** One that is refused does not hinder the others. */
export function executeTasks(model: Model, by: string, items: readonly Execution[]): readonly Verdict[] {
  assertMay(model, by, ROLE.WORKER, ACTIVITY.EXECUTE);
  guard(items.length > 0, SCHEDULER.TOO_MANY);
  return items.map((item) => attempt(() => run(model, by, item, false)));
}

function run(model: Model, by: string, { id, handler }: Execution, isAlone: boolean): bigint {
  const before = model.states.get(id);
  const task = model.tasks.get(id);
  guard(before !== undefined && task !== undefined, QUEUE.UNKNOWN_TASK);
  guard((before.access & ACCESS.ONCHAIN) > 0n, QUEUE.KIND);
  guard(isIdle(before), QUEUE.STATE);
  guard(isDueNow(model, before), QUEUE.NOT_DUE);
  guard(!isLate(model, before), QUEUE.DEADLINE);
  const config = model.templates[Number(task.template) - 1]?.configs[Number(task.version) - 1];
  guard(config?.handler?.contract === handler, SCHEDULER.HANDLER);
  const turn = isHeldBySeries(model, before.series, id) ? turnOf(model, before.series) : undefined;
  guard(!turn || (isAlone && turn.what !== 'put off'), SCHEDULER.TRIGGER_FIRST);

  relocate(model, [{ id, from: before, list: null }]);
  const [height] = model.now;
  const begun: State = {
    ...{ ...before, ...NOWHERE, status: STATUS.RUNNING, gate: GATE.NONE, attempts: before.attempts + 1n },
    ...{ worker: by, claimed: height, until: height, ttl: 0n, price: priceOf(model, before) },
  };
  save(model, id, begun, 'task-executing');
  if (turn) advance(model, [turn]);

  const payload = (begun.input ? model.inputs.get(id) : undefined) ?? task.payload;
  const order = payload.slice(0, 2);
  const failure = FAILURES.get(order);
  if (failure) {
    model.effects.refusals.push(failure.code);
    changeOne(model, ended(model, id, failure.how, failure.code));
    return 0n;
  }
  const again = AGAIN.get(order);
  if (!again) return settle(model, by, id, begun, payload, 0n);
  if (again.after === 0n) return settle(model, by, id, begun, payload, CODE_AGAIN_PAST);
  if (begun.steps <= 1n || begun.stop) return settle(model, by, id, begun, payload, CODE_NO_STEP);
  const moment = { clock: again.clock, at: timeOn(model, again.clock) + again.after };
  return goOn(model, by, id, begun, payload, moment);
}

/** Pays for a step and lets the task wait for the next one; what it began in time has no deadline any more. */
function goOn(model: Model, by: string, id: bigint, begun: State, payload: string, moment: Moment): bigint {
  const [place] = relocate(model, [{ id, from: NOWHERE, list: dueKey(moment) }]);
  const next: State = {
    ...{ ...begun, ...moment, ...place, status: STATUS.PENDING, gate: GATE.TIME, steps: begun.steps - 1n },
    ...{ attempts: 0n, price: 0n, escrow: begun.escrow - begun.price, result: payload, code: 0n },
    ...{ expires: 0n, input: true },
  };
  model.inputs.set(id, payload.slice(2));
  closeLeases(model, by, [], { good: 1n, earned: begun.price });
  save(model, id, next, 'task-continued');
  pay(model, by, begun.price);
  return begun.price;
}

function settle(model: Model, by: string, id: bigint, begun: State, result: string, code: bigint): bigint {
  const item = { id, attempt: begun.attempts, result };
  const { price } = complete(model, by, item, ACCESS.ONCHAIN, code);
  closeLeases(model, by, [], { good: 1n, earned: price });
  pay(model, by, price);
  letGo(model, [id]);
  return price;
}
