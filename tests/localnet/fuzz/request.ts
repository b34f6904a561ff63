/** A value of JSON. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A request the node answers with 200, in the parts that are changed one at a time. */
export interface ValidRequest {
  readonly verb: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly json: JsonValue } | { readonly octets: Buffer };
}

/** A request as it is sent. */
export interface FuzzRequest {
  /** The row of the table that counts its answer. */
  readonly row: string;
  /** What was done to it, for who reads of a failure. */
  readonly what: string;
  readonly method: string;
  /** Path and query, as they go over the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
}

/** What a valid request looks like on the wire. */
export function encodeRequest(valid: ValidRequest, row: string, what: string): FuzzRequest {
  const { verb: method, path, query = {}, headers = {}, body } = valid;
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const target = pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
  if (body === undefined) return { row, what, method, target, headers };
  const bytes = 'octets' in body ? body.octets : Buffer.from(JSON.stringify(body.json));
  const type = 'octets' in body ? 'application/octet-stream' : 'application/json';
  return { row, what, method, target, headers: { 'content-type': type, ...headers }, body: bytes };
}
