/** Records as the contracts keep them; ids, heights, seconds and uSTX are bigints, buffers hex, `none` null. */
export const STATUS = {
  NEW: 0n,
  PENDING: 1n,
  QUEUED: 2n,
  RUNNING: 3n,
  RETRYING: 4n,
  SUCCEEDED: 5n,
  FAILED: 6n,
  CANCELLED: 7n,
  EXPIRED: 8n,
} as const;

/** Where a pending task waits. */
export const GATE = { NONE: 0n, HOLD: 1n, PARENTS: 2n, TIME: 3n } as const;

/** Bits of `access`. */
export const ACCESS = { ONCHAIN: 1n, BONDED: 2n, STRICT: 4n } as const;

export const ROLE = {
  PRODUCER: 1n,
  WORKER: 2n,
  MANAGER: 4n,
  PUBLISHER: 8n,
  GUARDIAN: 16n,
  ADMIN: 32n,
} as const;

export const ACTIVITY = {
  NONE: 0n,
  ENQUEUE: 1n,
  CLAIM: 2n,
  EXECUTE: 4n,
  TRIGGER: 8n,
  SCHEDULE: 16n,
  PUBLISH: 32n,
  MANAGE: 64n,
  JOIN: 128n,
} as const;

export const CLASS = { GRANTED: 0n, BONDED: 1n } as const;

export const CLOCKS = [0n, 1n, 2n] as const;
/** Instants from here on cannot be kept. */
export const MAX_INSTANT = 2n ** 35n;

export interface Coordinator {
  readonly role: bigint;
  readonly capacity: bigint;
  readonly active: boolean;
  readonly index: bigint;
  readonly class: bigint;
}

/** `slots[n]` is the task in lease slot n. */
export interface Worker {
  readonly slots: (bigint | null)[];
  oldest: bigint;
  succeeded: bigint;
  failed: bigint;
  abandoned: bigint;
  earned: bigint;
  streak: bigint;
  stoodUntil: bigint;
}

export interface Bond {
  readonly amount: bigint;
  readonly leavingAt: bigint;
}

export interface TaskType {
  readonly name: string;
  readonly uri: string;
  readonly owner: string;
}

export interface Queue {
  readonly name: string;
  readonly kind: bigint;
  readonly class: bigint;
  readonly strict: boolean;
  readonly guardEvery: bigint;
}

export interface Handler {
  readonly contract: string;
  readonly hash: string;
}

export interface Config {
  readonly name: string;
  readonly queue: bigint;
  readonly priority: bigint;
  readonly maxPriority: bigint;
  readonly maxAttempts: bigint;
  readonly lease: bigint;
  readonly maxLease: bigint;
  readonly retryDelay: bigint;
  readonly doubling: boolean;
  readonly retryCap: bigint;
  readonly ttlSeconds: bigint;
  readonly minReward: bigint;
  readonly rampBlocks: bigint;
  readonly maxSteps: bigint;
  readonly open: boolean;
  readonly handler: Handler | null;
  readonly uri: string;
}

export interface Template {
  owner: string;
  readonly taskType: bigint;
  active: boolean;
  /** By version: the first is version 1. */
  readonly configs: Config[];
}

/** What a producer asks for. */
export interface TaskData {
  readonly priority: bigint | null;
  readonly reward: bigint;
  readonly rewardMin: bigint | null;
  readonly deadline: bigint | null;
  readonly hold: boolean;
  readonly tag: string | null;
  readonly key: string | null;
  readonly parents: readonly bigint[];
  readonly afterItems: readonly bigint[];
  readonly lax: boolean;
  readonly payload: string;
}

export interface Task {
  readonly owner: string;
  readonly template: bigint;
  readonly version: bigint;
  readonly tag: string | null;
  readonly deadline: bigint | null;
  readonly parents: readonly bigint[];
  readonly lax: boolean;
  readonly origin: bigint | null;
  readonly payload: string;
}

export interface State {
  readonly owner: string;
  readonly status: bigint;
  readonly gate: bigint;
  readonly lane: bigint;
  readonly access: bigint;
  readonly reward: bigint;
  readonly floor: bigint;
  readonly ramp: bigint;
  readonly price: bigint;
  readonly escrow: bigint;
  readonly lease: bigint;
  readonly maxLease: bigint;
  readonly maxAttempts: bigint;
  readonly delay: bigint;
  readonly doubling: boolean;
  readonly cap: bigint;
  readonly ttl: bigint;
  readonly expires: bigint;
  readonly attempts: bigint;
  readonly releases: bigint;
  readonly steps: bigint;
  readonly worker: string | null;
  readonly bonded: boolean;
  readonly slot: bigint;
  readonly claimed: bigint;
  readonly until: bigint;
  readonly retry: bigint;
  readonly list: bigint;
  readonly seq: bigint;
  readonly clock: bigint;
  readonly at: bigint;
  readonly series: bigint;
  readonly watched: boolean;
  readonly shared: boolean;
  readonly input: boolean;
  readonly stop: boolean;
  readonly code: bigint;
  readonly result: string;
  readonly ended: bigint;
}

export function isUnfinished(state: State): boolean {
  return state.status < STATUS.SUCCEEDED;
}

/** Whether it waits: at a gate, in its lane or for its next attempt. */
export function isIdle(state: State): boolean {
  return isUnfinished(state) && state.status !== STATUS.RUNNING;
}

/** The held occurrence that carries its series on. */
export function isLink(state: State): boolean {
  return state.series > 0n && state.status === STATUS.PENDING && state.claimed === 0n;
}
