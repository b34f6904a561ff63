import type { Block } from '../chain/ledger.js';
import { isoTime } from '../routes/iso-time.js';

/** A block in the form of `/extended/v1/block`, which is what the websocket tells. */
export function blockNoticeJson(block: Block): object {
  const { cost } = block;
  return {
    canonical: true,
    height: block.height,
    hash: `0x${block.hash}`,
    block_time: block.timeSeconds,
    block_time_iso: isoTime(block.timeSeconds),
    tenure_height: block.burnHeight,
    index_block_hash: `0x${block.indexHash}`,
    parent_block_hash: `0x${block.parentHash}`,
    burn_block_time: block.burnTimeSeconds,
    burn_block_time_iso: isoTime(block.burnTimeSeconds),
    burn_block_hash: `0x${block.burnHash}`,
    burn_block_height: block.burnHeight,
    miner_txid: NO_HASH,
    parent_microblock_hash: NO_HASH,
    parent_microblock_sequence: 0,
    txs: block.txids.map((txid) => `0x${txid}`),
    microblocks_accepted: [],
    microblocks_streamed: [],
    microblock_tx_count: {},
    execution_cost_read_count: cost.readCount,
    execution_cost_read_length: cost.readLength,
    execution_cost_runtime: cost.runtime,
    execution_cost_write_count: cost.writeCount,
    execution_cost_write_length: cost.writeLength,
  };
}

/** Nobody mines on Bitcoin here, so there is no such transaction. */
export const NO_HASH = `0x${'0'.repeat(64)}`;
