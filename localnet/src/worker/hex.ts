/** Bytes of a hex text with or without 0x. */
export function hexToBytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.startsWith('0x') ? hex.slice(2) : hex, 'hex'));
}

/** Whether a text is whole bytes in hex, without 0x; however long, as a pattern that repeats a group runs out of stack. */
export function isHex(text: string): boolean {
  return text.length % 2 === 0 && !/[^0-9a-fA-F]/.test(text);
}
