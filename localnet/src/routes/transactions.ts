import { cvToString, deserializeCV } from '@stacks/transactions';
import type { Context, Hono } from 'hono';
import type { Chain } from '../chain/chain.js';
import type { Rejection } from '../chain/rejection.js';
import { decodeTransaction, RefusedTransaction, type SignedTransaction } from '../chain/transaction.js';
import { parseTxid } from './txid.js';

export function addTransactionRoutes(app: Hono, chain: Chain): void {
  app.post('/v2/transactions', async (c) => {
    const body = await readTransactionHex(c);
    if ('fault' in body) return c.text(body.fault, 400);
    let transaction: SignedTransaction;
    try {
      transaction = decodeTransaction(body.hex);
    } catch (error) {
      if (error instanceof RefusedTransaction) return c.json(rejectionJson(error.txid, error.rejection), 400);
      const message = error instanceof Error ? error.message : String(error);
      return c.text(`Failed to decode: Failed to deserialize posted transaction: ${message}`, 400);
    }
    const rejection = await chain.submit(transaction);
    if (rejection !== null) return c.json(rejectionJson(transaction.txid, rejection), 400);
    return c.json(transaction.txid);
  });

  app.get('/v2/transactions/unconfirmed/:txid', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    const pending = txid === null ? undefined : chain.mempool.get(txid);
    if (pending === undefined) return c.text('No such unconfirmed transaction', 404);
    return c.json({ tx: pending.transaction.hex, status: 'Mempool' });
  });

  app.get('/v3/transaction/:txid', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    const mined = txid === null ? undefined : chain.ledger.transaction(txid);
    if (mined === undefined) return c.text('Could not find transaction', 404);
    return c.json({
      index_block_hash: mined.block.indexHash,
      tx: mined.transaction.hex,
      result: cvToString(deserializeCV(mined.outcome.resultHex)),
      block_height: mined.block.height,
      is_canonical: true,
    });
  });
}

function rejectionJson(txid: string, { reason, data }: Rejection) {
  return {
    txid,
    error: 'transaction rejected',
    reason,
    ...(data === undefined ? {} : { reason_data: data }),
  };
}

type TransactionBody = { readonly hex: string } | { readonly fault: string };

/** The raw transaction of a request: octets, or JSON `{tx: "hex"}`. */
async function readTransactionHex(c: Context): Promise<TransactionBody> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/octet-stream') {
    return { hex: Buffer.from(await c.req.arrayBuffer()).toString('hex') };
  }
  if (type !== 'application/json') {
    return { fault: 'Invalid content-type: expected application/octet-stream or application/json' };
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  const tx = typeof body === 'object' && body !== null && 'tx' in body ? body.tx : undefined;
  if (typeof tx !== 'string') return { fault: 'Failed to parse body: expected {"tx": "hex"}' };
  const hex = tx.replace(/^0x/, '').toLowerCase();
  if (!/^([0-9a-f]{2})+$/.test(hex)) return { fault: 'Failed to parse body: "tx" is not hex' };
  return { hex };
}
