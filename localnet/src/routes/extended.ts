import type { Hono } from 'hono';
import type { Chain } from '../chain/chain.js';
import { isPrincipal } from '../worker/principal.js';
import { SERVER_VERSION } from './node.js';
import { droppedJson, minedJson, pendingJson } from './transaction-json.js';
import { parseTxid } from './txid.js';

export function addExtendedRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v1/status', (c) => {
    const { tip } = chain.ledger;
    return c.json({
      server_version: SERVER_VERSION,
      status: 'ready',
      chain_tip: {
        block_height: tip.height,
        block_hash: `0x${tip.hash}`,
        index_block_hash: `0x${tip.indexHash}`,
        burn_block_height: tip.burnHeight,
      },
    });
  });

  app.get('/extended/v1/address/:principal/nonces', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return c.json({ error: `invalid principal "${principal}"` }, 400);
    const next = chain.ledger.nonceOf(principal);
    const waiting = chain.mempool.pendingNonces(principal);
    const last = waiting.at(-1);
    const possibleNext = last === undefined || last < next ? next : last + 1n;
    const missing: number[] = [];
    for (let nonce = next; nonce < possibleNext; nonce++) {
      if (!waiting.includes(nonce)) missing.push(Number(nonce));
    }
    return c.json({
      last_executed_tx_nonce: next === 0n ? null : Number(next - 1n),
      last_mempool_tx_nonce: last === undefined ? null : Number(last),
      possible_next_nonce: Number(possibleNext),
      detected_missing_nonces: missing,
      detected_mempool_nonces: waiting.map(Number),
    });
  });

  app.get('/extended/v1/tx/:txid', (c) => {
    const txid = parseTxid(c.req.param('txid'));
    if (txid === null) return c.json({ error: 'invalid transaction id: expected 64 hex digits' }, 400);
    const mined = chain.ledger.transaction(txid);
    if (mined !== undefined) return c.json(minedJson(mined));
    const pending = chain.mempool.get(txid);
    if (pending !== undefined) return c.json(pendingJson(pending));
    const dropped = chain.mempool.getDropped(txid);
    if (dropped !== undefined) return c.json(droppedJson(dropped));
    return c.json({ error: `could not find transaction by ID ${txid}` }, 404);
  });
}
