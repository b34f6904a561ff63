/**
 * What space costs now. Nobody competes for it here, so it is the node's floor of 1 uSTX per byte, unless a test
 * makes it dear: then estimates rise, and transactions that pay less wait, as they would behind others.
 */
export interface FeeMarket {
  ustxPerByte: number;
}

export function createFeeMarket(): FeeMarket {
  return { ustxPerByte: 1 };
}
