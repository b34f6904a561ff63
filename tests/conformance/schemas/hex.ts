import { z } from 'zod';

/** Ids and hashes as the node writes them, and as the API does. */
export const HASH = z.string().regex(/^[0-9a-f]{64}$/);
export const HASH_0X = z.string().regex(/^0x[0-9a-f]{64}$/);
export const CONSENSUS_HASH = z.string().regex(/^[0-9a-f]{40}$/);
export const CONSENSUS_HASH_0X = z.string().regex(/^0x[0-9a-f]{40}$/);
/** Clarity data and proofs. */
export const DATA_0X = z.string().regex(/^0x[0-9a-f]+$/);
export const AMOUNT_0X = z.string().regex(/^0x[0-9a-f]{32}$/);
/** An amount of the API: decimal digits. */
export const AMOUNT = z.string().regex(/^-?\d+$/);
export const COUNT = z.number().int().nonnegative();
export const ISO_TIME = z.iso.datetime();
