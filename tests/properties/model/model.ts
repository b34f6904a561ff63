import type { Line } from './line.js';
import { createLine } from './line.js';
import type { Coordinator, Queue, State, Task, TaskType, Template, Worker } from './records.js';
import { isUnfinished } from './records.js';
import { guard, QUEUE } from './refusals.js';

/** All five contracts as plain maps and arrays. */
export interface Model {
  /** What the running call sees: Stacks height, Bitcoin height, block time, by clock number. */
  readonly now: [bigint, bigint, bigint];
  owner: string;
  nextOwner: string | null;
  readonly params: Map<string, bigint>;
  /** In the order of their index. */
  readonly coordinators: Map<string, Coordinator>;
  readonly workers: Map<string, Worker>;
  readonly types: TaskType[];
  readonly queues: Queue[];
  readonly templates: Template[];
  readonly tasks: Map<bigint, Task>;
  readonly states: Map<bigint, State>;
  /** Lanes by their number, due instants by `dueKey`. */
  readonly lines: Map<bigint, Line>;
  readonly balances: Map<string, bigint>;
  vaultUstx: bigint;
  /** What the running call did. */
  effects: Effects;
}

export interface Effects {
  readonly tasks: Set<bigint>;
  readonly workers: Set<string>;
  readonly lines: Set<bigint>;
  readonly events: { readonly topic: string; readonly id: bigint }[];
  readonly transitions: { readonly from: bigint; readonly to: bigint }[];
}

export function createModel(owner: string, balances: ReadonlyMap<string, bigint>): Model {
  return {
    now: [0n, 0n, 0n],
    owner,
    nextOwner: null,
    params: new Map([
      ['default-capacity', 8n],
      ['open-enqueue', 0n],
    ]),
    coordinators: new Map(),
    workers: new Map(),
    types: [],
    queues: [{ name: 'default', kind: 0n, class: 0n, strict: false, guardEvery: 0n }],
    templates: [],
    tasks: new Map(),
    states: new Map(),
    lines: new Map(),
    balances: new Map(balances),
    vaultUstx: 0n,
    effects: noEffects(),
  };
}

export function noEffects(): Effects {
  return { tasks: new Set(), workers: new Set(), lines: new Set(), events: [], transitions: [] };
}

/** The rewards of all unfinished tasks, in uSTX. */
export function liabilitiesUstx(states: Iterable<State>): bigint {
  let sum = 0n;
  for (const state of states) if (isUnfinished(state)) sum += state.reward;
  return sum;
}

export function lineAt(model: Model, key: bigint): Line {
  model.effects.lines.add(key);
  let line = model.lines.get(key);
  if (!line) {
    line = createLine();
    model.lines.set(key, line);
  }
  return line;
}

/** Writes a state and notes the event that tells it. */
export function save(model: Model, id: bigint, next: State, topic: string): void {
  const from = model.states.get(id)?.status ?? 0n;
  model.states.set(id, next);
  model.effects.tasks.add(id);
  model.effects.transitions.push({ from, to: next.status });
  model.effects.events.push({ topic, id });
}

export function balanceOf(model: Model, who: string): bigint {
  return model.balances.get(who) ?? 0n;
}

export function assertFunds(model: Model, who: string, amountUstx: bigint): void {
  guard(amountUstx <= balanceOf(model, who), QUEUE.INSUFFICIENT);
}

export function collect(model: Model, from: string, amountUstx: bigint): void {
  model.balances.set(from, balanceOf(model, from) - amountUstx);
  model.vaultUstx += amountUstx;
}

export function pay(model: Model, to: string, amountUstx: bigint): void {
  model.balances.set(to, balanceOf(model, to) + amountUstx);
  model.vaultUstx -= amountUstx;
}
