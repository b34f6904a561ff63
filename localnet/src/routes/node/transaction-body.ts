import { deserializeTransaction } from '@stacks/transactions';
import { decodeTransaction, type SignedTransaction } from '../../chain/transaction.js';
import { type NodeRefusal, undecodable } from './reply.js';
import type { NodeRequest } from './request.js';

const MAX_BODY_BYTES = 16 * 1024 * 1024 + 1;

/** The raw transaction of a request: octets, or JSON `{tx: "hex", attachment?: "hex"}`. */
export function readTransactionHex({ body, contentType }: NodeRequest): string {
  if (body.byteLength === 0)
    throw undecodable('Invalid Http request: expected non-zero-length body for PostTransaction');
  if (body.byteLength > MAX_BODY_BYTES)
    throw undecodable('Invalid Http request: PostTransaction body is too big');
  switch (contentType) {
    case undefined:
      throw undecodable('Missing Content-Type for transaction');
    case 'octets':
      return Buffer.from(body).toString('hex');
    case 'json':
      return hexOfJson(body);
    case 'text':
      throw undecodable(
        'Wrong Content-Type for transaction; expected application/json or application/octet-stream',
      );
  }
}

/** Reads a transaction; what comes after its end is not looked at, as the node does. */
export function decodeFirst(hex: string): SignedTransaction {
  try {
    return decodeTransaction(hex);
  } catch (error) {
    const own = ownBytes(hex);
    if (own === null) throw error;
    return decodeTransaction(own);
  }
}

/** The transaction that the bytes begin with, if others follow. */
function ownBytes(hex: string): string | null {
  try {
    const own = deserializeTransaction(hex).serialize();
    return own.length < hex.length && hex.startsWith(own) ? own : null;
  } catch {
    return null;
  }
}

export function undecodableTransaction(error: unknown): NodeRefusal {
  const message = error instanceof Error ? error.message : String(error);
  return undecodable(`Failed to deserialize posted transaction: ${message}`);
}

function hexOfJson(body: Uint8Array): string {
  const parsed = parse(body);
  const { tx, attachment } = typeof parsed === 'object' && parsed !== null ? (parsed as Fields) : {};
  if (
    typeof tx !== 'string' ||
    !(attachment === undefined || attachment === null || typeof attachment === 'string')
  )
    throw undecodable('Failed to parse body');
  if (!isHex(tx)) throw undecodable('Failed to parse tx');
  if (typeof attachment === 'string' && !isHex(attachment)) throw undecodable('Failed to parse attachment');
  return tx.toLowerCase();
}

/** Any object may be looked at for these two. */
interface Fields {
  readonly tx?: unknown;
  readonly attachment?: unknown;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw undecodable('Failed to parse body');
  }
}

function isHex(text: string): boolean {
  return /^([0-9a-fA-F]{2})*$/.test(text);
}
