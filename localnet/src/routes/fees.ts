import type { Hono } from 'hono';
import { z } from 'zod';
import type { Chain } from '../chain/chain.js';

/** Low, middle and high, as multiples of the present rate. */
const ESTIMATE_FACTORS = [1, 1.25, 2];

const BODY = z.object({
  transaction_payload: z.string().regex(/^(0x)?([0-9a-fA-F]{2})+$/),
  estimated_len: z.number().int().positive().nullish(),
});

/** Everything around a payload in a plain single-signature transaction. */
const ENVELOPE_BYTES = 120;

export function addFeeRoutes(app: Hono, { feeMarket }: Chain): void {
  app.get('/v2/fees/transfer', (c) => c.json(Math.ceil(feeMarket.ustxPerByte)));

  app.post('/v2/fees/transaction', async (c) => {
    const body = BODY.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.text(`Failed to parse body: ${z.prettifyError(body.error)}`, 400);
    const { transaction_payload: payload, estimated_len: estimated } = body.data;
    const length = Math.max(estimated ?? 0, payload.replace(/^0x/, '').length / 2 + ENVELOPE_BYTES);
    const { ustxPerByte } = feeMarket;
    return c.json({
      estimated_cost: { read_count: 0, read_length: 0, runtime: 0, write_count: 0, write_length: 0 },
      estimated_cost_scalar: length,
      cost_scalar_change_by_byte: ustxPerByte,
      estimations: ESTIMATE_FACTORS.map((factor) => ({
        fee_rate: ustxPerByte * factor,
        fee: Math.ceil(length * ustxPerByte * factor),
      })),
    });
  });
}
