import { agree } from './agree.js';
import type { Model } from './model/model.js';
import { isDue, isLane } from './model/places.js';
import type { State } from './model/records.js';
import { GATE, isUnfinished, STATUS } from './model/records.js';

/** What must hold of every task whatever was called; the chain's records are known to be the model's. */
export function checkStanding(model: Model): void {
  for (const [id, state] of model.states) {
    agree(`where task ${id} waits`, placeOf(state), expectedPlace(state));
    agree(`task ${id} has at most its attempts`, state.attempts <= state.maxAttempts, true);
    agree(`task ${id} has an escrow only while it lasts`, isUnfinished(state) || state.escrow === 0n, true);
    agree(`task ${id} can be paid`, !isUnfinished(state) || state.price <= state.escrow, true);
  }
  checkLeases(model);
  checkChildren(model);
}

function placeOf({ seq, list }: State): string {
  if (seq === 0n) return 'nowhere';
  if (isDue(list)) return 'due';
  return isLane(list) ? 'lane' : 'letters';
}

function expectedPlace(state: State): string {
  if (state.status === STATUS.QUEUED) return 'lane';
  if (state.status === STATUS.RETRYING || state.gate === GATE.TIME) return 'due';
  // A failed task leaves the dead letters when it is made again.
  return state.status === STATUS.FAILED && state.seq > 0n ? 'letters' : 'nowhere';
}

/** Each running task holds one lease, and each lease is of a running task. */
function checkLeases(model: Model): void {
  const held = [...model.workers].flatMap(([worker, { slots }]) =>
    slots.flatMap((id, slot) => (id === null ? [] : `${id} ${worker} ${slot}`)),
  );
  const running = [...model.states].flatMap(([id, { status, worker, slot }]) =>
    status === STATUS.RUNNING ? `${id} ${worker} ${slot}` : [],
  );
  agree('the leases', held.sort(), running.sort());
}

/** No child is left behind: each waits in the family of a parent that has not ended, or is loose. */
function checkChildren(model: Model): void {
  const waiting = [...model.families].flatMap(([parent, children]) => {
    agree(`parent ${parent} lasts`, isUnfinished(model.states.get(parent) as State), true);
    return children;
  });
  const known = new Set([...waiting, ...model.loose]);
  agree('no child waits twice', known.size, waiting.length + model.loose.length);
  for (const [id, state] of model.states)
    if (state.status === STATUS.PENDING && state.gate === GATE.PARENTS)
      agree(`child ${id} is waiting or loose`, known.has(id), true);
}
