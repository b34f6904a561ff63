/** An amount as the node writes it: 0x and 16 bytes, big-endian. */
export function hex128(value: bigint): string {
  return `0x${value.toString(16).padStart(32, '0')}`;
}
