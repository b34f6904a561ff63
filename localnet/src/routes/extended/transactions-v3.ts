import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { badRequest, notFound } from './api-error.js';
import { eventV3Json } from './event-v3-json.js';
import { cursorPage } from './paging.js';
import {
  detailJson,
  droppedDetailJson,
  parseIncluded,
  pendingDetailJson,
  placeOf,
  summaryJson,
} from './transaction-v3-json.js';
import { parseTxid } from './txid.js';

const LIMITS = { default: 20, max: 50 };
const EVENT_LIMITS = { default: 20, max: 100 };

export function addTransactionV3Routes(app: Hono, chain: Chain): void {
  const { ledger, mempool } = chain;

  app.get('/extended/v3/transactions', (c) =>
    cursorPage(c, [...chain.principals.transactions].reverse(), placeOf, LIMITS, summaryJson),
  );

  app.get('/extended/v3/transactions/:txid', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    if (txid === null) return badRequest(c, 'invalid transaction id: expected 64 hex digits');
    const included = parseIncluded(c.req.queries('include') ?? []);
    if (included === null)
      return badRequest(c, 'include must be of function_args, post_conditions, result, source_code');
    const mined = ledger.transaction(txid);
    if (mined !== undefined) return c.json(detailJson(ledger, mined, included));
    const pending = mempool.get(txid);
    if (pending !== undefined) return c.json(pendingDetailJson(pending, included, ledger.tip.height));
    const dropped = mempool.getDropped(txid);
    if (dropped !== undefined) return c.json(droppedDetailJson(dropped, included, ledger.tip.height));
    return notFound(c, 'Transaction not found');
  });

  app.get('/extended/v3/transactions/:txid/events', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    if (txid === null) return badRequest(c, 'invalid transaction id: expected 64 hex digits');
    const mined = ledger.transaction(txid);
    if (mined === undefined) return notFound(c, 'Transaction not found');
    const events = mined.outcome.events.map((event, index) => ({ event, index }));
    return cursorPage(
      c,
      events,
      ({ index }) => `${index}`,
      EVENT_LIMITS,
      ({ event, index }) => eventV3Json(event, index),
    );
  });
}
