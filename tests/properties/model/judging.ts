import type { Change } from './changes.js';
import type { Model } from './model.js';
import { dueKey, lettersKey } from './places.js';
import type { State } from './records.js';
import { GATE, isIdle, isLink, STATUS } from './records.js';
import { CONTROL, guard } from './refusals.js';

const FREE_RELEASES = 3n;
const MAX_DOUBLINGS = 16n;

export type Ending = 'failed' | 'failed-for-good' | 'reclaimed' | 'released' | 'not-ready';

export function stateToChange(model: Model, id: bigint): State {
  const state = model.states.get(id);
  guard(state !== undefined, CONTROL.UNKNOWN_TASK);
  return state;
}

/** The state of a task that only its owner may change, and that does not carry a series on. */
export function ownState(model: Model, by: string, id: bigint): State {
  const state = stateToChange(model, id);
  guard(state.owner === by, CONTROL.NOT_OWNER);
  return state;
}

export function isLate(model: Model, { expires }: State): boolean {
  return expires > 0n && model.now[2] >= expires;
}

/** While it runs, it is only asked to stop. */
export function cancelled(model: Model, by: string, id: bigint): Change {
  const state = ownState(model, by, id);
  assertNoLink(state);
  if (state.status === STATUS.RUNNING) {
    guard(!state.stop, CONTROL.STATE);
    return { id, topic: 'task-stop-asked', next: { ...state, stop: true }, answer: STATUS.RUNNING };
  }
  guard(isIdle(state), CONTROL.STATE);
  return over(model, id, state, STATUS.CANCELLED, 'task-cancelled');
}

export function cancelledScheduled(model: Model, by: string, id: bigint): Change {
  const state = ownState(model, by, id);
  assertNoLink(state);
  guard(isIdle(state), CONTROL.STATE);
  guard(state.gate === GATE.TIME, CONTROL.STATE);
  return over(model, id, state, STATUS.CANCELLED, 'task-cancelled');
}

export function cancelledLink(model: Model, by: string, id: bigint): Change {
  const state = ownState(model, by, id);
  guard(isIdle(state), CONTROL.STATE);
  guard(isLink(state), CONTROL.STATE);
  return over(model, id, state, STATUS.CANCELLED, 'task-cancelled');
}

export function expired(model: Model, id: bigint): Change {
  const state = stateToChange(model, id);
  guard(isIdle(state), CONTROL.STATE);
  guard(isLate(model, state), CONTROL.NOT_LATE);
  return over(model, id, state, STATUS.EXPIRED, 'task-expired');
}

export function unscheduled(model: Model, by: string, id: bigint): Change {
  const state = ownState(model, by, id);
  assertNoLink(state);
  guard(state.status === STATUS.PENDING && state.gate === GATE.TIME, CONTROL.STATE);
  const next = { ...state, gate: GATE.HOLD, clock: 0n, at: 0n };
  return { id, topic: 'task-unscheduled', next, list: null };
}

/** Into another lane, or where it waits the last of those of its instant. */
export function prioritized(model: Model, by: string, id: bigint, priority: bigint): Change {
  const state = ownState(model, by, id);
  assertNoLink(state);
  guard(isIdle(state), CONTROL.STATE);
  const lane = (state.lane / 16n) * 16n + priority;
  const instant = state.status === STATUS.RETRYING ? { clock: 0n, at: state.retry } : state;
  const waiting = state.seq > 0n ? dueKey(instant) : null;
  const list = state.status === STATUS.QUEUED ? lane : waiting;
  return { id, topic: 'task-prioritized', next: { ...state, lane }, list };
}

/** Out of the dead letters. */
export function requeued(model: Model, by: string, id: bigint): Change {
  const state = ownState(model, by, id);
  guard(state.status === STATUS.FAILED && state.seq > 0n, CONTROL.STATE);
  return { id, topic: 'task-requeued', next: state, list: null };
}

/** To another instant of its clock; its time to live begins when it is set free again. */
export function deferred(model: Model, id: bigint, at: bigint): Change {
  const state = stateToChange(model, id);
  guard(
    state.series > 0n && (state.status === STATUS.PENDING || state.status === STATUS.QUEUED),
    CONTROL.STATE,
  );
  const next = { ...state, status: STATUS.PENDING, gate: GATE.TIME, at, expires: 0n };
  return { id, topic: 'task-deferred', next, list: dueKey(next), isLink: true };
}

/** What becomes of a task whose attempt ends without success. */
export function ended(model: Model, id: bigint, how: Ending, code: bigint): Change {
  const state = stateToChange(model, id);
  guard(state.status === STATUS.RUNNING, CONTROL.STATE);
  guard(how !== 'reclaimed' || model.now[0] >= state.until, CONTROL.LEASE_LIVE);
  const isRelease = how === 'released';
  const isFree = how === 'not-ready' || (isRelease && state.releases < FREE_RELEASES);
  const isLast = how === 'failed-for-good' || (!isFree && state.attempts >= state.maxAttempts);
  const topic = how === 'failed-for-good' ? 'task-failed' : `task-${how}`;
  const tried: State = {
    ...state,
    ...{ gate: GATE.NONE, ended: model.now[0], code },
    releases: state.releases + (isRelease ? 1n : 0n),
    // The number of an attempt is never used twice: what costs none raises the most there may be.
    maxAttempts: state.maxAttempts + (isRelease && isFree ? 1n : 0n),
    attempts: how === 'not-ready' ? state.attempts - 1n : state.attempts,
  };
  if (state.stop) return { id, topic, next: { ...tried, status: STATUS.CANCELLED }, list: null };
  if (isLast) return { id, topic, next: { ...tried, status: STATUS.FAILED }, list: lettersKey(state.lane) };
  const retry = model.now[0] + delayAfter(state);
  const next = { ...tried, status: STATUS.RETRYING, retry, ended: 0n };
  return { id, topic, next, list: dueKey({ clock: 0n, at: retry }), answer: retry };
}

function over(model: Model, id: bigint, state: State, status: bigint, topic: string): Change {
  const next = { ...state, status, gate: GATE.NONE, ended: model.now[0] };
  return { id, topic, next, list: null, answer: status };
}

function assertNoLink(state: State): void {
  guard(!isLink(state), CONTROL.SERIES_OWNED);
}

/** Doubles the delay once per attempt already made, and stops at the cap. */
function delayAfter({ doubling, attempts, delay, cap }: State): bigint {
  const made = doubling && attempts > 0n ? attempts - 1n : 0n;
  const grown = delay * 2n ** (made < MAX_DOUBLINGS ? made : MAX_DOUBLINGS);
  return grown < cap ? grown : cap;
}
