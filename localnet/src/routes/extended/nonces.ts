import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { isPrincipal } from '../../worker/principal.js';
import { badRequest } from './api-error.js';

export function addNonceRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v1/address/:principal/nonces', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const { lastMined, lastWaiting, next, missing, waiting } = noncesOf(chain, principal);
    return c.json({
      last_executed_tx_nonce: lastMined,
      last_mempool_tx_nonce: lastWaiting,
      possible_next_nonce: next,
      detected_missing_nonces: missing,
      detected_mempool_nonces: waiting,
    });
  });

  app.get('/extended/v3/principals/:principal/nonces', (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const { lastMined, lastWaiting, next, missing, waiting } = noncesOf(chain, principal);
    return c.json({
      next_nonce: next,
      last_confirmed_nonce: lastMined,
      mempool: { last_nonce: lastWaiting, pending_nonces: waiting, missing_nonces: missing },
    });
  });
}

/** `next` comes after the last that waits; `missing` are the gaps before it. */
function noncesOf({ ledger, mempool }: Chain, principal: string) {
  const nextMined = ledger.nonceOf(principal);
  const waiting = mempool.pendingNonces(principal);
  const last = waiting.at(-1);
  const next = last === undefined || last < nextMined ? nextMined : last + 1n;
  const missing: number[] = [];
  for (let nonce = nextMined; nonce < next; nonce++) {
    if (!waiting.includes(nonce)) missing.push(Number(nonce));
  }
  return {
    lastMined: nextMined === 0n ? null : Number(nextMined - 1n),
    lastWaiting: last === undefined ? null : Number(last),
    next: Number(next),
    missing,
    waiting: waiting.map(Number),
  };
}
