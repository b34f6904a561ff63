import type { Context } from 'hono';
import { NodeRefusal, undecodable } from './reply.js';

export type ContentType = 'octets' | 'text' | 'json';

/** A request as the node's handlers see it. */
export interface NodeRequest {
  /** The named groups of the route's path. */
  readonly captures: Readonly<Record<string, string>>;
  /** The last value of each query parameter, as the node takes it. */
  readonly query: ReadonlyMap<string, string>;
  readonly contentType: ContentType | undefined;
  readonly authorization: string | undefined;
  readonly body: Uint8Array<ArrayBuffer>;
}

export async function readRequest(
  c: Context,
  verb: string,
  captures: Record<string, string>,
): Promise<NodeRequest> {
  if (verb === 'GET' && Number(c.req.header('content-length') ?? 0) !== 0) {
    throw undecodable('Invalid Http request: expected 0-length body');
  }
  return {
    captures,
    query: new Map(new URL(c.req.url).searchParams),
    contentType: parseContentType(c.req.header('content-type')),
    authorization: c.req.header('authorization'),
    body: verb === 'GET' ? new Uint8Array(0) : new Uint8Array(await c.req.arrayBuffer()),
  };
}

/** A capture the route's path has; its absence is a mistake in the route. */
export function capture({ captures }: NodeRequest, name: string): string {
  const value = captures[name];
  if (value === undefined) throw new Error(`the path has no group "${name}"`);
  return value;
}

export function parseContentType(header: string | undefined): ContentType | undefined {
  if (header === undefined) return undefined;
  const type = header.toLowerCase();
  if (type === 'application/octet-stream') return 'octets';
  if (type === 'text/plain' || type.startsWith('text/plain;')) return 'text';
  if (type === 'application/json' || type.startsWith('application/json;')) return 'json';
  throw new NodeRefusal(
    400,
    `Failed to decode due to SIP-003 codec error: DeserializeError("Unsupported HTTP content type: ${header}")`,
  );
}

/** Whether a MARF proof is asked for: unless told otherwise, yes. */
export function wantsProof({ query }: NodeRequest): boolean {
  return (query.get('proof') ?? '1') === '1';
}

/** The body as JSON; `name` is the endpoint's in the node's own texts. */
export function readJson({ body, contentType }: NodeRequest, name: string): unknown {
  if (body.byteLength === 0) throw undecodable(`Invalid Http request: invalid body length for ${name} (0)`);
  if (contentType !== 'json') throw undecodable('Invalid content-type: expected application/json');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw undecodable(`Failed to parse JSON body: ${error instanceof Error ? error.message : String(error)}`);
  }
}
