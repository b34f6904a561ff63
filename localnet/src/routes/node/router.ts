import type { Context, Hono } from 'hono';
import { type NodeErrorStatus, NodeRefusal, type NodeReply } from './reply.js';
import { type NodeRequest, readRequest } from './request.js';

/** One endpoint of the node. */
export interface NodeRoute {
  readonly verb: 'GET' | 'POST';
  /** Of the decoded path, without anchors; named groups are the request's captures. */
  readonly path: string;
  /**
   * Whether a path of this form with a wrong parameter is told so (400); the node cannot tell for
   * endpoints whose parameters are names and principals, and says that there is no such path (404).
   */
  readonly namesItsParameters?: boolean | undefined;
  handle(request: NodeRequest): NodeReply | Promise<NodeReply>;
}

interface CompiledRoute extends NodeRoute {
  readonly strict: RegExp;
  readonly loose: RegExp;
}

/** Any one path segment, as a parameter that does not fit is recognised. */
const ANY_SEGMENT = "[a-zA-Z0-9._~:@!$&'()*+,;=-]+";

/**
 * Serves the node's paths as the node does: by pattern over the decoded path, so that dots, percent signs
 * and names that no pattern takes are a path that is not there, and a known path with another verb is 405.
 */
export function addNodeRouter(app: Hono, routes: readonly NodeRoute[]): void {
  const compiled = routes.map(compile);
  const serve = async (c: Context) => {
    try {
      return respond(c, await dispatch(c, compiled));
    } catch (error) {
      if (error instanceof NodeRefusal) return text(c, error.message, error.status);
      throw error;
    }
  };
  app.all('/v2/*', serve);
  app.all('/v3/*', serve);
}

function compile(route: NodeRoute): CompiledRoute {
  const strict = new RegExp(`^${route.path}$`);
  const loose =
    route.namesItsParameters === true
      ? new RegExp(`^${route.path.replace(/\(\?<\w+>[^)]+\)/g, () => ANY_SEGMENT)}$`)
      : strict;
  return { ...route, strict, loose };
}

async function dispatch(c: Context, routes: readonly CompiledRoute[]): Promise<NodeReply> {
  const path = decodePath(c.req.url);
  const verb = c.req.method;
  let hasMisfit = false;
  const allowed = new Set<string>();
  for (const route of routes) {
    const match = route.strict.exec(path);
    if (match !== null && route.verb === verb) {
      return route.handle(await readRequest(c, route.verb, { ...match.groups }));
    }
    if (match === null && !route.loose.test(path)) continue;
    allowed.add(route.verb);
    if (match === null && route.verb === verb) hasMisfit = true;
  }
  if (hasMisfit) throw new NodeRefusal(400, `Invalid path parameters for '${path}'`);
  if (allowed.size === 0) throw new NodeRefusal(404, 'No such file or directory');
  const methods = [...allowed].join(', ');
  c.header('Allow', methods);
  throw new NodeRefusal(405, `Method Not Allowed. Allowed: ${methods}`);
}

/** The path with its dots resolved and its percent escapes read as UTF-8. */
function decodePath(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    throw new NodeRefusal(400, 'Http request path could not be parsed as UTF-8');
  }
}

function respond(c: Context, reply: NodeReply): Response {
  switch (reply.kind) {
    case 'json':
      return c.json(reply.body, reply.status);
    case 'text':
      return text(c, reply.text, reply.status);
    case 'bytes':
      return c.body(reply.bytes, 200, { 'content-type': 'application/octet-stream' });
  }
}

/** The node's type of a text names no character set. */
function text(c: Context, content: string, status: NodeErrorStatus): Response {
  return c.body(content, status, { 'content-type': 'text/plain' });
}
