/** A transaction id of a path, with or without 0x, as the chain keeps it; null if it is none. */
export function parseTxid(text: string): string | null {
  const txid = text.replace(/^0x/, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(txid) ? txid : null;
}
