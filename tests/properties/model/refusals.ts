/** The refusals the model predicts, by contract and by the name the contract gives them. */
export const REGISTRY = {
  NOT_OWNER: 1000n,
  UNKNOWN: 1001n,
  ROLE: 1002n,
  PAUSED: 1003n,
  CAPACITY: 1004n,
  SYSTEM_ONLY: 1005n,
  BUSY: 1006n,
  EXISTS: 1007n,
  BAD_VALUE: 1008n,
  BOND: 1009n,
  UNBONDING: 1010n,
  STOOD_DOWN: 1011n,
  PARAM_BOUNDS: 1012n,
  TRANSFER: 1013n,
} as const;

export const FACTORY = {
  NOT_OWNER: 1100n,
  UNKNOWN_TEMPLATE: 1101n,
  INACTIVE: 1102n,
  BAD_CONFIG: 1103n,
  UNKNOWN_TYPE: 1104n,
  UNKNOWN_QUEUE: 1105n,
  KIND_MISMATCH: 1106n,
  NAME_TAKEN: 1107n,
  NOT_ALLOWED: 1108n,
  HANDLER_HASH: 1110n,
  QUEUE_ONLY: 1111n,
  PRIORITY: 1112n,
  REWARD_TOO_LOW: 1113n,
  INSUFFICIENT: 1114n,
  TIME: 1115n,
  DEADLINE: 1116n,
  PARENT: 1117n,
} as const;

export const QUEUE = {
  SYSTEM_ONLY: 1200n,
  UNKNOWN_TASK: 1201n,
  EMPTY: 1204n,
  NOT_HOLDER: 1205n,
  STATE: 1206n,
  KIND: 1210n,
  TOO_MANY: 1212n,
  INSUFFICIENT: 1213n,
  PAYER: 1214n,
  STALE_ATTEMPT: 1215n,
  DEADLINE: 1216n,
  NO_CREDIT: 1218n,
  NOT_DUE: 1220n,
} as const;

export const CONTROL = {
  SCHEDULER_ONLY: 1230n,
  UNKNOWN_TASK: 1231n,
  PRIORITY: 1232n,
  NOT_HOLDER: 1233n,
  STATE: 1234n,
  NOT_OWNER: 1235n,
  TIME: 1236n,
  STALE_ATTEMPT: 1237n,
  LEASE_LIVE: 1238n,
  TOO_MANY: 1239n,
  TWICE: 1240n,
  SERIES_OWNED: 1241n,
  NOT_LATE: 1242n,
  AMOUNT: 1243n,
  KIND: 1244n,
} as const;

/** The code of a child that was cancelled because a parent did not succeed. */
export const PARENT_FAILED = 1209n;

export const INDEX = { QUEUE_ONLY: 1250n } as const;

export const GRAPH = { QUEUE_ONLY: 1270n } as const;

export const SCHEDULER = {
  UNKNOWN_SERIES: 1301n,
  PAST: 1302n,
  CLOCK: 1303n,
  NOT_OWNER: 1304n,
  SERIES_STATUS: 1307n,
  INTERVAL: 1308n,
  RUNS: 1309n,
  HANDLER: 1310n,
  SELF_ONLY: 1311n,
  TRIGGER_FIRST: 1312n,
  TOO_MANY: 1315n,
  BAD_VALUE: 1317n,
  TIME: 1318n,
} as const;

export const TOPICS = {
  UNKNOWN_TOPIC: 1350n,
  NOT_OWNER: 1351n,
  TOPIC_TAKEN: 1352n,
  NOT_HELD: 1353n,
  TOO_MANY: 1354n,
  UNKNOWN_SUBSCRIPTION: 1355n,
  RUNS: 1356n,
  BAD_VALUE: 1357n,
} as const;

const NAMES = new Map<bigint, string>(
  Object.entries({
    'coordinator-registry': REGISTRY,
    'async-task-factory': FACTORY,
    'async-queue': QUEUE,
    'task-control': CONTROL,
    'task-index': INDEX,
    'task-graph': GRAPH,
    'task-scheduler': SCHEDULER,
    'task-topics': TOPICS,
  }).flatMap(([contract, codes]) =>
    Object.entries(codes).map(([name, code]) => [code, `${contract} ERR_${name}`] as const),
  ),
);

/** The name of a refusal, for reports. */
export function nameOf(code: bigint): string {
  return NAMES.get(code) ?? `u${code}`;
}

/** Every refusal the model knows. */
export const ALL_REFUSALS: readonly bigint[] = [...NAMES.keys()];

export class Refusal extends Error {
  constructor(readonly code: bigint) {
    super(nameOf(code));
  }
}

/** Refuses a call with `code` unless `claim` holds. Every guard of the model stands before its first effect. */
export function guard(claim: boolean, code: bigint): asserts claim {
  if (!claim) throw new Refusal(code);
}

export type Verdict<T = bigint> = { readonly ok: T } | { readonly err: bigint };

/** What one item of a list comes to: a refusal of it does not hinder the others. */
export function attempt<T>(act: () => T): Verdict<T> {
  try {
    return { ok: act() };
  } catch (error) {
    if (error instanceof Refusal) return { err: error.code };
    throw error;
  }
}
