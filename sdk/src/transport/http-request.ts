import { FacError } from '../errors/fac-error.js';

export interface HttpOptions {
  /** Root of a node or API, without `/v2`. */
  readonly nodeUrl: string;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Starts with a slash. */
  readonly path: string;
  readonly contentType?: string | undefined;
  readonly body?: string | Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
  /** For errors: where it came from, without credentials. */
  readonly source: { readonly host: string; readonly endpoint: string };
}

/** Sends one request and reads the whole answer, whatever its status, within `timeoutMs`. */
export const sendRequest = async (options: HttpOptions, request: HttpRequest): Promise<HttpAnswer> => {
  const source = describeSource(options.nodeUrl, request);
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
  try {
    const response = await options.fetch(makeUrl(options.nodeUrl, request.path), {
      method: request.method,
      headers: makeHeaders(options, request),
      // @types/node wants an ArrayBuffer-backed view; every Uint8Array we send is one.
      body: (request.body as string | Uint8Array<ArrayBuffer> | undefined) ?? null,
      signal,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      text: await response.text(),
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after')),
      source,
    };
  } catch (cause) {
    request.signal?.throwIfAborted();
    if (deadline.aborted)
      throw new FacError('TIMED_OUT_REQUEST', { ...source, timeoutMs: options.timeoutMs });
    throw new FacError('REJECTED_CONNECTION', { ...source, cause: describeCause(cause) }, { cause });
  }
};

const makeUrl = (nodeUrl: string, path: string): string => {
  const url = new URL(nodeUrl);
  url.username = '';
  url.password = '';
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}${path}`;
};

const makeHeaders = ({ nodeUrl, headers }: HttpOptions, request: HttpRequest): Record<string, string> => {
  const { username, password } = new URL(nodeUrl);
  const basic = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    accept: 'application/json',
    ...(basic === ':' ? {} : { authorization: `Basic ${btoa(basic)}` }),
    ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
    ...headers,
  };
};

const describeSource = (nodeUrl: string, { method, path }: HttpRequest): HttpAnswer['source'] => ({
  host: new URL(nodeUrl).host,
  endpoint: `${method} ${path.split('?')[0]}`,
});

const describeCause = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return 'the connection failed';
};

const parseRetryAfter = (header: string | null): number | undefined => {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
};
