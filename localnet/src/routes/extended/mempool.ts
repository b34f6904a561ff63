import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { principalsNamedBy } from '../../chain/involved-principals.js';
import type { PendingTransaction } from '../../chain/mempool.js';
import { pendingJson } from '../transaction-json.js';
import { cursorPage, parseOffsetPage } from './paging.js';
import { pendingSummaryJson } from './transaction-v3-json.js';

const LIMITS = { default: 20, max: 50 };
/** What a plain call of some 200 bytes pays at the node's floor of 1 microSTX per byte, and above it. */
const FEE_PRIORITIES = { no_priority: 200, low_priority: 300, medium_priority: 500, high_priority: 1_000 };

export function addMempoolRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v1/tx/mempool', (c) => {
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const sender = c.req.query('sender_address');
    const recipient = c.req.query('recipient_address');
    const address = c.req.query('address');
    const all = chain.pendings.list().filter(({ transaction }) => {
      const { action } = transaction;
      return (
        (sender === undefined || transaction.sender === sender) &&
        (recipient === undefined || (action.kind === 'transfer' && action.recipient === recipient)) &&
        (address === undefined || principalsNamedBy(transaction).has(address))
      );
    });
    const { limit, offset } = paging;
    const results = all.slice(offset, offset + limit).map(pendingJson);
    return c.json({ limit, offset, total: all.length, results });
  });

  app.get('/extended/v3/mempool/transactions', (c) =>
    cursorPage(c, chain.pendings.list(), arrivalOf, LIMITS, (pending) =>
      pendingSummaryJson(pending, chain.ledger.tip.height),
    ),
  );

  app.get('/extended/v2/mempool/fees', (c) =>
    c.json({
      all: FEE_PRIORITIES,
      token_transfer: FEE_PRIORITIES,
      contract_call: FEE_PRIORITIES,
      smart_contract: FEE_PRIORITIES,
    }),
  );

  app.post('/extended/v1/fee_rate', (c) => c.json({ fee_rate: 1 }));
}

/** A waiting transaction as a cursor. */
export function arrivalOf({ arrival }: PendingTransaction): string {
  return `${arrival}`;
}
