import { z } from 'zod';
import { AMOUNT, COUNT, DATA_0X, HASH_0X, ISO_TIME } from './hex.js';

export const VALUE = z.strictObject({ hex: DATA_0X, repr: z.string() });
export const NONEMPTY = z.string().min(1);

/** A page of the API's first and second form. */
export const offsetPage = <T extends z.ZodType>(item: T) =>
  z.looseObject({ limit: COUNT, offset: COUNT, total: COUNT, results: z.array(item) });

/** A page of the API's third form. */
export const cursorPage = <T extends z.ZodType>(item: T) =>
  z.looseObject({
    total: COUNT,
    limit: COUNT,
    cursor: z.strictObject({
      next: NONEMPTY.nullable(),
      previous: NONEMPTY.nullable(),
      current: NONEMPTY.nullable(),
    }),
    results: z.array(item),
  });

export const API_ERROR = z.looseObject({ error: z.string() });

export const STATUS = z.looseObject({
  server_version: z.string(),
  status: z.string(),
  chain_tip: z.looseObject({
    block_height: COUNT,
    block_hash: HASH_0X,
    index_block_hash: HASH_0X,
    burn_block_height: COUNT,
  }),
});

export const NONCES = z.looseObject({
  last_mempool_tx_nonce: COUNT.nullable(),
  last_executed_tx_nonce: COUNT.nullable(),
  possible_next_nonce: COUNT,
  detected_missing_nonces: z.array(COUNT),
  detected_mempool_nonces: z.array(COUNT),
});

export const NONCES_V3 = z.looseObject({
  next_nonce: COUNT,
  last_confirmed_nonce: COUNT.nullable(),
  mempool: z.looseObject({
    last_nonce: COUNT.nullable(),
    pending_nonces: z.array(COUNT),
    missing_nonces: z.array(COUNT),
  }),
});

export const STX_BALANCE = z.looseObject({
  balance: AMOUNT,
  total_miner_rewards_received: AMOUNT,
  lock_tx_id: z.string(),
  locked: AMOUNT,
  lock_height: COUNT,
  burnchain_lock_height: COUNT,
  burnchain_unlock_height: COUNT,
});

const TOTALS = { total_sent: AMOUNT, total_received: AMOUNT };

export const BALANCES = z.looseObject({
  stx: STX_BALANCE,
  fungible_tokens: z.record(z.string(), z.looseObject({ balance: AMOUNT, ...TOTALS })),
  non_fungible_tokens: z.record(z.string(), z.looseObject({ count: AMOUNT, ...TOTALS })),
});

export const STX_BALANCE_V3 = z.looseObject({
  balance: AMOUNT,
  available: AMOUNT,
  locked: z.looseObject({ amount: AMOUNT, burn_unlock_height: COUNT }).nullable(),
  mempool: z.looseObject({ estimated_balance: AMOUNT, inbound: AMOUNT, outbound: AMOUNT }).nullable(),
});

const PRIORITIES = z.looseObject({
  no_priority: z.number(),
  low_priority: z.number(),
  medium_priority: z.number(),
  high_priority: z.number(),
});

export const MEMPOOL_FEES = z.looseObject({
  all: PRIORITIES,
  token_transfer: PRIORITIES.optional(),
  contract_call: PRIORITIES.optional(),
  smart_contract: PRIORITIES.optional(),
});

const COST_COLUMNS = {
  execution_cost_read_count: COUNT,
  execution_cost_read_length: COUNT,
  execution_cost_runtime: COUNT,
  execution_cost_write_count: COUNT,
  execution_cost_write_length: COUNT,
};

export const BLOCK = z.looseObject({
  canonical: z.literal(true),
  height: COUNT,
  hash: HASH_0X,
  index_block_hash: HASH_0X,
  parent_block_hash: HASH_0X,
  parent_index_block_hash: HASH_0X,
  block_time: COUNT,
  block_time_iso: ISO_TIME,
  tenure_height: COUNT,
  burn_block_time: COUNT,
  burn_block_time_iso: ISO_TIME,
  burn_block_hash: HASH_0X,
  burn_block_height: COUNT,
  tx_count: COUNT,
  ...COST_COLUMNS,
});

export const BLOCK_V1 = z.looseObject({
  canonical: z.literal(true),
  height: COUNT,
  hash: HASH_0X,
  index_block_hash: HASH_0X,
  burn_block_height: COUNT,
  txs: z.array(HASH_0X),
  microblocks_accepted: z.array(z.string()),
  microblocks_streamed: z.array(z.string()),
  ...COST_COLUMNS,
});

export const BURN_BLOCK = z.looseObject({
  burn_block_time: COUNT,
  burn_block_time_iso: ISO_TIME,
  burn_block_hash: HASH_0X,
  burn_block_height: COUNT,
  stacks_blocks: z.array(HASH_0X),
});
