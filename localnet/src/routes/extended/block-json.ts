import type { Block } from '../../chain/ledger.js';
import { costColumns } from '../cost-json.js';
import { isoTime } from '../iso-time.js';

/** Nobody is paid for mining here. */
export const NO_TXID = `0x${'0'.repeat(64)}`;

/** A block in the API's second form. */
export function blockJson(block: Block) {
  return {
    ...sharedJson(block),
    parent_index_block_hash: `0x${block.parentIndexHash}`,
    tx_count: block.txids.length,
  };
}

/** A block in the API's first form, with the fields of microblocks that no longer are. */
export function blockV1Json(block: Block) {
  return {
    ...sharedJson(block),
    txs: block.txids.map((txid) => `0x${txid}`),
    parent_microblock_hash: NO_TXID,
    parent_microblock_sequence: 0,
    microblocks_accepted: [],
    microblocks_streamed: [],
    microblock_tx_count: {},
  };
}

function sharedJson(block: Block) {
  return {
    canonical: true,
    height: block.height,
    hash: `0x${block.hash}`,
    index_block_hash: `0x${block.indexHash}`,
    parent_block_hash: `0x${block.parentHash}`,
    block_time: block.timeSeconds,
    block_time_iso: isoTime(block.timeSeconds),
    tenure_height: block.burnHeight,
    burn_block_time: block.burnTimeSeconds,
    burn_block_time_iso: isoTime(block.burnTimeSeconds),
    burn_block_hash: `0x${block.burnHash}`,
    burn_block_height: block.burnHeight,
    miner_txid: NO_TXID,
    ...costColumns(block.cost),
  };
}
