import type { Hono } from 'hono';
import { z } from 'zod';

/** The node's floor; nobody competes for space here. */
const USTX_PER_BYTE = 1;
/** Low, middle and high, as multiples of the floor. */
const ESTIMATE_FACTORS = [1, 1.25, 2];

const BODY = z.object({
  transaction_payload: z.string().regex(/^(0x)?([0-9a-fA-F]{2})+$/),
  estimated_len: z.number().int().positive().nullish(),
});

/** Everything around a payload in a plain single-signature transaction. */
const ENVELOPE_BYTES = 120;

export function addFeeRoutes(app: Hono): void {
  app.get('/v2/fees/transfer', (c) => c.json(USTX_PER_BYTE));

  app.post('/v2/fees/transaction', async (c) => {
    const body = BODY.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.text(`Failed to parse body: ${z.prettifyError(body.error)}`, 400);
    const { transaction_payload: payload, estimated_len: estimated } = body.data;
    const length = Math.max(estimated ?? 0, payload.replace(/^0x/, '').length / 2 + ENVELOPE_BYTES);
    return c.json({
      estimated_cost: { read_count: 0, read_length: 0, runtime: 0, write_count: 0, write_length: 0 },
      estimated_cost_scalar: length,
      cost_scalar_change_by_byte: USTX_PER_BYTE,
      estimations: ESTIMATE_FACTORS.map((factor) => ({
        fee_rate: USTX_PER_BYTE * factor,
        fee: Math.ceil(length * USTX_PER_BYTE * factor),
      })),
    });
  });
}
