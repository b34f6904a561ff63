import { z } from 'zod';
import { CONSENSUS_HASH, CONSENSUS_HASH_0X, COUNT, HASH, HASH_0X } from './hex.js';

export const TENURE_INFO = z.looseObject({
  consensus_hash: CONSENSUS_HASH,
  tenure_start_block_id: HASH,
  parent_consensus_hash: CONSENSUS_HASH,
  parent_tenure_start_block_id: HASH,
  tip_block_id: HASH,
  tip_height: COUNT,
  reward_cycle: COUNT,
});

export const TENURE_BLOCKS = z.looseObject({
  consensus_hash: CONSENSUS_HASH,
  burn_block_height: COUNT,
  burn_block_hash: HASH,
  stacks_blocks: z
    .array(
      z.strictObject({
        block_id: HASH,
        block_hash: HASH,
        header_type: z.enum(['nakamoto', 'epoch2']),
        height: COUNT,
        parent_block_id: HASH,
      }),
    )
    .min(1),
});

const SNAPSHOT = {
  burn_block_hash: HASH_0X,
  burn_block_height: COUNT,
  sortition_id: HASH_0X,
  parent_sortition_id: HASH_0X,
  consensus_hash: CONSENSUS_HASH_0X,
  was_sortition: z.boolean(),
};

export const SORTITIONS = z
  .array(
    z.looseObject({
      ...SNAPSHOT,
      burn_header_timestamp: COUNT,
      miner_pk_hash160: CONSENSUS_HASH_0X.nullish(),
      stacks_parent_ch: CONSENSUS_HASH_0X.nullish(),
      last_sortition_ch: CONSENSUS_HASH_0X.nullish(),
      committed_block_hash: HASH_0X.nullish(),
      vrf_seed: HASH_0X.nullish(),
    }),
  )
  .min(1)
  .max(2);

export const FORK_INFO = z.array(
  z.strictObject({
    ...SNAPSHOT,
    first_block_mined: HASH_0X.nullish(),
    nakamoto_blocks: z.unknown().nullish(),
  }),
);

const SIGNATURE = z.string().regex(/^[0-9a-f]{130}$/);

export const TENURE_TIP = z.strictObject({
  Nakamoto: z.strictObject({
    version: COUNT,
    chain_length: COUNT,
    burn_spent: COUNT,
    consensus_hash: CONSENSUS_HASH,
    parent_block_id: HASH,
    tx_merkle_root: HASH,
    state_index_root: HASH,
    timestamp: COUNT,
    miner_signature: SIGNATURE,
    signer_signature: z.array(SIGNATURE),
    pox_treatment: z.string().regex(/^[0-9a-f]+$/),
  }),
});
