import { isHex } from '../../worker/hex.js';
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
