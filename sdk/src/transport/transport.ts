import type { ClarityValue } from '@stacks/transactions';
import type { BurnHeight, StacksHeight, UnixSeconds, Ustx } from '../base/units.js';

/** Ends a request early; the promise rejects with the signal's reason. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Where a read looks. */
export interface ReadOptions extends RequestOptions {
  /** Index block hash to read at, 64 hex digits. @default the node's tip */
  readonly tip?: string | undefined;
}

/** The node's view of the chain. */
export interface NodeInfo {
  readonly networkId: number;
  readonly stacksHeight: StacksHeight;
  /** Hash of the tip block, hex. */
  readonly stacksTip: string;
  readonly burnHeight: BurnHeight;
  readonly isSynced: boolean;
  readonly serverVersion: string;
}

/** An account by the chain alone, without the mempool. */
export interface Account {
  readonly balanceUstx: Ustx;
  readonly lockedUstx: Ustx;
  /** The next nonce the chain expects. */
  readonly nonce: bigint;
}

/** An account's nonces with the mempool in mind. */
export interface AccountNonces {
  /** The first nonce neither mined nor waiting. */
  readonly nextNonce: bigint;
  /** Nonces nobody has sent, below one that waits. */
  readonly missingNonces: readonly bigint[];
  /** Nonces that wait, as far as the node tells. */
  readonly mempoolNonces: readonly bigint[];
}

/** A read-only call. */
export interface ContractRead {
  /** `ADDRESS.name`. */
  readonly contract: string;
  readonly functionName: string;
  readonly functionArgs: readonly ClarityValue[];
  /** Who asks: `tx-sender` and `contract-caller` of the call. */
  readonly sender: string;
}

/** A transaction that has not been mined. */
export interface PendingTransaction {
  readonly status: 'pending';
  readonly txid: string;
}

/** A transaction that left the mempool unmined. */
export interface DroppedTransaction {
  readonly status: 'dropped';
  readonly txid: string;
  /** The node's word: `dropped_replace_by_fee`, `dropped_stale_garbage_collect`… */
  readonly reason: string;
}

/** A transaction in a block. Only `success` changed anything but the fee and the nonce. */
export interface MinedTransaction {
  readonly status: 'success' | 'abort_by_response' | 'abort_by_post_condition';
  readonly txid: string;
  readonly result: ClarityValue;
  readonly stacksHeight: StacksHeight;
  /** Hash of its block, hex; another hash for the same txid means a fork. */
  readonly blockHash: string;
  readonly burnHeight: BurnHeight;
  readonly blockTime: UnixSeconds;
  readonly feeUstx: Ustx;
  readonly nonce: bigint;
  readonly sender: string;
  /** `ADDRESS.name` and function of a contract call. */
  readonly contract?: string | undefined;
  readonly functionName?: string | undefined;
  /** What went wrong while it ran, when the node says so. */
  readonly vmError?: string | undefined;
}

export type TransactionStatus = PendingTransaction | DroppedTransaction | MinedTransaction;

/** One print of a contract. */
export interface ContractLog {
  readonly txid: string;
  readonly eventIndex: number;
  /** `ADDRESS.name`. */
  readonly contract: string;
  readonly value: ClarityValue;
}

/** Prints of a contract, newest first. */
export interface ContractLogPage {
  readonly logs: readonly ContractLog[];
  /** Leads to older prints; `null` at the first ever. */
  readonly nextCursor: string | null;
}

export interface ContractLogQuery {
  /** `ADDRESS.name`. */
  readonly contract: string;
  /** @default the node's own */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Every question and message the SDK has for a node. Amounts in microSTX. Nothing is retried. */
export interface Transport {
  fetchInfo(options?: RequestOptions): Promise<NodeInfo>;
  fetchAccount(principal: string, options?: RequestOptions): Promise<Account>;
  /** By the API's mempool view; from a bare node by the chain alone. */
  fetchNonces(principal: string, options?: RequestOptions): Promise<AccountNonces>;
  callRead(read: ContractRead, options?: ReadOptions): Promise<ClarityValue>;
  /** The entry's value, or `null` when the map has no such key. */
  fetchMapEntry(
    contract: string,
    map: string,
    key: ClarityValue,
    options?: ReadOptions,
  ): Promise<ClarityValue | null>;
  fetchDataVar(contract: string, variable: string, options?: ReadOptions): Promise<ClarityValue>;
  fetchContractSource(contract: string, options?: RequestOptions): Promise<string>;
  /** The node's interface JSON, as it came. */
  fetchContractInterface(contract: string, options?: RequestOptions): Promise<unknown>;
  /** The node's price of a transaction byte. */
  fetchFeeRate(options?: RequestOptions): Promise<Ustx>;
  /** The node's middle estimate, or `null` when it has none. */
  estimateFee(payloadHex: string, bytes: number, options?: RequestOptions): Promise<Ustx | null>;
  /** Sends a signed transaction and gives its txid. Sending the same bytes again is harmless. */
  broadcastTransaction(raw: Uint8Array, options?: RequestOptions): Promise<string>;
  /** `null` when the node does not know the transaction. */
  fetchTransaction(txid: string, options?: RequestOptions): Promise<TransactionStatus | null>;
  fetchContractLogs(query: ContractLogQuery, options?: RequestOptions): Promise<ContractLogPage>;
}
