import { z } from 'zod';
import type { Chain, Simulation } from '../../chain/chain.js';
import { decodeTransaction, type SignedTransaction } from '../../chain/transaction.js';
import { TENURE_LIMIT } from '../../worker/execution-cost.js';
import { isHex } from '../../worker/hex.js';
import type { TransactionAction } from '../../worker/protocol.js';
import { costJson } from '../cost-json.js';
import { observedEventJson } from '../observed-event-json.js';
import { prefixed } from '../prefixed-hex.js';
import { assertAuthorized } from './authorization.js';
import { json, NodeRefusal, type NodeReply, undecodable } from './reply.js';
import { type NodeRequest, readJson } from './request.js';
import type { NodeRoute } from './router.js';
import { undecodableTransaction } from './transaction-body.js';

const BODY = z.object({ transaction_hex: z.string() });

/** What is needed of the chain. */
export interface Simulator extends Pick<Chain, 'simulate'> {
  readonly ledger: { readonly tip: { readonly indexHash: string } };
}

export function simulateRoutes(chain: Simulator, authToken: string | undefined): readonly NodeRoute[] {
  return [
    {
      verb: 'POST',
      path: '/v3/transactions/simulate',
      async handle(request) {
        assertAuthorized(request, authToken);
        const transaction = readTransaction(request);
        const tip = request.query.get('tip');
        if (
          tip !== undefined &&
          /^[0-9a-f]{64}$/i.test(tip) &&
          tip.toLowerCase() !== chain.ledger.tip.indexHash
        )
          throw new NodeRefusal(404, 'Chain tip not found');
        const simulation = await chain.simulate(transaction);
        if (simulation === null)
          throw new NodeRefusal(
            400,
            'Transaction could not be simulated: its payer cannot pay, or it costs more than a tenure may',
          );
        return replyOf(simulation, transaction.action);
      },
    },
  ];
}

function readTransaction(request: NodeRequest): SignedTransaction {
  const body = BODY.safeParse(readJson(request, 'TransactionSimulate'));
  if (!body.success) throw undecodable(`Failed to parse JSON body: ${z.prettifyError(body.error)}`);
  const hex = body.data.transaction_hex.replace(/^0x/, '').toLowerCase();
  if (hex === '' || !isHex(hex)) throw undecodable('Failed to parse transaction_hex');
  try {
    return decodeTransaction(hex);
  } catch (error) {
    throw undecodableTransaction(error);
  }
}

function replyOf(
  { txid, tipBlockId, blockHeight, outcome }: Simulation,
  action: TransactionAction,
): NodeReply {
  const { status, resultHex, events, vmError, cost } = outcome;
  const isCommitted = status === 'success';
  return json({
    txid,
    tip_block_id: tipBlockId,
    block_height: blockHeight,
    result_hex: prefixed(resultHex),
    execution_cost: costJson(cost),
    execution_limit: costJson(TENURE_LIMIT),
    events: events.map((event, index) => observedEventJson(event, { txid, action, index, isCommitted })),
    post_condition_aborted: status === 'abort_by_post_condition',
    vm_error: vmError,
  });
}
