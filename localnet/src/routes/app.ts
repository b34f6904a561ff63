import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Chain } from '../chain/chain.js';
import { addControlRoutes, type NodeFacts } from './control.js';
import { addExtendedRoutes } from './extended/routes.js';
import { addNodeRouter } from './node/router.js';
import { nodeRoutes } from './node/routes.js';

/** The node's own bound of a message: 16 MiB, and what goes around it. */
const MAX_BODY_BYTES = 16 * 1024 * 1024 + 1024;

export interface AppOptions {
  /** Opens the endpoints that a node keeps behind its `auth_token`; without one they are off. */
  readonly authToken?: string | undefined;
}

/** The node's HTTP: its own paths under /v2 and /v3, the API's under /extended, and /localnet. */
export function createApp(chain: Chain, facts: NodeFacts, { authToken }: AppOptions = {}): Hono {
  // The API takes its paths with and without a slash at the end; the node's router looks for itself.
  const app = new Hono({ strict: false });
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['content-type', 'x-hiro-product', 'x-api-key', 'authorization'],
      maxAge: 600,
    }),
  );
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody }));
  addNodeRouter(app, nodeRoutes(chain, authToken));
  addExtendedRoutes(app, chain);
  addControlRoutes(app, chain, facts);
  app.notFound((c) => c.text('No such file or directory', 404));
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}

/** A node closes the connection; a client of this one is told. */
function refuseBody(c: Context): Response {
  const isTransaction = c.req.path === '/v2/transactions';
  return isTransaction
    ? c.text('Failed to decode: Invalid Http request: PostTransaction body is too big', 400)
    : c.text(`Request Entity Too Large: a body is at most ${MAX_BODY_BYTES} bytes`, 413);
}
