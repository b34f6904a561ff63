import { cvToString, deserializeCV } from '@stacks/transactions';
import type { Chain } from '../../chain/chain.js';
import { makeRejection, type Rejection } from '../../chain/rejection.js';
import { type SignedTransaction, UnservedTransaction } from '../../chain/transaction.js';
import { TXID } from './patterns.js';
import { json, type NodeReply, notFound, refusal } from './reply.js';
import { capture, type NodeRequest } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';
import { decodeFirst, readTransactionHex, undecodableTransaction } from './transaction-body.js';

export function transactionRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    { verb: 'POST', path: '/v2/transactions', handle: (request) => submit(chain, request) },
    {
      verb: 'GET',
      path: `/v2/transactions/unconfirmed/${TXID}`,
      namesItsParameters: true,
      handle(request) {
        const txid = capture(request, 'txid');
        const pending = chain.mempool.get(txid);
        return pending === undefined
          ? notFound(`Transaction ${txid} not found in mempool or unconfirmed microblock stream`)
          : json({ tx: pending.transaction.hex, status: 'Mempool' });
      },
    },
    {
      verb: 'GET',
      path: `/v3/transaction/${TXID}`,
      namesItsParameters: true,
      handle(request) {
        const txid = capture(request, 'txid');
        assertTip(chain, request);
        const mined = chain.ledger.transaction(txid);
        if (mined === undefined) return notFound(`No such transaction ${txid}\n`);
        return json({
          index_block_hash: mined.block.indexHash,
          tx: mined.transaction.hex,
          result: cvToString(deserializeCV(mined.outcome.resultHex)),
          block_height: mined.block.height,
          is_canonical: true,
        });
      },
    },
  ];
}

async function submit(chain: Chain, request: NodeRequest): Promise<NodeReply> {
  const hex = readTransactionHex(request);
  let transaction: SignedTransaction;
  try {
    transaction = decodeFirst(hex);
  } catch (error) {
    if (!(error instanceof UnservedTransaction)) throw undecodableTransaction(error);
    return refusal(
      rejectionJson(error.txid, makeRejection('ServerFailureOther', { message: error.message })),
    );
  }
  const rejection = await chain.submit(transaction);
  return rejection === null ? json(transaction.txid) : refusal(rejectionJson(transaction.txid, rejection));
}

function rejectionJson(txid: string, { reason, data }: Rejection) {
  return {
    txid,
    error: 'transaction rejected',
    reason,
    ...(data === undefined ? {} : { reason_data: data }),
  };
}
