/** The refusals the model predicts, by contract and by the name the contract gives them. */
export const REGISTRY = {
  NOT_OWNER: 1000n,
  UNKNOWN: 1001n,
  ROLE: 1002n,
  CAPACITY: 1004n,
  SYSTEM_ONLY: 1005n,
  EXISTS: 1007n,
  BAD_VALUE: 1008n,
  PARAM_BOUNDS: 1012n,
} as const;

export const FACTORY = {
  NOT_OWNER: 1100n,
  UNKNOWN_TEMPLATE: 1101n,
  BAD_CONFIG: 1103n,
  UNKNOWN_TYPE: 1104n,
  UNKNOWN_QUEUE: 1105n,
  NAME_TAKEN: 1107n,
  NOT_ALLOWED: 1108n,
  NOT_YET: 1109n,
} as const;

export const QUEUE = {
  SCHEDULER_ONLY: 1200n,
  UNKNOWN_TASK: 1201n,
  PRIORITY: 1202n,
  REWARD_TOO_LOW: 1203n,
  EMPTY: 1204n,
  NOT_HOLDER: 1205n,
  STATE: 1206n,
  NOT_OWNER: 1207n,
  TIME: 1208n,
  KIND: 1210n,
  LEASE_LIVE: 1211n,
  TOO_MANY: 1212n,
  INSUFFICIENT: 1213n,
  STALE_ATTEMPT: 1215n,
  NOT_YET: 1219n,
} as const;

export const INDEX = { QUEUE_ONLY: 1250n } as const;

export const SCHEDULER = { PAST: 1302n, CLOCK: 1303n } as const;

const NAMES = new Map<bigint, string>(
  Object.entries({
    registry: REGISTRY,
    factory: FACTORY,
    queue: QUEUE,
    index: INDEX,
    scheduler: SCHEDULER,
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
