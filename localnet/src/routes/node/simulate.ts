import { z } from 'zod';
import type { SignedTransaction } from '../../chain/transaction.js';
import type { Outcome } from '../../worker/protocol.js';
import { costJson } from '../cost-json.js';
import { observedEventJson } from '../observed-event-json.js';
import { prefixed } from '../prefixed-hex.js';
import { assertAuthorized } from './authorization.js';
import { json, NodeRefusal, type NodeReply, undecodable } from './reply.js';
import { type NodeRequest, readJson } from './request.js';
import type { NodeRoute } from './router.js';
import { decodeFirst, undecodableTransaction } from './transaction-body.js';

/** What a transaction would do on top of the tip; nothing of it stays. */
export interface Simulation {
  readonly txid: string;
  /** Of the block it was run on, and its height. */
  readonly tipBlockId: string;
  readonly blockHeight: number;
  readonly outcome: Extract<Outcome, { kind: 'ran' }>;
}

export interface Simulator {
  readonly tip: { readonly indexHash: string };
  simulate(transaction: SignedTransaction): Promise<Simulation>;
}

/** A tenure's budget, which a single transaction may use up. */
const EXECUTION_LIMIT = {
  readCount: 15_000,
  readLength: 100_000_000,
  writeCount: 15_000,
  writeLength: 15_000_000,
  runtime: 5_000_000_000,
};

const BODY = z.object({ transaction_hex: z.string() });

export function simulateRoutes(simulator: Simulator, authToken: string | undefined): readonly NodeRoute[] {
  return [
    {
      verb: 'POST',
      path: '/v3/transactions/simulate',
      async handle(request) {
        assertAuthorized(request, authToken);
        const transaction = readTransaction(request);
        const tip = request.query.get('tip');
        if (tip !== undefined && /^[0-9a-f]{64}$/i.test(tip) && tip.toLowerCase() !== simulator.tip.indexHash)
          throw new NodeRefusal(404, 'Chain tip not found');
        return replyOf(await simulator.simulate(transaction));
      },
    },
  ];
}

function readTransaction(request: NodeRequest): SignedTransaction {
  const body = BODY.safeParse(readJson(request, 'TransactionSimulate'));
  if (!body.success) throw undecodable(`Failed to parse JSON body: ${z.prettifyError(body.error)}`);
  const hex = body.data.transaction_hex.replace(/^0x/, '').toLowerCase();
  if (!/^([0-9a-f]{2})+$/.test(hex)) throw undecodable('Failed to parse transaction_hex');
  try {
    return decodeFirst(hex);
  } catch (error) {
    throw undecodableTransaction(error);
  }
}

function replyOf({ txid, tipBlockId, blockHeight, outcome }: Simulation): NodeReply {
  const { status, resultHex, events, vmError, cost } = outcome;
  const isCommitted = status === 'success';
  return json({
    txid,
    tip_block_id: tipBlockId,
    block_height: blockHeight,
    result_hex: prefixed(resultHex),
    execution_cost: costJson(cost),
    execution_limit: costJson(EXECUTION_LIMIT),
    events: events.map((event, index) => observedEventJson(event, { txid, index, isCommitted })),
    post_condition_aborted: status === 'abort_by_post_condition',
    vm_error: vmError,
  });
}
