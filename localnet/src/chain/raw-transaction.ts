import { createHash } from 'node:crypto';
import {
  BytesReader,
  deserializeTransaction,
  PayloadType,
  type StacksTransactionWire,
} from '@stacks/transactions';
import { hexToBytes } from '../worker/hex.js';

/** A transaction's bytes and what stacks.js reads in them. */
export interface RawTransaction {
  /** As the node stores it: exactly the transaction, without 0x. */
  readonly hex: string;
  readonly txid: string;
  readonly wire: StacksTransactionWire;
}

/** The node's `MAX_TRANSACTION_LEN`. */
const MAX_TRANSACTION_BYTES = 2 * 1024 * 1024;

/**
 * Reads the first transaction of the bytes, as the node does: what follows it is not looked at, and of its first byte
 * only the highest bit counts. Throws on bytes that are no transaction.
 */
export function readTransaction(hex: string): RawTransaction {
  const reader = new BytesReader(`${versionOf(hex)}${hex.slice(2)}`);
  const wire = readWire(reader);
  const byteLength = reader.consumed + unreadBytes(wire);
  if (byteLength > hex.length / 2) throw cutShort();
  if (byteLength > MAX_TRANSACTION_BYTES) throw new Error(`longer than ${MAX_TRANSACTION_BYTES} bytes`);
  const own = `${versionOf(hex)}${hex.slice(2, byteLength * 2)}`;
  const exact = own.slice(0, own.length - inexactHexLength(wire));
  if (!wire.serialize().startsWith(exact)) throw new Error('bytes that would not be written this way');
  return { hex: own, txid: sha512Half(own), wire };
}

/** stacks.js reads on beyond the end, and then finds fault with what is not there. */
function readWire(reader: BytesReader): StacksTransactionWire {
  try {
    return deserializeTransaction(reader);
  } catch (error) {
    throw reader.consumed > reader.source.length ? cutShort(error) : error;
  }
}

function cutShort(cause?: unknown): Error {
  return new Error('failed to fill whole buffer', { cause });
}

/** The hash that transaction ids and signatures are made of: SHA-512/256, in hex. */
export function sha512Half(hex: string): string {
  return createHash('sha512-256').update(hexToBytes(hex)).digest('hex');
}

function versionOf(hex: string): string {
  return Number.parseInt(hex.slice(0, 2), 16) & 0x80 ? '80' : '00';
}

/** Two microblock headers (version, sequence, two hashes, signature), which stacks.js leaves unread. */
const POISON_PAYLOAD_BYTES = 2 * (1 + 2 + 32 + 32 + 65);

function unreadBytes({ payload }: StacksTransactionWire): number {
  return payload.payloadType === PayloadType.PoisonMicroblock ? POISON_PAYLOAD_BYTES : 0;
}

/** The memo of a transfer: the last 34 bytes, padded with zeros. */
export const MEMO_HEX_LENGTH = 68;

/** How much of the end stacks.js cannot write back: it takes a memo for text, which any bytes may be. */
function inexactHexLength(wire: StacksTransactionWire): number {
  return wire.payload.payloadType === PayloadType.TokenTransfer ? MEMO_HEX_LENGTH : unreadBytes(wire) * 2;
}
