import { z } from 'zod';
import { LocalnetError } from '../errors.js';

/** Where the chain stands. Heights and times are plain numbers; times are Unix seconds of the chain. */
export interface ControlState {
  readonly stacksHeight: number;
  readonly burnHeight: number;
  readonly timeSeconds: number;
  readonly indexBlockHash: string;
  readonly pending: number;
  readonly isPaused: boolean;
}

export interface ControlFork {
  readonly ancestor: string;
  readonly ancestorHeight: number;
  /** Index block hashes that are no longer part of the chain, the oldest first. */
  readonly orphaned: readonly string[];
  /** Ids of the transactions that waited again. */
  readonly returned: readonly string[];
  readonly dropped: readonly string[];
  readonly state: ControlState;
}

export type ControlFault =
  | { readonly kind: 'drop-request' | 'drop-response' | 'duplicate' | 'html' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds?: number | undefined }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string | undefined };

export interface ControlRule {
  /** A path, `*` for any part of it; /localnet is never touched. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'OPTIONS' | undefined;
  /** So many requests pass before it begins. @default 0 */
  readonly skip?: number | undefined;
  /** How many requests it meets; null for all. @default 1 */
  readonly times?: number | null | undefined;
  readonly fault: ControlFault;
}

/** What a test may ask of a node started with `--faults`. Every call throws `LocalnetError` where the node refuses. */
export interface LocalnetControl {
  state(): Promise<ControlState>;
  /** Mines at once: Stacks blocks, then Bitcoin blocks; one Stacks block if nothing is asked for. */
  mine(request?: { stacksBlocks?: number; burnBlocks?: number }): Promise<ControlState>;
  /** Mines until every target is reached. */
  advance(target: {
    stacksHeight?: number;
    burnHeight?: number;
    timeSeconds?: number;
  }): Promise<ControlState>;
  pause(): Promise<ControlState>;
  resume(): Promise<ControlState>;
  /** Remembers the chain and its mempool; the id is for `revert`, as often as one likes. */
  snapshot(): Promise<string>;
  revert(id: string): Promise<ControlState>;
  /** Takes `depth` blocks off and mines `blocks` (depth + 1) on another branch. */
  fork(request: {
    depth: number;
    drop?: readonly string[];
    order?: readonly string[];
    blocks?: number;
  }): Promise<ControlFork>;
  /** Ends the worker that holds the contracts, as a crash would. */
  killWorker(): Promise<ControlState>;
  /** Returns the rule's id. */
  addFault(rule: ControlRule): Promise<string>;
  /** One rule, or all. */
  clearFaults(id?: string): Promise<void>;
  /** The answers about the tip stay what they are now, while the chain goes on. */
  freezeTip(): Promise<void>;
  thawTip(): Promise<void>;
  /** Makes space dear: estimates rise, and who pays less waits. The node's floor is 1. */
  setFeeRate(ustxPerByte: number): Promise<void>;
}

const STATE = z
  .object({
    stacks_tip_height: z.number(),
    burn_block_height: z.number(),
    block_time: z.number(),
    index_block_hash: z.string(),
    pending: z.number(),
    paused: z.boolean(),
  })
  .transform(
    (state): ControlState => ({
      stacksHeight: state.stacks_tip_height,
      burnHeight: state.burn_block_height,
      timeSeconds: state.block_time,
      indexBlockHash: state.index_block_hash,
      pending: state.pending,
      isPaused: state.paused,
    }),
  );
const FORK = z
  .object({
    ancestor: z.string(),
    ancestor_height: z.number(),
    orphaned: z.array(z.string()),
    returned: z.array(z.string()),
    dropped: z.array(z.string()),
    state: STATE,
  })
  .transform(({ ancestor_height: ancestorHeight, ...fork }): ControlFork => ({ ...fork, ancestorHeight }));
const ID = z.object({ id: z.string() });
const ANYTHING = z.object({});

/** A client for the control of the node at `url`. */
export function createLocalnetControl(url: string): LocalnetControl {
  async function ask<S extends z.ZodType>(schema: S, name: string, body?: object): Promise<z.output<S>> {
    const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(new URL(`/localnet/${name}`, url), {
      ...request,
      headers: { 'content-type': 'application/json' },
    });
    const text = await response.text();
    if (!response.ok) {
      const code = response.status < 500 ? 'INVALID_REQUEST' : 'REJECTED_SIMNET';
      throw new LocalnetError(code, `${name}: ${reasonOf(text)}`);
    }
    return schema.parse(JSON.parse(text));
  }

  return {
    state: () => ask(STATE, 'state'),
    mine: ({ stacksBlocks, burnBlocks } = {}) =>
      ask(STATE, 'mine', { stacks_blocks: stacksBlocks, burn_blocks: burnBlocks }),
    advance: ({ stacksHeight, burnHeight, timeSeconds }) =>
      ask(STATE, 'advance', { stacks_height: stacksHeight, burn_height: burnHeight, time: timeSeconds }),
    pause: () => ask(STATE, 'pause', {}),
    resume: () => ask(STATE, 'resume', {}),
    snapshot: async () => (await ask(ID, 'snapshot', {})).id,
    revert: (id) => ask(STATE, 'revert', { id }),
    fork: (request) => ask(FORK, 'fork', request),
    killWorker: () => ask(STATE, 'kill-worker', {}),
    addFault: async ({ fault, ...rule }) =>
      (await ask(ID, 'faults', { ...rule, action: actionJson(fault) })).id,
    async clearFaults(id) {
      await ask(ANYTHING, 'faults/clear', { id });
    },
    async freezeTip() {
      await ask(ANYTHING, 'tip', { frozen: true });
    },
    async thawTip() {
      await ask(ANYTHING, 'tip', { frozen: false });
    },
    async setFeeRate(ustxPerByte) {
      await ask(ANYTHING, 'fees', { ustx_per_byte: ustxPerByte });
    },
  };
}

const REFUSAL = z.object({ error: z.string() });

function reasonOf(text: string): string {
  try {
    return REFUSAL.parse(JSON.parse(text)).error;
  } catch {
    return text;
  }
}

function actionJson(fault: ControlFault): object {
  switch (fault.kind) {
    case 'delay':
      return { kind: fault.kind, delay_ms: fault.delayMs };
    case 'rate-limit':
      return { kind: fault.kind, retry_after: fault.retryAfterSeconds };
    default:
      return fault;
  }
}
