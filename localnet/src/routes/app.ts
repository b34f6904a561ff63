import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { getPath } from 'hono/utils/url';
import type { Chain } from '../chain/chain.js';
import { createFaultRules } from '../faults/fault-rules.js';
import { createFrozenTip } from '../faults/frozen-tip.js';
import { misbehave } from '../faults/misbehave.js';
import { addControlRoutes, type NodeFacts } from './control.js';
import { addExtendedRoutes } from './extended/routes.js';
import { addFaultRoutes } from './fault-routes.js';
import { addNodeRouter } from './node/router.js';
import { nodeRoutes } from './node/routes.js';

/** The node's own bound of a message: 16 MiB, and what goes around it. */
const MAX_BODY_BYTES = 16 * 1024 * 1024 + 1024;

export interface AppOptions extends NodeFacts {
  /** Opens the endpoints that a node keeps behind its `auth_token`. */
  readonly authToken: string;
}

/** The node's HTTP: its own paths under /v2 and /v3, the API's under /extended, and /localnet. */
export function createApp(chain: Chain, options: AppOptions): Hono {
  const app = new Hono({ getPath: pathOf });
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['content-type', 'x-hiro-product', 'x-api-key', 'authorization'],
      maxAge: 600,
    }),
  );
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody }));
  if (options.faults) {
    const handle = (request: Request) => routes.fetch(request);
    const faults = { rules: createFaultRules(), frozenTip: createFrozenTip(), handle };
    app.use(misbehave(faults));
    addFaultRoutes(app, { ...faults, feeMarket: chain.feeMarket });
  }
  const routes = new Hono();
  addNodeRouter(routes, nodeRoutes(chain, options.authToken));
  addExtendedRoutes(routes, chain);
  addControlRoutes(routes, chain, options);
  app.route('/', routes);
  app.notFound((c) => c.text('No such file or directory', 404));
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}

/** The API takes its paths with a slash at the end too, and its own client asks for some so; the node does not. */
function pathOf(request: Request): string {
  const path = getPath(request);
  return path.startsWith('/extended/') ? path.replace(/\/$/, '') : path;
}

/** A node closes the connection; a client of this one is told. */
function refuseBody(c: Context): Response {
  const isTransaction = c.req.path === '/v2/transactions';
  return isTransaction
    ? c.text('Failed to decode: Invalid Http request: PostTransaction body is too big', 400)
    : c.text(`Request Entity Too Large: a body is at most ${MAX_BODY_BYTES} bytes`, 413);
}
