import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { notFound } from './api-error.js';
import { addBalanceRoutes } from './balances.js';
import { addBlockRoutes } from './blocks.js';
import { addBurnBlockRoutes } from './burn-blocks.js';
import { addContractRoutes } from './contracts.js';
import { addLogRoutes } from './logs.js';
import { addMempoolRoutes } from './mempool.js';
import { addNonceRoutes } from './nonces.js';
import { addPrincipalTransactionRoutes } from './principal-transactions.js';
import { addStatusRoutes } from './status.js';
import { addTokenRoutes } from './tokens.js';
import { addTransactionRoutes } from './transactions.js';
import { addTransactionV3Routes } from './transactions-v3.js';

/** What clients use of the API that stands before public nodes, in its first, second and third form. */
export function addExtendedRoutes(app: Hono, chain: Chain): void {
  addStatusRoutes(app, chain);
  addNonceRoutes(app, chain);
  // Before those that take a transaction's id in the same place.
  addMempoolRoutes(app, chain);
  addTransactionRoutes(app, chain);
  addTransactionV3Routes(app, chain);
  addPrincipalTransactionRoutes(app, chain);
  addBalanceRoutes(app, chain);
  addTokenRoutes(app, chain);
  addContractRoutes(app, chain);
  addLogRoutes(app, chain);
  addBlockRoutes(app, chain);
  addBurnBlockRoutes(app, chain);
  app.all('/extended/*', (c) => notFound(c, `Route ${c.req.method}:${c.req.path} not found`));
}
