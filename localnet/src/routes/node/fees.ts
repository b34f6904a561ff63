import { deserializePayload, serializePayload } from '@stacks/transactions';
import { z } from 'zod';
import { json, NodeRefusal, undecodable } from './reply.js';
import { readJson } from './request.js';
import type { NodeRoute } from './router.js';

/** The node's floor; nobody competes for space here. */
const USTX_PER_BYTE = 1;
/** Low, middle and high, as multiples of the floor. */
const ESTIMATE_FACTORS = [1, 1.25, 2];

const BODY = z.object({
  transaction_payload: z.string(),
  estimated_len: z.number().int().nonnegative().nullish(),
});

export function feeRoutes(): readonly NodeRoute[] {
  return [
    { verb: 'GET', path: '/v2/fees/transfer', handle: () => json(USTX_PER_BYTE) },
    {
      verb: 'POST',
      path: '/v2/fees/transaction',
      handle(request) {
        const body = BODY.safeParse(readJson(request, 'FeeRateEstimate'));
        if (!body.success) throw undecodable(`Failed to parse JSON body: ${z.prettifyError(body.error)}`);
        const { transaction_payload: payload, estimated_len: estimated } = body.data;
        const length = Math.max(estimated ?? 0, payloadLength(payload));
        return json({
          estimated_cost: { read_count: 0, read_length: 0, runtime: 0, write_count: 0, write_length: 0 },
          estimated_cost_scalar: length,
          cost_scalar_change_by_byte: USTX_PER_BYTE,
          estimations: ESTIMATE_FACTORS.map((factor) => ({
            fee_rate: USTX_PER_BYTE * factor,
            fee: Math.ceil(length * USTX_PER_BYTE * factor),
          })),
        });
      },
    },
  ];
}

/** In bytes; the payload has to be one. */
function payloadLength(text: string): number {
  const hex = text.replace(/^0x/, '');
  if (!/^([0-9a-fA-F]{2})*$/.test(hex)) throw undecodable('Bad hex string supplied for transaction payload');
  try {
    // What was cut off reads as shorter fields, and is written out longer again.
    if (serializePayload(deserializePayload(hex)).length > hex.length) throw new Error('it is cut short');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NodeRefusal(
      400,
      `Failed to decode due to SIP-003 codec error: DeserializeError(${JSON.stringify(reason)})`,
    );
  }
  return hex.length / 2;
}
