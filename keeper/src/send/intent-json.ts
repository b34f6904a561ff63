import type { Intent } from '../flow.js';
import { fromHex, toHex } from '../shared/hex.js';

/** An intent as the journal keeps it. */
export function encodeIntent(intent: Intent): string {
  return JSON.stringify(intent, (_key, value: unknown) => {
    if (typeof value === 'bigint') return { uint: value.toString() };
    if (value instanceof Uint8Array) return { hex: toHex(value) };
    return value;
  });
}

/** Reads back what `encodeIntent` wrote. */
export function decodeIntent(text: string): Intent {
  // The journal is written by `encodeIntent` alone, under one schema version.
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('uint' in value) return BigInt(String(value.uint));
    if ('hex' in value) return fromHex(String(value.hex));
    return value;
  }) as Intent;
}
