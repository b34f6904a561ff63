import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { FaultAction, FaultRules } from './fault-rules.js';
import type { FrozenTip } from './frozen-tip.js';

export interface MisbehaveOptions {
  readonly rules: FaultRules;
  readonly frozenTip: FrozenTip;
  /** Carries a request out once more, past this middleware. */
  readonly handle: (request: Request) => Response | Promise<Response>;
}

/** Puts the rules in force between the client and the routes. What controls the node is never touched. */
export function misbehave({ rules, frozenTip, handle }: MisbehaveOptions): MiddlewareHandler<{
  Bindings: HttpBindings;
}> {
  return async (c, next) => {
    const { method, path } = c.req;
    if (path.startsWith('/localnet/')) return next();
    const action = rules.take(method, path);
    if (action !== null && action.kind !== 'delay' && action.kind !== 'duplicate') {
      if (action.kind === 'drop-response') await next();
      return answer(c, action);
    }
    if (action?.kind === 'delay') await delay(action.delayMs);
    if (action?.kind === 'duplicate') await handle(await repeat(c));
    const frozen = method === 'GET' ? frozenTip.answer(path) : null;
    if (frozen === null) return next();
    return c.body(frozen.body, 200, { 'content-type': frozen.contentType });
  };
}

type Answered = Exclude<FaultAction, { kind: 'delay' | 'duplicate' }>;

function answer(c: Context<{ Bindings: HttpBindings }>, action: Answered): Response {
  switch (action.kind) {
    case 'drop-request':
    case 'drop-response':
      c.env.outgoing.destroy();
      c.res = undefined;
      return RESPONSE_ALREADY_SENT;
    case 'rate-limit': {
      const seconds = `${action.retryAfterSeconds}`;
      return c.json({ error: 'Too many requests' }, 429, {
        'retry-after': seconds,
        'ratelimit-remaining': '0',
        'ratelimit-reset': seconds,
      });
    }
    case 'status':
      return new Response(action.body, { status: action.status, headers: { 'content-type': 'text/plain' } });
    case 'html':
      return c.html('<!doctype html><title>Just a moment</title><p>Checking your browser before you go on.');
  }
}

/** The same request again; its body is read from the copy Hono keeps. */
async function repeat(c: Context): Promise<Request> {
  const { method, url } = c.req;
  const headers = c.req.raw.headers;
  return method === 'GET' || method === 'HEAD'
    ? new Request(url, { method, headers })
    : new Request(url, { method, headers, body: await c.req.arrayBuffer() });
}
