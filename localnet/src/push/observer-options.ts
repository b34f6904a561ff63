import { LocalnetError } from '../errors.js';
import { isPrincipal } from '../worker/principal.js';

/** Who is told of what happens, as the node's `[[events_observer]]` says it. */
export interface ObserverOptions {
  /** The base the paths are added to: `http://127.0.0.1:3700` is told of blocks at `/new_block`. */
  readonly url: string;
  /** The node's `events_keys`. @default ['*'] */
  readonly keys?: readonly string[] | undefined;
  /** Milliseconds one delivery may take before it is tried again, 1 to 60,000. @default 5000 */
  readonly timeoutMs?: number | undefined;
}

/** An observer as it is used. */
export interface Observer {
  /** Where it is, as far as it may be shown to people: a path or a query can be as secret as a password. */
  readonly origin: string;
  readonly keys: ReadonlySet<string>;
  readonly timeoutMs: number;
  readonly authorization: string | undefined;
  urlOf(path: string): string;
}

/** Keys of events this chain never has; the node takes them too. */
const SILENT_KEYS = ['microblocks', 'stackerdb', 'block_proposal'];
const PLAIN_KEYS: readonly string[] = ['*', 'stx', 'memtx', 'burn_blocks', ...SILENT_KEYS];
/** The node's is a second, in which a busy machine may not answer: what is late is posted twice. */
const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_TIMEOUT_MS = 60_000;

/**
 * Reads an observer written as one text: its URL, and after a `#` its keys with commas between them, as in
 * `http://127.0.0.1:3700#memtx,stx`. Throws INVALID_OPTION.
 */
export function parseObserver(text: string): ObserverOptions {
  const [url = '', keys] = text.split('#', 2);
  const options = { url, keys: keys === undefined || keys === '' ? undefined : keys.split(',') };
  resolveObserver(options);
  return options;
}

/** Checks an observer and fills in the defaults; throws INVALID_OPTION without naming a secret. */
export function resolveObserver({
  url,
  keys = ['*'],
  timeoutMs = DEFAULT_TIMEOUT_MS,
}: ObserverOptions): Observer {
  const base = parseUrl(url);
  const { origin, search } = base;
  const prefix = `${origin}${base.pathname.replace(/\/+$/, '')}`;
  const wrong = keys.find((key) => !isKey(key));
  if (wrong !== undefined) {
    throw new LocalnetError(
      'INVALID_OPTION',
      `observer ${origin}: "${wrong}" is no key; expected *, stx, memtx, burn_blocks, ADDRESS.contract::print or ADDRESS.contract.token`,
    );
  }
  if (!(timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS)) {
    throw new LocalnetError(
      'INVALID_OPTION',
      `observer ${origin}: timeoutMs ${timeoutMs}, expected 1 to ${MAX_TIMEOUT_MS}`,
    );
  }
  return {
    origin,
    keys: new Set(keys),
    timeoutMs,
    authorization: authorizationOf(base),
    urlOf: (path) => `${prefix}${path}${search}`,
  };
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // The text is not repeated: it may hold a password in a place no parser found.
  throw new LocalnetError('INVALID_OPTION', 'an observer is no URL; expected http://host:port or https://…');
}

/** fetch takes no credentials in a URL, so they travel as the header they stand for. RFC 7617. */
function authorizationOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function isKey(key: string): boolean {
  if (PLAIN_KEYS.includes(key)) return true;
  const [contract = '', topic, ...rest] = key.split('::');
  if (topic !== undefined) return rest.length === 0 && topic !== '' && isContract(contract);
  const [address, name, token, ...more] = key.split('.');
  return more.length === 0 && token !== undefined && token !== '' && isContract(`${address}.${name}`);
}

function isContract(text: string): boolean {
  return text.includes('.') && isPrincipal(text);
}
