import { z } from 'zod';
import { NONEMPTY, VALUE } from './api-shared.js';
import { AMOUNT, COUNT, HASH_0X, ISO_TIME } from './hex.js';
import { COST } from './node.js';

const NUMBER_COLUMNS = {
  execution_cost_read_count: COUNT,
  execution_cost_read_length: COUNT,
  execution_cost_runtime: COUNT,
  execution_cost_write_count: COUNT,
  execution_cost_write_length: COUNT,
};

const ASSET_EVENT = z.enum(['transfer', 'mint', 'burn']);
const PARTIES = { asset_event_type: ASSET_EVENT, sender: z.string(), recipient: z.string() };

/** An event in the API's first form. */
export const EVENT = z.discriminatedUnion('event_type', [
  z.looseObject({
    event_type: z.literal('smart_contract_log'),
    event_index: COUNT,
    tx_id: HASH_0X,
    contract_log: z.strictObject({ contract_id: NONEMPTY, topic: NONEMPTY, value: VALUE }),
  }),
  z.looseObject({
    event_type: z.literal('stx_asset'),
    event_index: COUNT,
    tx_id: HASH_0X,
    asset: z.looseObject({ ...PARTIES, amount: AMOUNT }),
  }),
  z.looseObject({
    event_type: z.literal('stx_lock'),
    event_index: COUNT,
    tx_id: HASH_0X,
  }),
  z.looseObject({
    event_type: z.literal('fungible_token_asset'),
    event_index: COUNT,
    tx_id: HASH_0X,
    asset: z.looseObject({ ...PARTIES, asset_id: NONEMPTY, amount: AMOUNT }),
  }),
  z.looseObject({
    event_type: z.literal('non_fungible_token_asset'),
    event_index: COUNT,
    tx_id: HASH_0X,
    asset: z.looseObject({ ...PARTIES, asset_id: NONEMPTY, value: VALUE }),
  }),
]);

const SIGNED = {
  tx_id: HASH_0X,
  nonce: COUNT,
  fee_rate: AMOUNT,
  sender_address: NONEMPTY,
  sponsored: z.boolean(),
  post_condition_mode: z.enum(['allow', 'deny', 'originator']),
  post_conditions: z.array(z.looseObject({ type: NONEMPTY })),
  tx_type: NONEMPTY,
};

export const MINED_STATUS = z.enum([
  'success',
  'abort_by_response',
  'abort_by_post_condition',
  'problematic_skipped',
]);

/** A mined transaction in the API's first form. */
export const MINED = z.looseObject({
  ...SIGNED,
  block_hash: HASH_0X,
  block_height: COUNT,
  block_time: COUNT,
  block_time_iso: ISO_TIME,
  burn_block_time: COUNT,
  burn_block_time_iso: ISO_TIME,
  burn_block_height: COUNT,
  parent_block_hash: HASH_0X,
  parent_burn_block_time: COUNT,
  canonical: z.literal(true),
  tx_index: COUNT,
  tx_status: MINED_STATUS,
  tx_result: VALUE,
  event_count: COUNT,
  events: z.array(EVENT),
  is_unanchored: z.boolean(),
  microblock_hash: z.string(),
  microblock_sequence: COUNT,
  microblock_canonical: z.boolean(),
  vm_error: z.string().nullable(),
  ...NUMBER_COLUMNS,
});

export const PENDING = z.looseObject({
  ...SIGNED,
  tx_status: z.literal('pending'),
  replaced_by_tx_id: HASH_0X.nullish(),
  receipt_time: COUNT,
  receipt_time_iso: ISO_TIME,
});

const SIGNED_V3 = {
  tx_id: HASH_0X,
  sender: z.strictObject({ address: NONEMPTY, nonce: COUNT }),
  sponsor: z.strictObject({ address: NONEMPTY, nonce: COUNT }).nullable(),
  fee_rate: AMOUNT,
  type: NONEMPTY,
};

const SUMMARY_FIELDS = {
  ...SIGNED_V3,
  block: z.strictObject({
    height: COUNT,
    hash: HASH_0X,
    index_hash: HASH_0X,
    time: COUNT,
    tx_index: COUNT,
  }),
  bitcoin_block: z.looseObject({ height: COUNT, time: COUNT }),
  status: MINED_STATUS,
};

/** A mined transaction in a list of the API's third form. */
export const SUMMARY_V3 = z.looseObject(SUMMARY_FIELDS);

export const MINED_V3 = z.looseObject({
  ...SUMMARY_FIELDS,
  parent_block: z.strictObject({ hash: HASH_0X, index_hash: HASH_0X }),
  event_count: COUNT,
  execution_cost: COST,
  vm_error: z.string().nullable(),
  post_conditions: z.array(z.looseObject({ type: NONEMPTY })).optional(),
  result: VALUE.optional(),
});

export const PENDING_V3 = z.looseObject({
  ...SIGNED_V3,
  receipt_time: COUNT,
  receipt_block_height: COUNT,
  status: z.literal('pending'),
});

export const INVOLVEMENT_V3 = z.looseObject({
  transaction: SUMMARY_V3,
  involvement: z.enum(['sender', 'sponsor', 'affected']),
  balance_changes: z.strictObject({
    stx: z.strictObject({ sent: AMOUNT, received: AMOUNT, net: AMOUNT }),
  }),
  affected_balances: z.strictObject({ stx: z.boolean(), ft: z.boolean(), nft: z.boolean() }),
});

const ASSET_V3 = z.looseObject({ type: ASSET_EVENT });

/** An event in the API's third form. */
export const EVENT_V3 = z.discriminatedUnion('type', [
  z.strictObject({
    event_index: COUNT,
    type: z.literal('contract_log'),
    contract_log: z.strictObject({ contract_id: NONEMPTY, topic: z.literal('print'), value: VALUE }),
  }),
  z.strictObject({ event_index: COUNT, type: z.literal('stx_asset'), stx_asset: ASSET_V3 }),
  z.strictObject({ event_index: COUNT, type: z.literal('ft_asset'), ft_asset: ASSET_V3 }),
  z.strictObject({ event_index: COUNT, type: z.literal('nft_asset'), nft_asset: ASSET_V3 }),
  z.strictObject({ event_index: COUNT, type: z.literal('stx_lock'), stx_lock: z.looseObject({}) }),
]);

/** Prints of a contract, with their cursors. */
export const LOG_PAGE = z.looseObject({
  limit: COUNT,
  total: COUNT,
  cursor: NONEMPTY.nullable(),
  next_cursor: NONEMPTY.nullable(),
  prev_cursor: NONEMPTY.nullable(),
  results: z.array(EVENT),
});

export const CONTRACT_STATUS = z.record(
  z.string(),
  z.union([
    z.looseObject({ found: z.literal(false) }),
    z.looseObject({
      found: z.literal(true),
      result: z.looseObject({ status: NONEMPTY, tx_id: z.string(), contract_id: NONEMPTY }),
    }),
  ]),
);
