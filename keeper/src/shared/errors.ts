/** Everything the keeper refuses or gives up on. Codes are stable: they are never reused. */
export type KeeperErrorCode = keyof typeof TEXTS;

/** What an error is about: shown in the message, and machine-readable in the log. Never holds a secret. */
export type ErrorContext = Readonly<Record<string, string | number | bigint | readonly string[]>>;

export interface KeeperErrorOptions {
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/** The one error class of the keeper. None can be retried as it is: each asks a person to change something. */
export class KeeperError extends Error {
  override readonly name = 'KeeperError';
  readonly code: KeeperErrorCode;
  readonly context: ErrorContext;
  constructor(code: KeeperErrorCode, options: KeeperErrorOptions = {}) {
    const context = options.context ?? {};
    super(TEXTS[code](show(context)), options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.context = context;
  }
}

export function isKeeperError(value: unknown): value is KeeperError {
  return value instanceof KeeperError;
}

/** The one-line reason of anything thrown, with the innermost cause when there is one. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

type Shown = Readonly<Record<string, string>>;

const TEXTS = {
  INVALID_CONFIG_FILE: (c: Shown) =>
    `${c.where}: ${c.problem}. Correct the file, or pass another with --config.`,
  INVALID_CONFIG_KEY: (c: Shown) =>
    `${c.where}: unknown key "${c.key}". Known keys: ${c.known}. Remove it or correct its spelling.`,
  INVALID_CONFIG_VALUE: (c: Shown) => `${c.name} from ${c.source}: expected ${c.expected}; got ${c.got}.`,
  INVALID_CONFIG_COMBINATION: (c: Shown) => `${c.problem}. Change one of them.`,
  EXPECTED_CONFIG_VALUE: (c: Shown) =>
    `${c.name} is not set: expected ${c.expected}. Set ${c.env}, pass ${c.flag}, or write it in the configuration file.`,
  INVALID_FLAG: (c: Shown) => `${c.problem}. Run it with --help for the list of flags.`,
  NOT_FOUND_CONFIG_FILE: (c: Shown) => `No configuration file at ${c.path}. Check --config.`,
  NOT_FOUND_PRIVATE_KEY: () =>
    'No signing key. Set FAC_PRIVATE_KEY, or name a file that holds it with --key-file or FAC_KEY_FILE.',
  INVALID_PRIVATE_KEY: (c: Shown) =>
    `The key from ${c.source} is not a Stacks private key: expected 64 hex characters, optionally followed by 01; got ${c.got}.`,
  NOT_FOUND_HANDLERS: (c: Shown) =>
    `Cannot load the handlers module ${c.path}: ${c.problem}. Give a built ESM .js file with --handlers.`,
  INVALID_HANDLERS: (c: Shown) =>
    `The handlers module ${c.path} must export "handlers", an object from task type to function; ${c.problem}.`,
  NOT_FOUND_LOCALNET: () =>
    'The local node is not installed: no package @fac/localnet beside @fac/keeper or here. Install it (it is GPL-3.0), or run a fac-localnet of your own.',
  NOT_FOUND_QUEUE: (c: Shown) => `The chain has no queue "${c.queue}". It has: ${c.known}. Check --queues.`,
  MISMATCH_QUEUE_UNSERVED: (c: Shown) =>
    `Queue ${c.queue} cannot be served whole: no handler for ${c.missing}. Add the handlers, or take the queue out of --queues.`,
  MISMATCH_WORKER_CLASS: (c: Shown) =>
    `Queue ${c.queue} is for granted workers only and ${c.address} is a bonded one. Take it out of --queues.`,
  NOT_FOUND_WORKER: (c: Shown) =>
    `${c.address} is not registered as a worker by ${c.deployer}. An admin must call register-coordinator with this address and role 2 (worker); then start again.`,
  REJECTED_STATE_LOCKED: (c: Shown) =>
    `The state directory ${c.directory} is in use by process ${c.pid}. Stop that keeper, or give this one another --state-dir (and its own key).`,
  INVALID_STORE: (c: Shown) =>
    `The store in ${c.directory} cannot be opened: ${c.problem}. Move the directory away to start with an empty one; what is on chain is not lost.`,
  INVALID_STORE_VERSION: (c: Shown) =>
    `The store in ${c.directory} has schema ${c.found}; this keeper writes schema ${c.expected}. Use the version of FAC that made it, or another --state-dir.`,
} satisfies Record<string, (context: Shown) => string>;

function show(context: ErrorContext): Shown {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}
