/** A proof of no nodes: there is no MARF here, and what a proof would prove is not claimed. */
export const EMPTY_PROOF = '0x00000000';
