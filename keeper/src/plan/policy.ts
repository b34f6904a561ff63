/** What the planner may do. All lengths in Stacks blocks, fees in microSTX. */
export interface Policy {
  /** Queues this keeper claims from. */
  readonly queues: readonly bigint[];
  /** On-chain queues whose tasks it executes. */
  readonly onchainQueues: readonly bigint[];
  /** Most handlers at once. */
  readonly concurrency: number;
  /** Most tasks taken by one tick, so that keepers side by side share the work. 1 to 20. */
  readonly claimBatch: number;
  /** Most transactions of one account under way; the node admits 27. */
  readonly maxInFlight: number;
  /** A running attempt asks for more time when its lease ends within so many blocks. */
  readonly heartbeatMarginBlocks: bigint;
  /** The first waiting transaction gets a higher fee after so many blocks. */
  readonly bumpAfterBlocks: bigint;
  readonly feeCapUstx: bigint;
  /** Settle what runs and take nothing new. */
  readonly isStopping: boolean;
}

/** The contract's bounds on one call. */
export const TRIGGER_BATCH = 20;
export const RECLAIM_BATCH = 12;
export const RELEASE_BATCH = 8;

/** Fewer than may be in flight: settlements and heartbeats must find room beside them. */
export const EXECUTIONS_AT_ONCE = 8;
