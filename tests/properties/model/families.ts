import type { Model } from './model.js';
import { keep, stateIn } from './model.js';
import type { State } from './records.js';
import { isUnfinished, STATUS } from './records.js';

/** How the parents of a task stand. */
export interface Family {
  /** The first parent that has not ended. */
  readonly watch: bigint | null;
  /** Whether a parent ended without success, and the task does not run all the same. */
  readonly isBroken: boolean;
  /** Whether a parent is unknown or another owner's. */
  readonly isAlien: boolean;
}

/** What becomes of a task in a call: it begins to wait for a parent, or it is there with its state after the call. */
export interface Kin {
  readonly id: bigint;
  readonly watch: bigint | null;
  readonly state: State;
}

export function familyOf(model: Model, owner: string, parents: readonly bigint[], lax: boolean): Family {
  const states = parents.map((id) => ({ id, state: model.states.get(id) }));
  return {
    watch: states.find(({ state }) => !state || isUnfinished(state))?.id ?? null,
    isBroken: !lax && states.some(({ state }) => state !== undefined && state.status > STATUS.SUCCEEDED),
    isAlien: states.some(({ state }) => state?.owner !== owner),
  };
}

/**
 * Children join the families of their parents; those of parents that have ended are loose from then on, also when the
 * parent ends in the call in which the child joins.
 */
export function link(model: Model, kin: readonly Kin[]): void {
  for (const { id, watch } of kin) {
    if (watch === null) continue;
    const parent = stateIn(model, watch);
    if (isUnfinished(parent)) keep(model, watch, { ...parent, watched: true });
    model.families.set(watch, [...(model.families.get(watch) ?? []), id]);
  }
  for (const { id, state } of kin) {
    if (isUnfinished(state)) continue;
    model.loose.unshift(...(model.families.get(id) ?? []));
    model.families.delete(id);
  }
}

/** Takes up to `n` loose children. */
export function takeChildren(model: Model, n: bigint): readonly bigint[] {
  return model.loose.splice(0, Number(n));
}
