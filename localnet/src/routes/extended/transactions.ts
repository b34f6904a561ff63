import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import type { MinedTransaction } from '../../chain/ledger.js';
import { droppedJson, minedJson, pendingJson } from '../transaction-json.js';
import { badRequest, notFound } from './api-error.js';
import { newestFirst, parseOffsetPage } from './paging.js';
import { parseTxid } from './txid.js';

const LIMITS = { default: 20, max: 50 };
/** As many as the API answers at once. */
const MAX_IDS = 50;

export function addTransactionRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v1/tx', (c) => {
    const paging = parseOffsetPage(c, LIMITS);
    if (paging instanceof Response) return paging;
    const types = c.req.queries('type')?.flatMap((type) => type.split(','));
    const from = c.req.query('from_address');
    const to = c.req.query('to_address');
    const contractId = c.req.query('contract_id');
    const functionName = c.req.query('function_name');
    const fits = ({ transaction: { sender, action } }: MinedTransaction) =>
      (types === undefined || types.includes(TYPES[action.kind])) &&
      (from === undefined || sender === from) &&
      (to === undefined || (action.kind === 'transfer' && action.recipient === to)) &&
      (contractId === undefined || (action.kind === 'call' && action.contractId === contractId)) &&
      (functionName === undefined || (action.kind === 'call' && action.functionName === functionName));
    const all = chain.principals.transactions.filter(fits);
    return c.json({ ...paging, total: all.length, results: newestFirst(all, paging).map(minedJson) });
  });

  app.get('/extended/v1/tx/multiple', (c) => {
    const ids = c.req.queries('tx_id')?.flatMap((text) => text.split(',')) ?? [];
    const txids = ids.map(parseTxid);
    if (ids.length === 0 || ids.length > MAX_IDS || txids.includes(null))
      return badRequest(c, `tx_id must be 1 to ${MAX_IDS} transaction ids`);
    const results = ids.map((id, index) => {
      const result = transactionJson(chain, txids[index] ?? '');
      return [id, result === null ? { found: false } : { found: true, result }];
    });
    return c.json(Object.fromEntries(results));
  });

  app.get('/extended/v1/tx/:txid', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    if (txid === null) return badRequest(c, 'invalid transaction id: expected 64 hex digits');
    const found = transactionJson(chain, txid);
    return found === null ? notFound(c, `could not find transaction by ID ${txid}`) : c.json(found);
  });

  app.get('/extended/v1/tx/:txid/raw', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    if (txid === null) return badRequest(c, 'invalid transaction id: expected 64 hex digits');
    const found = chain.ledger.transaction(txid) ?? chain.mempool.get(txid);
    return found === undefined
      ? notFound(c, `could not find transaction by ID ${txid}`)
      : c.json({ raw_tx: `0x${found.transaction.hex}` });
  });
}

const TYPES = { call: 'contract_call', transfer: 'token_transfer', deploy: 'smart_contract' } as const;

function transactionJson({ ledger, mempool }: Chain, txid: string): object | null {
  const mined = ledger.transaction(txid);
  if (mined !== undefined) return minedJson(mined);
  const pending = mempool.get(txid);
  if (pending !== undefined) return pendingJson(pending);
  const dropped = mempool.getDropped(txid);
  return dropped === undefined ? null : droppedJson(dropped);
}
