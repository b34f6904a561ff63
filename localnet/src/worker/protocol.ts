/**
 * What the main thread asks the simnet worker, and what it answers.
 * The worker serves one request at a time in the order of arrival, so a read never sees half a block.
 */
export type SpendComparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

/** What `principal` may spend (transfers and burns together), in microSTX. */
export interface StxCondition {
  readonly kind: 'stx';
  readonly principal: string;
  readonly comparison: SpendComparison;
  readonly amountUstx: bigint;
}

/** What `principal` may spend of a fungible token, in the token's smallest unit. */
export interface FtCondition {
  readonly kind: 'ft';
  readonly principal: string;
  /** `ADDRESS.contract::token`, as simnet's events name it. */
  readonly assetId: string;
  readonly comparison: SpendComparison;
  readonly amount: bigint;
}

/** `maybe-sent` always holds: it only covers the token. SIP-040. */
export type NftRule = 'sent' | 'not-sent' | 'maybe-sent';

/** Whether `principal` gives up one token. */
export interface NftCondition {
  readonly kind: 'nft';
  readonly principal: string;
  readonly assetId: string;
  /** The token's id, serialized. */
  readonly valueHex: string;
  readonly rule: NftRule;
}

/** What a transaction's sender demands of what it moves. SIP-005, "Transaction Post-conditions". */
export type PostCondition = StxCondition | FtCondition | NftCondition;

export type PostConditionMode = 'allow' | 'deny' | 'originator';

export type TransactionAction =
  | {
      readonly kind: 'call';
      readonly contractId: string;
      readonly functionName: string;
      readonly argumentHexes: readonly string[];
    }
  | {
      readonly kind: 'transfer';
      readonly recipient: string;
      readonly amountUstx: bigint;
      readonly memoHex: string;
    }
  | {
      readonly kind: 'deploy';
      readonly contractName: string;
      readonly source: string;
      readonly clarityVersion: number;
    };

/** A verified transaction, reduced to what running it needs. */
export interface RunnableTransaction {
  readonly txid: string;
  readonly sender: string;
  /** Who pays the fee: the sponsor of a sponsored transaction, else the sender. */
  readonly payer: string;
  readonly feeUstx: bigint;
  readonly action: TransactionAction;
  readonly mode: PostConditionMode;
  readonly conditions: readonly PostCondition[];
}

/** What running took, in the node's five dimensions: lengths in bytes, runtime in Clarity's own units (SIP-006). */
export interface ExecutionCost {
  readonly readCount: number;
  readonly readLength: number;
  readonly writeCount: number;
  readonly writeLength: number;
  readonly runtime: number;
}

export const NO_COST: ExecutionCost = {
  readCount: 0,
  readLength: 0,
  writeCount: 0,
  writeLength: 0,
  runtime: 0,
};

/** An event as simnet prints it. */
export interface SimnetEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, string>>;
}

export type TransactionStatus = 'success' | 'abort_by_response' | 'abort_by_post_condition';

export interface RanOutcome {
  readonly kind: 'ran';
  readonly txid: string;
  readonly status: TransactionStatus;
  readonly resultHex: string;
  readonly events: readonly SimnetEvent[];
  readonly vmError: string | null;
  /** Nothing where simnet measures nothing: transfers (free on the network, too) and runtime errors. */
  readonly cost: ExecutionCost;
}

export type Outcome =
  | RanOutcome
  /** Not run and not charged now: the payer cannot pay, the block is full, or the tenure's budget is used up. */
  | { readonly kind: 'left'; readonly txid: string; readonly reason: 'funds' | 'full' | 'budget' }
  /** Not run, and never will be: it alone costs more than a whole tenure may. */
  | { readonly kind: 'dropped'; readonly txid: string; readonly reason: 'TooExpensive' };

export interface ChainTip {
  readonly stacksHeight: number;
  readonly burnHeight: number;
  readonly timeSeconds: number;
}

export interface GenesisAccount {
  readonly address: string;
  readonly balanceUstx: bigint;
}

/** A contract that is there from the start, as the requirements of a project are. */
export interface GenesisContract {
  readonly contractId: string;
  readonly source: string;
  readonly clarityVersion: number;
}

export interface WorkerInput {
  readonly genesisTimeMs: number;
  readonly accounts: readonly GenesisAccount[];
  readonly contracts: readonly GenesisContract[];
  /** For tests: go on as if the self-test of restoring had failed. */
  readonly withoutRestore: boolean;
}

/** What may still be spent in this tenure, and what a whole tenure may spend. */
export interface CostBudget {
  readonly remaining: ExecutionCost;
  readonly limit: ExecutionCost;
}

export interface BuiltBlock {
  readonly tip: ChainTip;
  readonly outcomes: readonly Outcome[];
  /** Of everybody whose STX the block may have moved, as they are after it. */
  readonly accounts: readonly AccountOf[];
}

/**
 * `replay`: a transaction had to be undone and memory cannot be restored. The worker's state is spoilt; a new one,
 * brought to the same tip, builds the block when it is told the outcome in `settled`.
 */
export type BuildReply =
  | ({ readonly kind: 'built' } & BuiltBlock)
  | { readonly kind: 'replay'; readonly settled: RanOutcome };

/** The text is Clarity's own wording; `notFound` tells a missing thing from a failing one. */
export type ReadReply =
  | { readonly ok: true; readonly hex: string }
  | { readonly ok: false; readonly cause: string };

export interface AccountState {
  readonly balanceUstx: bigint;
  readonly lockedUstx: bigint;
  readonly unlockHeight: number;
}

export interface AccountOf extends AccountState {
  readonly principal: string;
}

export interface Requests {
  readonly 'build-block': {
    readonly bitcoin: boolean;
    readonly transactions: readonly RunnableTransaction[];
    /** How long running may take before the rest is left for the next block. */
    readonly budgetMs: number;
    /** Null when a known block is made again. */
    readonly budget: CostBudget | null;
    /** Outcomes known from before: of these transactions only the fee is charged. */
    readonly settled: readonly RanOutcome[];
  };
  /** Runs a transaction as the only one of the next block, and undoes it. */
  readonly simulate: { readonly transaction: RunnableTransaction };
  /** Keeps a copy of the present state under a name. */
  readonly 'keep-copy': { readonly id: string };
  /** Goes back to a copy; false if there is none, or memory cannot be restored. */
  readonly 'restore-copy': { readonly id: string };
  readonly 'drop-copy': { readonly id: string };
  readonly account: { readonly principal: string };
  readonly 'call-read': {
    readonly contractId: string;
    readonly functionName: string;
    readonly argumentHexes: readonly string[];
    readonly sender: string;
    /** The node runs public functions too, as long as they write nothing. */
    readonly access: 'read_only' | 'public';
    /** Whether the node's limits of a read-only call hold. */
    readonly limited: boolean;
  };
  readonly 'map-entry': { readonly contractId: string; readonly mapName: string; readonly keyHex: string };
  readonly 'data-var': { readonly contractId: string; readonly variableName: string };
  readonly constant: { readonly contractId: string; readonly constantName: string };
  readonly interface: { readonly contractId: string };
  readonly source: { readonly contractId: string };
}

export interface Replies {
  readonly 'build-block': BuildReply;
  /** Null if memory cannot be restored, the payer cannot pay, or it costs more than a tenure may. */
  readonly simulate: RanOutcome | null;
  readonly 'keep-copy': boolean;
  readonly 'restore-copy': boolean;
  readonly 'drop-copy': null;
  readonly account: AccountState;
  readonly 'call-read': ReadReply;
  readonly 'map-entry': ReadReply;
  readonly 'data-var': ReadReply;
  readonly constant: ReadReply;
  /** The node's JSON of the contract's interface, or null if there is no such contract. */
  readonly interface: string | null;
  readonly source: string | null;
}

export type RequestKind = keyof Requests;

export type RequestMessage = {
  readonly [K in RequestKind]: { readonly id: number; readonly kind: K; readonly body: Requests[K] };
}[RequestKind];

export type WorkerMessage =
  | { readonly kind: 'started'; readonly tip: ChainTip; readonly restore: RestoreProof }
  | { readonly kind: 'reply'; readonly id: number; readonly body: Replies[RequestKind] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** The request broke simnet and nothing could heal it: the worker is of no more use. */
  | { readonly kind: 'spoilt'; readonly id: number; readonly message: string };

/** Whether a copy of simnet's memory was shown to bring the chain back. */
export type RestoreProof =
  | { readonly proven: true; readonly copyMs: number }
  | { readonly proven: false; readonly why: string };
