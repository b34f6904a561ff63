import {
  addressToString,
  deserializePayload,
  PayloadType,
  type PayloadWire,
  serializePayload,
} from '@stacks/transactions';
import { z } from 'zod';
import type { Chain } from '../../chain/chain.js';
import { isHex } from '../../worker/hex.js';
import { type ExecutionCost, NO_COST } from '../../worker/protocol.js';
import { costJson } from '../cost-json.js';
import { json, NodeRefusal, undecodable } from './reply.js';
import { readJson } from './request.js';
import type { NodeRoute } from './router.js';

/** Low, middle and high, as multiples of the present rate. */
const ESTIMATE_FACTORS = [1, 1.25, 2];

const BODY = z.object({
  transaction_payload: z.string(),
  estimated_len: z.number().int().nonnegative().nullish(),
});

export function feeRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    { verb: 'GET', path: '/v2/fees/transfer', handle: () => json(Math.ceil(chain.feeMarket.ustxPerByte)) },
    {
      verb: 'POST',
      path: '/v2/fees/transaction',
      handle(request) {
        const body = BODY.safeParse(readJson(request, 'FeeRateEstimate'));
        if (!body.success) throw undecodable(`Failed to parse JSON body: ${z.prettifyError(body.error)}`);
        const { transaction_payload: payload, estimated_len: estimated } = body.data;
        const { length: payloadLength, cost } = estimate(chain, payload);
        const { ustxPerByte } = chain.feeMarket;
        const length = Math.max(estimated ?? 0, payloadLength);
        return json({
          estimated_cost: costJson(cost),
          estimated_cost_scalar: length,
          cost_scalar_change_by_byte: ustxPerByte,
          estimations: ESTIMATE_FACTORS.map((factor) => ({
            fee_rate: ustxPerByte * factor,
            fee: Math.ceil(length * ustxPerByte * factor),
          })),
        });
      },
    },
  ];
}

/** The payload's bytes, and what its like cost when it last ran; nothing is known of what never ran. */
function estimate(chain: Chain, text: string): { readonly length: number; readonly cost: ExecutionCost } {
  const hex = text.replace(/^0x/, '');
  if (!isHex(hex)) throw undecodable('Bad hex string supplied for transaction payload');
  return { length: hex.length / 2, cost: lastCost(chain, readPayload(hex)) };
}

function readPayload(hex: string): PayloadWire {
  try {
    const payload = deserializePayload(hex);
    // What was cut off reads as shorter fields, and is written out longer again.
    if (serializePayload(payload).length > hex.length) throw new Error('it is cut short');
    return payload;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NodeRefusal(
      400,
      `Failed to decode due to SIP-003 codec error: DeserializeError(${JSON.stringify(reason)})`,
    );
  }
}

function lastCost({ principals }: Chain, payload: PayloadWire): ExecutionCost {
  if (payload.payloadType !== PayloadType.ContractCall) return NO_COST;
  const contractId = `${addressToString(payload.contractAddress)}.${payload.contractName.content}`;
  const functionName = payload.functionName.content;
  const last = principals.transactionsOf(contractId).findLast(({ transaction: { action } }) => {
    return action.kind === 'call' && action.contractId === contractId && action.functionName === functionName;
  });
  return last?.outcome.cost ?? NO_COST;
}
