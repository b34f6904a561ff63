import { z } from 'zod';

/** One thing a keeper can be told: how it is named everywhere, what it may be, and what it is by default. */
export interface Option<Value> {
  /** The long flag with its placeholder. */
  readonly flag: string;
  readonly env: string;
  /** One sentence with the unit. */
  readonly doc: string;
  /** What a right value looks like: the second half of the error for a wrong one. */
  readonly expected: string;
  readonly schema: z.ZodType<Value>;
  /** Absent: the value must be given. */
  readonly fallback?: string | number | readonly string[];
}

const text = (pattern: RegExp) => z.string().regex(pattern);

const integer = (min: number, max: number) =>
  z.union([z.number(), text(/^\d{1,15}$/).transform(Number)]).pipe(z.number().int().min(min).max(max));

const ustx = (max: bigint) =>
  z
    .union([z.number().int().nonnegative(), text(/^\d{1,18}$/)])
    .transform((value) => BigInt(value))
    .pipe(z.bigint().min(1n).max(max));

const blocks = (max: number) => integer(1, max).transform((value) => BigInt(value));

const names = z
  .union([z.string(), z.array(z.union([z.string(), z.number()]))])
  .transform((value) => (Array.isArray(value) ? value : value.split(',')).map((name) => `${name}`.trim()))
  .pipe(
    z
      .array(text(/^[\x21-\x7e]{1,40}$/))
      .min(1)
      .max(128),
  );

const httpUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));

const ONE_STX = 1_000_000n;

/** Every option of `fac keeper`, in the order of its help. The configuration page is made from this. */
export const OPTIONS = {
  nodeUrl: {
    flag: '--node-url <url>',
    env: 'FAC_NODE_URL',
    doc: 'Root URL of a Stacks node or API.',
    expected: 'an http or https URL',
    schema: httpUrl,
    fallback: 'http://127.0.0.1:20443',
  },
  deployer: {
    flag: '--deployer <address>',
    env: 'FAC_DEPLOYER',
    doc: 'Address that deployed the FAC contracts; it also decides the network.',
    expected: 'a Stacks address, such as ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM',
    schema: text(/^S[PMTN][0-9A-HJKMNP-TV-Z]{36,39}$/),
  },
  keyFile: {
    flag: '--key-file <path>',
    env: 'FAC_KEY_FILE',
    doc: 'File that holds the private key of the worker; FAC_PRIVATE_KEY goes before it.',
    expected: 'a path',
    schema: z.string(),
    fallback: '',
  },
  queues: {
    flag: '--queues <names>',
    env: 'FAC_QUEUES',
    doc: 'Queues to serve, names or ids, separated by commas; tasks of on-chain ones are executed.',
    expected: 'names or ids of queues, separated by commas',
    schema: names,
    fallback: ['default'],
  },
  handlers: {
    flag: '--handlers <path>',
    env: 'FAC_HANDLERS',
    doc: 'ESM .js module that exports "handlers", from task type to function.',
    expected: 'a path to a .js or .mjs file',
    schema: text(/\.m?js$/),
  },
  stateDir: {
    flag: '--state-dir <path>',
    env: 'FAC_STATE_DIR',
    doc: 'Directory of the journal; one keeper each.',
    expected: 'a path',
    schema: text(/./),
    fallback: '.fac/keeper',
  },
  tickMs: {
    flag: '--tick-ms <ms>',
    env: 'FAC_TICK_MS',
    doc: 'Time between two looks at the chain, in milliseconds, give or take a quarter.',
    expected: 'a whole number from 50 to 60000',
    schema: integer(50, 60_000),
    fallback: 1_000,
  },
  concurrency: {
    flag: '--concurrency <n>',
    env: 'FAC_CONCURRENCY',
    doc: 'Most handlers at once; no effect above the capacity the registry gives the worker.',
    expected: 'a whole number from 1 to 120',
    schema: integer(1, 120),
    fallback: 8,
  },
  claimBatch: {
    flag: '--claim-batch <n>',
    env: 'FAC_CLAIM_BATCH',
    doc: 'Most tasks taken at once; a small number leaves some to other keepers.',
    expected: 'a whole number from 1 to 20',
    schema: integer(1, 20),
    fallback: 2,
  },
  attemptTimeoutMs: {
    flag: '--attempt-timeout-ms <ms>',
    env: 'FAC_ATTEMPT_TIMEOUT_MS',
    doc: 'Longest run of one handler, in milliseconds; then the attempt fails and may be retried.',
    expected: 'a whole number from 100 to 86400000',
    schema: integer(100, 86_400_000),
    fallback: 300_000,
  },
  graceMs: {
    flag: '--grace-ms <ms>',
    env: 'FAC_GRACE_MS',
    doc: 'How long a stop waits for running handlers and their settlement, in milliseconds.',
    expected: 'a whole number from 0 to 3600000',
    schema: integer(0, 3_600_000),
    fallback: 15_000,
  },
  heartbeatMarginBlocks: {
    flag: '--heartbeat-margin-blocks <n>',
    env: 'FAC_HEARTBEAT_MARGIN_BLOCKS',
    doc: 'A running task gets more time when its lease ends within so many Stacks blocks.',
    expected: 'a whole number from 1 to 1000',
    schema: blocks(1_000),
    fallback: 4,
  },
  maxInFlight: {
    flag: '--max-in-flight <n>',
    env: 'FAC_MAX_IN_FLIGHT',
    doc: 'Most transactions under way at once; a node admits 27.',
    expected: 'a whole number from 1 to 25',
    schema: integer(1, 25),
    fallback: 20,
  },
  bumpAfterBlocks: {
    flag: '--bump-after-blocks <n>',
    env: 'FAC_BUMP_AFTER_BLOCKS',
    doc: 'A waiting transaction pays a quarter more after so many Stacks blocks.',
    expected: 'a whole number from 2 to 10000',
    schema: blocks(10_000).pipe(z.bigint().min(2n)),
    fallback: 12,
  },
  feeFloorUstx: {
    flag: '--fee-floor-ustx <ustx>',
    env: 'FAC_FEE_FLOOR_USTX',
    doc: 'Least fee of a transaction, in microSTX.',
    expected: 'a whole number from 1 to 1000000',
    schema: ustx(ONE_STX),
    fallback: 1_000,
  },
  feeCapUstx: {
    flag: '--fee-cap-ustx <ustx>',
    env: 'FAC_FEE_CAP_USTX',
    doc: 'Most a transaction may pay, in microSTX, also after raising.',
    expected: 'a whole number from 1 to 10000000',
    schema: ustx(10n * ONE_STX),
    fallback: 100_000,
  },
  requestTimeoutMs: {
    flag: '--request-timeout-ms <ms>',
    env: 'FAC_REQUEST_TIMEOUT_MS',
    doc: 'Longest wait for one answer of the node, in milliseconds.',
    expected: 'a whole number from 100 to 120000',
    schema: integer(100, 120_000),
    fallback: 10_000,
  },
  logLevel: {
    flag: '--log-level <level>',
    env: 'FAC_LOG_LEVEL',
    doc: 'Least level that is logged.',
    expected: 'debug, info, warn or error',
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    fallback: 'info',
  },
  logFormat: {
    flag: '--log-format <format>',
    env: 'FAC_LOG_FORMAT',
    doc: 'json: one object a line; pretty: for people; auto: pretty on a terminal.',
    expected: 'auto, json or pretty',
    schema: z.enum(['auto', 'json', 'pretty']),
    fallback: 'auto',
  },
} as const satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof OPTIONS;

/** What the code reads: every option checked, with its default filled in. */
export type Settings = { readonly [Name in OptionName]: z.output<(typeof OPTIONS)[Name]['schema']> };

export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[]; // keys of a constant
