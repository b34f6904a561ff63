import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { getPath } from 'hono/utils/url';
import type { Chain } from '../chain/chain.js';
import { createFaultRules } from '../faults/fault-rules.js';
import { createFrozenTip } from '../faults/frozen-tip.js';
import { misbehave } from '../faults/misbehave.js';
import { addBlockRoutes } from './blocks.js';
import { addContractRoutes } from './contracts.js';
import { addControlRoutes, type NodeFacts } from './control.js';
import { addExtendedRoutes } from './extended.js';
import { addFaultRoutes } from './fault-routes.js';
import { addFeeRoutes } from './fees.js';
import { addLogRoutes } from './logs.js';
import { addNodeRoutes } from './node.js';
import { addTransactionRoutes } from './transactions.js';

/** A transaction is at most 2 MiB, which is twice that in hex, plus the JSON around it. */
const MAX_BODY_BYTES = 4 * 1024 * 1024 + 64 * 1024;

/** The node's HTTP: its own paths under /v2 and /v3, what stacks.js and wallets use of /extended, and /localnet. */
export function createApp(chain: Chain, facts: NodeFacts): Hono {
  const app = new Hono({ getPath: pathOf });
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['content-type', 'x-hiro-product', 'x-api-key', 'authorization'],
      maxAge: 600,
    }),
  );
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ error: `body is larger than ${MAX_BODY_BYTES} bytes` }, 413),
    }),
  );
  if (facts.faults) {
    const handle = (request: Request) => routes.fetch(request);
    const faults = { rules: createFaultRules(), frozenTip: createFrozenTip(), handle };
    app.use(misbehave(faults));
    addFaultRoutes(app, { ...faults, feeMarket: chain.feeMarket });
  }
  const routes = new Hono();
  addNodeRoutes(routes, chain);
  addTransactionRoutes(routes, chain);
  addContractRoutes(routes, chain);
  addFeeRoutes(routes, chain);
  addExtendedRoutes(routes, chain);
  addLogRoutes(routes, chain);
  addBlockRoutes(routes, chain);
  addControlRoutes(routes, chain, facts);
  app.route('/', routes);
  app.notFound((c) => c.json({ error: `no route for ${c.req.method} ${c.req.path}` }, 404));
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}

/** The API takes its paths with a slash at the end too, and its own client asks for some so; the node does not. */
function pathOf(request: Request): string {
  const path = getPath(request);
  return path.startsWith('/extended/') ? path.replace(/\/$/, '') : path;
}
