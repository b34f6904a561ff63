/** `get-leases` takes so many slots at once. */
const SLOTS_PER_CALL = 16;

/** The taken slots of a worker's mask, in pages for `get-leases`. */
export function listSlotPages(mask: bigint): bigint[][] {
  const slots: bigint[] = [];
  for (let bit = 0n, rest = mask; rest > 0n; bit += 1n, rest >>= 1n) {
    if ((rest & 1n) === 1n) slots.push(bit);
  }
  const pages: bigint[][] = [];
  for (let at = 0; at < slots.length; at += SLOTS_PER_CALL) pages.push(slots.slice(at, at + SLOTS_PER_CALL));
  return pages;
}
