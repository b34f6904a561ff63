import { createHash } from 'node:crypto';
import type { Block, Ledger } from './ledger.js';

/** What a block is signed with; nobody mines or signs here, so they are zeros of the right length. */
const NO_SIGNATURE = '00'.repeat(65);
/** One reward slot, treated as it should be: the shortest list the format takes. */
const POX_TREATMENT = '0001' + '00000001' + '01';
const VERSION = 0;

/** The header of a block as the node's JSON has it; hex without 0x. */
export interface NakamotoHeader {
  readonly version: number;
  readonly chain_length: number;
  readonly burn_spent: number;
  readonly consensus_hash: string;
  readonly parent_block_id: string;
  readonly tx_merkle_root: string;
  readonly state_index_root: string;
  readonly timestamp: number;
  readonly miner_signature: string;
  readonly signer_signature: readonly string[];
  readonly pox_treatment: string;
}

/**
 * True are height, time, tenure, parent and the root over the transactions. There is no state tree, no
 * Bitcoin and no signer, so their fields are zeros; and the block's id is not the hash of its header.
 */
export function nakamotoHeaderOf(block: Block): NakamotoHeader {
  return {
    version: VERSION,
    chain_length: block.height,
    burn_spent: 0,
    consensus_hash: block.consensusHash,
    parent_block_id: block.parentIndexHash,
    tx_merkle_root: merkleRootOf(block.txids),
    state_index_root: '0'.repeat(64),
    timestamp: block.timeSeconds,
    miner_signature: NO_SIGNATURE,
    signer_signature: [],
    pox_treatment: POX_TREATMENT,
  };
}

/** The block in the node's wire format, or null if its transactions are no longer remembered. */
export function serializeBlock(ledger: Ledger, block: Block): Uint8Array<ArrayBuffer> | null {
  const transactions = block.txids.map((txid) => ledger.transaction(txid)?.transaction.hex);
  if (transactions.includes(undefined)) return null;
  const hex = `${serializeHeader(nakamotoHeaderOf(block))}${u32(transactions.length)}${transactions.join('')}`;
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function serializeHeader(header: NakamotoHeader): string {
  return [
    header.version.toString(16).padStart(2, '0'),
    u64(header.chain_length),
    u64(header.burn_spent),
    header.consensus_hash,
    header.parent_block_id,
    header.tx_merkle_root,
    header.state_index_root,
    u64(header.timestamp),
    header.miner_signature,
    u32(header.signer_signature.length),
    ...header.signer_signature,
    header.pox_treatment,
  ].join('');
}

/** SIP-005's tree over the transaction ids: leaves and nodes are told apart by a first byte. */
export function merkleRootOf(txids: readonly string[]): string {
  let row = txids.map((txid) => hashOf('00', txid));
  if (row.length === 0) return '0'.repeat(64);
  do {
    // An odd row's last node stands for its missing neighbour too.
    const pairs = Array.from({ length: Math.ceil(row.length / 2) }, (_, i) => row.slice(2 * i, 2 * i + 2));
    row = pairs.map(([left = '', right = left]) => hashOf('01', left + right));
  } while (row.length > 1);
  return row[0] ?? '';
}

function hashOf(tag: string, hex: string): string {
  return createHash('sha512-256')
    .update(Buffer.from(tag + hex, 'hex'))
    .digest('hex');
}

function u32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function u64(value: number): string {
  return BigInt(value).toString(16).padStart(16, '0');
}
