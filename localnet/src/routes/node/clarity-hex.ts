import { cvToHex, deserializeCV } from '@stacks/transactions';
import { clarityText } from '../../worker/clarity-text.js';
import { isHex } from '../../worker/hex.js';
import { undecodable } from './reply.js';

/**
 * The hex of one Clarity value in its plain form, with 0x. Checked here, as simnet panics on bytes that
 * are none; bytes after the value are dropped, as the node does.
 */
export function parseClarityHex(text: string, fault: string): string {
  const hex = text.startsWith('0x') ? text.slice(2) : text;
  if (hex === '' || !isHex(hex)) throw undecodable(fault);
  try {
    const value = deserializeCV(hex);
    // Throws on names and principals that cannot be, which would pass as bytes.
    clarityText(value);
    return cvToHex(value);
  } catch {
    throw undecodable(fault);
  }
}
