import { z } from 'zod';
import { COUNT, HASH } from './hex.js';

export const TXID = HASH;

export const REJECTION = z.strictObject({
  txid: HASH,
  error: z.literal('transaction rejected'),
  reason: z.string(),
  reason_data: z.looseObject({}).optional(),
});

export const UNCONFIRMED = z.strictObject({
  tx: z.string().regex(/^[0-9a-f]+$/),
  status: z.union([z.literal('Mempool'), z.strictObject({ Microblock: z.looseObject({}) })]),
});

export const CONFIRMED = z.looseObject({
  index_block_hash: HASH,
  tx: z.string().regex(/^[0-9a-f]+$/),
  result: z.string(),
  block_height: COUNT.nullish(),
  is_canonical: z.boolean().optional(),
});
