import { z } from 'zod';
import { AMOUNT_0X, CONSENSUS_HASH, COUNT, HASH } from './hex.js';

export const INFO = z.looseObject({
  peer_version: COUNT,
  pox_consensus: CONSENSUS_HASH,
  burn_block_height: COUNT,
  stable_pox_consensus: CONSENSUS_HASH,
  stable_burn_block_height: COUNT,
  server_version: z.string(),
  network_id: COUNT,
  parent_network_id: COUNT,
  stacks_tip_height: COUNT,
  stacks_tip: HASH,
  stacks_tip_consensus_hash: CONSENSUS_HASH,
  genesis_chainstate_hash: HASH,
  unanchored_tip: z.string().nullish(),
  unanchored_seq: COUNT.nullish(),
  tenure_height: COUNT,
  exit_at_block_height: COUNT.nullish(),
  is_fully_synced: z.boolean(),
  node_public_key: z.string().nullish(),
  node_public_key_hash: z.string().nullish(),
  last_pox_anchor: z.looseObject({}).nullish(),
  stackerdbs: z.array(z.string()).nullish(),
});

export const ACCOUNT = z.strictObject({
  balance: AMOUNT_0X,
  locked: AMOUNT_0X,
  unlock_height: COUNT,
  nonce: COUNT,
  balance_proof: z.string().optional(),
  nonce_proof: z.string().optional(),
});

export const HEALTH = z.looseObject({
  difference_from_max_peer: COUNT,
  max_stacks_height_of_neighbors: COUNT,
  max_stacks_neighbor_address: z.string().nullish(),
  node_stacks_tip_height: COUNT,
});

const NEIGHBORS_LIST = z.array(z.looseObject({ ip: z.string(), port: COUNT, peer_version: COUNT }));

export const NEIGHBORS = z.looseObject({
  bootstrap: NEIGHBORS_LIST,
  sample: NEIGHBORS_LIST,
  inbound: NEIGHBORS_LIST,
  outbound: NEIGHBORS_LIST,
});

export const COST = z.strictObject({
  read_count: COUNT,
  read_length: COUNT,
  runtime: COUNT,
  write_count: COUNT,
  write_length: COUNT,
});

export const POX = z.strictObject({
  contract_id: z.string(),
  pox_activation_threshold_ustx: COUNT,
  first_burnchain_block_height: COUNT,
  current_burnchain_block_height: COUNT,
  prepare_phase_block_length: COUNT,
  reward_phase_block_length: COUNT,
  reward_slots: COUNT,
  rejection_fraction: COUNT.nullish(),
  total_liquid_supply_ustx: z.number().nonnegative(),
  current_cycle: z.strictObject({
    id: COUNT,
    min_threshold_ustx: COUNT,
    stacked_ustx: COUNT,
    is_pox_active: z.boolean(),
  }),
  next_cycle: z.strictObject({
    id: COUNT,
    min_threshold_ustx: COUNT,
    min_increment_ustx: COUNT,
    stacked_ustx: COUNT,
    prepare_phase_start_block_height: COUNT,
    blocks_until_prepare_phase: z.number().int(),
    reward_phase_start_block_height: COUNT,
    blocks_until_reward_phase: COUNT,
    ustx_until_pox_rejection: COUNT.nullish(),
  }),
  epochs: z.array(
    z.looseObject({
      epoch_id: z.string().regex(/^Epoch[0-9]+(_[0-9]+)?$/),
      start_height: COUNT,
      // The node's "without end" is more than a JSON number of JavaScript holds.
      end_height: z.number().nonnegative(),
      block_limit: z.looseObject({ runtime: z.number().nonnegative() }),
      network_epoch: COUNT,
    }),
  ),
  min_amount_ustx: COUNT,
  prepare_cycle_length: COUNT,
  reward_cycle_id: COUNT,
  reward_cycle_length: COUNT,
  rejection_votes_left_required: COUNT.nullish(),
  next_reward_cycle_in: COUNT,
  contract_versions: z.array(
    z.strictObject({
      contract_id: z.string(),
      activation_burnchain_block_height: COUNT,
      first_reward_cycle_id: COUNT,
    }),
  ),
  // Nodes before epoch 4.0 have none of these.
  current_epoch: z.string().optional(),
  pox_5_sbtc_contract: z.string().optional(),
  pox_5_sbtc_registry_contract: z.string().optional(),
});

export const FEE_ESTIMATE = z.strictObject({
  estimated_cost: COST,
  estimated_cost_scalar: COUNT,
  cost_scalar_change_by_byte: z.number().nonnegative(),
  estimations: z.array(z.strictObject({ fee_rate: z.number().nonnegative(), fee: COUNT })).length(3),
});

export const FEE_REFUSAL = z.looseObject({
  error: z.string(),
  reason: z.enum(['DatabaseError', 'NoEstimateAvailable', 'CostEstimationDisabled']),
});
