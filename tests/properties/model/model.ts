import type { Line } from './line.js';
import { createLine } from './line.js';
import type { Bond, Coordinator, Queue, State, Task, TaskType, Template, Worker } from './records.js';
import type { Series } from './series-record.js';
import type { Topic, Wait } from './topics.js';

/** All contracts as plain maps and arrays. */
export interface Model {
  /** What the running call sees: Stacks height, Bitcoin height, block time, by clock number. */
  readonly now: [bigint, bigint, bigint];
  /** Whoever deployed the contracts: what bonds lose goes there. */
  readonly sink: string;
  owner: string;
  nextOwner: string | null;
  /** Mask of paused activities. */
  pauses: bigint;
  /** The Stacks height at which claims were last paused no more. */
  claimResumed: bigint;
  readonly params: Map<string, bigint>;
  /** In the order of their index. */
  readonly coordinators: Map<string, Coordinator>;
  readonly workers: Map<string, Worker>;
  readonly bonds: Map<string, Bond>;
  readonly types: TaskType[];
  readonly queues: Queue[];
  readonly templates: Template[];
  readonly tasks: Map<bigint, Task>;
  readonly states: Map<bigint, State>;
  /** The task made for a key, by `keyOf`. */
  readonly keys: Map<string, bigint>;
  /** Lanes by their number, due instants by `dueKey`, dead letters by `lettersKey`. */
  readonly lines: Map<bigint, Line>;
  /** By queue; `turn`: tasks taken since the guard's last. */
  readonly guards: Map<bigint, { readonly every: bigint; readonly turn: bigint }>;
  /** The children that wait for each unfinished parent, as they joined. */
  readonly families: Map<bigint, bigint[]>;
  /** The children whose parent has ended and that nobody has looked at since, the next one first. */
  readonly loose: bigint[];
  /** In place of the payload: what the last step left, or what a topic published. */
  readonly inputs: Map<bigint, string>;
  /** uSTX by number of a series or account of a subscription. */
  readonly prepaid: Map<bigint, bigint>;
  readonly series: Map<bigint, Series>;
  readonly topics: Map<string, Topic>;
  /** By task: the place in which it waits for a topic. */
  readonly waiting: Map<bigint, Wait>;
  /** The account of the newest subscription. */
  lastAccount: bigint;
  readonly credits: Map<string, bigint>;
  /** The hash of the code of each handler. */
  readonly codeHashes: Map<string, string>;
  readonly balances: Map<string, bigint>;
  vaultUstx: bigint;
  registryUstx: bigint;
  sinkCredit: bigint;
  /** What the running call did. */
  effects: Effects;
}

export interface Effects {
  readonly tasks: Set<bigint>;
  readonly workers: Set<string>;
  readonly lines: Set<bigint>;
  readonly series: Set<bigint>;
  readonly topics: Set<string>;
  /** What the contracts print, in this order. */
  readonly events: object[];
  readonly transitions: { readonly from: bigint; readonly to: bigint }[];
  /** What the call was refused inside, when that is not its own answer. */
  readonly refusals: bigint[];
  /** The ways of series, topics and subscriptions that it went, by name. */
  readonly ways: string[];
}

export function createModel(owner: string, balances: ReadonlyMap<string, bigint>): Model {
  return {
    now: [0n, 0n, 0n],
    sink: owner,
    owner,
    nextOwner: null,
    pauses: 0n,
    claimResumed: 0n,
    params: new Map([
      ['default-capacity', 8n],
      ['bonded-capacity', 2n],
      ['open-enqueue', 0n],
      ['open-execute', 0n],
      ['trigger-share-bps', 0n],
      ['bond-min', 100_000_000n],
      ['bond-cut-bps', 1_000n],
      ['reclaimer-bps', 1_000n],
      ['unbonding-blocks', 44_000n],
      ['strike-limit', 10n],
      ['stand-down-blocks', 1_000n],
    ]),
    coordinators: new Map(),
    workers: new Map(),
    bonds: new Map(),
    types: [],
    queues: [{ name: 'default', kind: 0n, class: 0n, strict: false, guardEvery: 0n }],
    templates: [],
    tasks: new Map(),
    states: new Map(),
    keys: new Map(),
    lines: new Map(),
    guards: new Map(),
    families: new Map(),
    loose: [],
    inputs: new Map(),
    prepaid: new Map(),
    series: new Map(),
    topics: new Map(),
    waiting: new Map(),
    lastAccount: 2n ** 64n,
    credits: new Map(),
    codeHashes: new Map(),
    balances: new Map(balances),
    vaultUstx: 0n,
    registryUstx: 0n,
    sinkCredit: 0n,
    effects: noEffects(),
  };
}

export function noEffects(): Effects {
  return {
    ...{ tasks: new Set(), workers: new Set(), lines: new Set(), series: new Set(), topics: new Set() },
    ...{ events: [], transitions: [], refusals: [], ways: [] },
  };
}

export function timeOn(model: Model, clock: bigint): bigint {
  return model.now[Number(clock)] ?? 0n;
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

export function stateIn(model: Model, id: bigint): State {
  const state = model.states.get(id);
  if (!state) throw new Error(`the model has no state of task ${id}`);
  return state;
}

/** Notes what a contract prints. */
export function tell(model: Model, topic: string, record: object): void {
  model.effects.events.push({ ...record, topic });
}

/** Writes a state of which nothing is printed. */
export function keep(model: Model, id: bigint, next: State): void {
  const from = model.states.get(id)?.status ?? 0n;
  model.states.set(id, next);
  model.effects.tasks.add(id);
  model.effects.transitions.push({ from, to: next.status });
}

/** Writes a state and notes the event that tells it. */
export function save(model: Model, id: bigint, next: State, topic: string): void {
  keep(model, id, next);
  tell(model, topic, { ...next, id });
}
