import { z } from 'zod';

/** The bodies of the node's event observer, field for field: what is not named here must not be there. */
const HASH = z.string().regex(/^0x[0-9a-f]{64}$/);
const CONSENSUS_HASH = z.string().regex(/^0x[0-9a-f]{40}$/);
const HEX = z.string().regex(/^0x([0-9a-f]{2})+$/);
const COUNT = z.number().int().min(0);
const AMOUNT = z.string().regex(/^\d+$/);
const PRINCIPAL = z.string().regex(/^S[0-9A-Z]{28,41}(\.[a-zA-Z][a-zA-Z0-9-_]*)?$/);
const ASSET = z.string().regex(/^S[0-9A-Z]{28,41}\.[^:]+::[^:]+$/);

const COST = z.strictObject({
  read_count: COUNT,
  read_length: COUNT,
  runtime: COUNT,
  write_count: COUNT,
  write_length: COUNT,
});

const TRANSACTION = z.strictObject({
  txid: HASH,
  tx_index: COUNT,
  status: z.enum(['success', 'abort_by_response', 'abort_by_post_condition']),
  raw_result: HEX,
  raw_tx: HEX,
  contract_interface: z.looseObject({ functions: z.array(z.unknown()) }).nullable(),
  burnchain_op: z.null(),
  execution_cost: COST,
  microblock_sequence: z.null(),
  microblock_hash: z.null(),
  microblock_parent_hash: z.null(),
  vm_error: z.string().nullable(),
});

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({
    txid: HASH,
    event_index: COUNT,
    committed: z.literal(true),
    type: z.literal(type),
    [type]: z.strictObject(shape),
  });

const EVENT = z.union([
  event('contract_event', { contract_identifier: PRINCIPAL, topic: z.literal('print'), raw_value: HEX }),
  event('stx_transfer_event', {
    sender: PRINCIPAL,
    recipient: PRINCIPAL,
    amount: AMOUNT,
    memo: z.string().regex(/^([0-9a-f]{2})*$/),
  }),
  event('stx_burn_event', { sender: PRINCIPAL, amount: AMOUNT }),
  event('ft_mint_event', { asset_identifier: ASSET, recipient: PRINCIPAL, amount: AMOUNT }),
  event('ft_transfer_event', {
    asset_identifier: ASSET,
    sender: PRINCIPAL,
    recipient: PRINCIPAL,
    amount: AMOUNT,
  }),
  event('nft_mint_event', { asset_identifier: ASSET, recipient: PRINCIPAL, raw_value: HEX }),
  event('nft_transfer_event', {
    asset_identifier: ASSET,
    sender: PRINCIPAL,
    recipient: PRINCIPAL,
    raw_value: HEX,
  }),
  event('nft_burn_event', { asset_identifier: ASSET, sender: PRINCIPAL, raw_value: HEX }),
]);

const NEW_BLOCK = z.strictObject({
  block_hash: HASH,
  block_height: COUNT,
  block_time: COUNT,
  burn_block_hash: HASH,
  burn_block_height: COUNT,
  burn_block_time: COUNT,
  miner_txid: HASH,
  index_block_hash: HASH,
  parent_block_hash: HASH,
  parent_index_block_hash: HASH,
  parent_microblock: HASH,
  parent_microblock_sequence: z.literal(0),
  parent_burn_block_hash: HASH,
  parent_burn_block_height: COUNT,
  parent_burn_block_timestamp: COUNT,
  matured_miner_rewards: z.array(z.never()),
  events: z.array(EVENT),
  transactions: z.array(TRANSACTION),
  anchored_cost: COST,
  confirmed_microblocks_cost: COST,
  pox_v1_unlock_height: COUNT,
  pox_v2_unlock_height: COUNT,
  pox_v3_unlock_height: COUNT,
  signer_bitvec: z.null(),
  reward_set: z.null(),
  cycle_number: z.null(),
  tenure_height: COUNT,
  consensus_hash: CONSENSUS_HASH,
  signer_signature_hash: HASH,
  miner_signature: z.string().regex(/^0x[0-9a-f]{130}$/),
  signer_signature: z.array(z.never()),
});

const NEW_BURN_BLOCK = z.strictObject({
  burn_block_hash: HASH,
  burn_block_height: COUNT,
  consensus_hash: CONSENSUS_HASH,
  parent_burn_block_hash: HASH,
  reward_recipients: z.array(z.never()),
  reward_slot_holders: z.array(z.never()),
  burn_amount: z.literal(0),
  pox_transactions: z.array(z.never()),
});

const DROP_MEMPOOL_TX = z.strictObject({
  dropped_txids: z.array(HASH).min(1),
  reason: z.enum(['ReplaceByFee', 'ReplaceAcrossFork', 'TooExpensive', 'StaleGarbageCollect', 'Problematic']),
  new_txid: HASH.nullable(),
});

/** By request line. Nothing else is ever posted. */
export const OBSERVER_BODIES: Readonly<Record<string, z.ZodType>> = {
  'POST /new_block': NEW_BLOCK,
  'POST /new_burn_block': NEW_BURN_BLOCK,
  'POST /new_mempool_tx': z.array(HEX).min(1),
  'POST /drop_mempool_tx': DROP_MEMPOOL_TX,
};
