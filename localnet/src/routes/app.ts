import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Chain } from '../chain/chain.js';
import { addBlockRoutes } from './blocks.js';
import { addContractRoutes } from './contracts.js';
import { addControlRoutes, type NodeFacts } from './control.js';
import { addExtendedRoutes } from './extended.js';
import { addFeeRoutes } from './fees.js';
import { addLogRoutes } from './logs.js';
import { addNodeRoutes } from './node.js';
import { addTransactionRoutes } from './transactions.js';

/** A transaction is at most 2 MiB, which is twice that in hex, plus the JSON around it. */
const MAX_BODY_BYTES = 4 * 1024 * 1024 + 64 * 1024;

/** The node's HTTP: its own paths under /v2 and /v3, what stacks.js and wallets use of /extended, and /localnet. */
export function createApp(chain: Chain, facts: NodeFacts): Hono {
  const app = new Hono();
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
  addNodeRoutes(app, chain);
  addTransactionRoutes(app, chain);
  addContractRoutes(app, chain);
  addFeeRoutes(app);
  addExtendedRoutes(app, chain);
  addLogRoutes(app, chain);
  addBlockRoutes(app, chain);
  addControlRoutes(app, chain, facts);
  app.notFound((c) => c.json({ error: `no route for ${c.req.method} ${c.req.path}` }, 404));
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}
