import type { Chain } from '../../../localnet/src/chain/chain.js';
import { createApp } from '../../../localnet/src/routes/app.js';
import { nodeRoutes } from '../../../localnet/src/routes/node/routes.js';
import type { ValidRequest } from './request.js';

export interface Route {
  /** Verb and path, as the table shows them. */
  readonly name: string;
  readonly verb: string;
  readonly pattern: RegExp;
}

/** Routes are listed without asking the chain anything; only serving them does. */
const NO_CHAIN = {} as Chain;
const FACTS = { blockTimeMs: 0, burnEvery: 10, faults: true, authToken: 'none' };

/** Every route of a node started with faults, in the order in which they are tried. */
export function listRoutes(): readonly Route[] {
  const ofNode = nodeRoutes(NO_CHAIN, 'none').map(({ verb, path }) => ({
    name: `${verb} ${nameGroups(path)}`,
    verb,
    pattern: new RegExp(`^${path}$`),
  }));
  const ofApp = createApp(NO_CHAIN, FACTS)
    // What is served for all verbs is middleware, or the answer to a path that is not there.
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({
      name: `${method} ${path}`,
      verb: method,
      pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
    }));
  return [...ofNode, ...ofApp];
}

/** The route that serves a request. */
export function routeOf(routes: readonly Route[], { verb, path }: ValidRequest): Route | undefined {
  return routes.find((route) => route.verb === verb && route.pattern.test(path));
}

/** A pattern with `:name` in the place of its named groups, which may hold groups without one. */
function nameGroups(pattern: string): string {
  const named = pattern.replace(/\(\?<(\w+)>(?:\(\?:[^)]*\)\?|[^()])*\)/g, ':$1');
  return named.replace(/\(\?:|\)\??/g, '');
}
