import type { NodeRejection } from './node-rejection.js';

/** A contract's `(err uN)`, by name. */
export interface ContractError {
  readonly code: bigint;
  /** `ERR_PRIORITY`, or `UNKNOWN` for a number no contract of ours has. */
  readonly name: string;
  readonly meaning: string;
  /** The contract whose number it is; it may have been called by another. */
  readonly contract: string;
  readonly function: string;
}

interface Argument {
  /** `async-queue.enqueue-task`. */
  readonly function: string;
  /** `data.payload`; empty for the whole. */
  readonly path: string;
  readonly came: string;
  readonly expected: string;
}

interface Request {
  /** Host and port alone: the URL may carry credentials. */
  readonly host: string;
  /** `GET /v2/info`. */
  readonly endpoint: string;
}

interface Mined {
  readonly txid: string;
  readonly function: string;
}

interface EndedTask {
  readonly id: bigint;
  readonly attempts: bigint;
  readonly code: bigint;
}

/** What each error code tells beside its message. */
export interface FacErrorContexts {
  readonly INVALID_ARGUMENT: Argument;
  readonly OUT_OF_RANGE_ARGUMENT: Argument;
  readonly EXCEEDED_LENGTH: Argument;
  readonly EXPECTED_FIELD: Argument;
  readonly INVALID_FIELD: Argument;
  readonly OUT_OF_RANGE_UNIT: { readonly unit: string; readonly came: string };
  readonly INVALID_OPTION: { readonly option: string; readonly came: string; readonly expected: string };
  readonly INVALID_KEY: { readonly expected: string };
  readonly EXPECTED_SIGNER: { readonly function: string };
  readonly MISMATCH_NETWORK: { readonly signer: string; readonly deployer: string };
  readonly MISMATCH_ABI: Argument;
  readonly NOT_FOUND_CONTRACT: { readonly contract: string; readonly host: string };
  readonly NOT_FOUND_TASK: { readonly id: bigint };
  readonly REJECTED_BY_CONTRACT: ContractError & { readonly txid?: string | undefined };
  readonly REJECTED_BY_NODE: { readonly rejection: NodeRejection };
  readonly REJECTED_BY_RATE_LIMIT: Request & { readonly retryAfterMs: number | undefined };
  readonly REJECTED_CONNECTION: Request & { readonly cause: string };
  readonly REJECTED_REQUEST: Request & { readonly status: number; readonly detail: string };
  readonly REJECTED_READ: { readonly function: string; readonly cause: string };
  readonly REJECTED_POST_CONDITION: Mined;
  readonly REJECTED_RUNTIME: Mined & { readonly detail: string };
  readonly REJECTED_TRANSACTION: { readonly txid: string; readonly status: string };
  readonly REJECTED_TASK_FAILED: EndedTask;
  readonly REJECTED_TASK_CANCELLED: EndedTask;
  readonly REJECTED_TASK_EXPIRED: EndedTask;
  readonly INVALID_RESPONSE: Request & { readonly came: string; readonly expected: string };
  readonly NOT_FOUND_EVENT: { readonly contract: string; readonly pages: number };
  readonly TIMED_OUT_REQUEST: Request & { readonly timeoutMs: number };
  readonly TIMED_OUT_WAIT: { readonly what: string; readonly timeoutMs: number; readonly last: string };
}

/** The stable name of what went wrong. Codes are never reused. */
export type FacErrorCode = keyof FacErrorContexts;
