/** What the node answers, before it is HTTP. A string goes out as text/plain, anything else as JSON. */
export type NodeReply =
  | { readonly kind: 'json'; readonly status: 200 | 400; readonly body: unknown }
  | { readonly kind: 'text'; readonly status: NodeErrorStatus; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> };

export type NodeErrorStatus = 400 | 401 | 404 | 405 | 413 | 501;

export function json(body: unknown): NodeReply {
  return { kind: 'json', status: 200, body };
}

export function refusal(body: unknown): NodeReply {
  return { kind: 'json', status: 400, body };
}

export function bytes(content: Uint8Array<ArrayBuffer>): NodeReply {
  return { kind: 'bytes', bytes: content };
}

export function notFound(text: string): NodeReply {
  return { kind: 'text', status: 404, text };
}

/** A request the node does not take; its text is the node's own. */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';

  constructor(
    readonly status: NodeErrorStatus,
    text: string,
  ) {
    super(text);
  }
}

/** The node's refusal of a request that it cannot read. */
export function undecodable(text: string): NodeRefusal {
  return new NodeRefusal(400, `Failed to decode: ${text}`);
}
