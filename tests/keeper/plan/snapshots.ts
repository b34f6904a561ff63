import {
  createDraw,
  type Intent,
  type Lease,
  type Policy,
  planNext,
  type Snapshot,
  type Submission,
} from '@fac/keeper';

export const SELF = 'ST1SELF';
export const OTHER = 'ST2OTHER';

export const policy: Policy = {
  queues: [0n],
  onchainQueues: [],
  concurrency: 8,
  claimBatch: 2,
  maxInFlight: 20,
  heartbeatMarginBlocks: 4n,
  bumpAfterBlocks: 12n,
  feeCapUstx: 10_000n,
  isStopping: false,
};

/** Nothing to do, at height 100, nonce 5. */
export const quiet: Snapshot = {
  tip: { stacksHeight: 100n, burnHeight: 10n, timeSeconds: 1_000n },
  due: { stacks: null, burn: null, time: null },
  openLanes: [],
  lastTaskId: 0n,
  looseTaskId: undefined,
  executable: [],
  account: {
    address: SELF,
    nonce: 5n,
    inFlight: [],
    decided: [],
    setbacks: [],
    isSameKeySuspected: false,
  },
  worker: { isWorker: true, capacity: 8, leases: [] },
  otherWorkers: [],
  expired: [],
  hands: { running: [], outcomes: [] },
};

export type Facts = Omit<Partial<Snapshot>, 'account' | 'worker' | 'hands'> & {
  readonly account?: Partial<Snapshot['account']>;
  readonly worker?: Partial<Snapshot['worker']>;
  readonly hands?: Partial<Snapshot['hands']>;
};

/** A snapshot that differs from the quiet one in these facts. */
export function given({ account, worker, hands, ...rest }: Facts): Snapshot {
  return {
    ...quiet,
    ...rest,
    account: { ...quiet.account, ...account },
    worker: { ...quiet.worker, ...worker },
    hands: { ...quiet.hands, ...hands },
  };
}

export const plan = (facts: Facts, changes: Partial<Policy> = {}, seed = '100') =>
  planNext(given(facts), { ...policy, ...changes }, createDraw(seed));

export function lease(taskId: bigint, changes: Partial<Lease> = {}): Lease {
  return {
    taskId,
    attempt: 1n,
    template: 1n,
    typeName: 'echo',
    payload: new Uint8Array(0),
    owner: 'ST3OWNER',
    rewardUstx: 10n,
    claimedHeight: 95n,
    untilHeight: 195n,
    maxUntilHeight: 1_095n,
    leaseBlocks: 100n,
    isStopAsked: false,
    ...changes,
  };
}

export function sent(intent: Intent, changes: Partial<Submission> = {}) {
  const submission: Submission = {
    account: SELF,
    nonce: 5n,
    txid: 'a'.repeat(64),
    raw: new Uint8Array(0),
    intent,
    feeUstx: 1_000n,
    state: 'broadcast',
    sentHeight: 99n,
    ...changes,
  };
  return { submission, sighting: 'unseen' as const };
}

export const lane = (priority: bigint, queue = 0n) => ({ queue, priority });
export const running = (taskId: bigint) => ({ taskId, attempt: 1n, isAborted: false, progress: undefined });
export const done = (taskId: bigint) => ({
  kind: 'done' as const,
  taskId,
  attempt: 1n,
  result: new Uint8Array([1]),
});
