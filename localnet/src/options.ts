import { z } from 'zod';
import { LocalnetError } from './errors.js';
import type { LocalnetEvent } from './events.js';

/** What a caller may set; everything has a default. */
export interface LocalnetOptions {
  /** The project's Clarinet.toml. @default './Clarinet.toml' */
  readonly manifest?: string | undefined;
  /** 0 takes any free port. @default 20443 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Milliseconds between blocks, 0 or 50..3,600,000; 0 mines as soon as a transaction can run. @default 1000 */
  readonly blockTimeMs?: number | undefined;
  /** Every n-th block is a Bitcoin block, 2..10,000. @default 10 */
  readonly burnEvery?: number | undefined;
  /** Deploys the project at start: by deployments/default.devnet-plan.yaml, else what Clarinet.toml names. @default true */
  readonly deploy?: boolean | undefined;
  /** How many accounts there are at least, 1..1,000; those of the project come first. @default those of the project */
  readonly accounts?: number | undefined;
  /** A file that keeps the chain: made when it is not there, gone on with when it is. @default none: kept in memory */
  readonly stateFile?: string | undefined;
  /** Serves `/localnet/*`, by which a client may make the node misbehave; on a loopback host only. @default false */
  readonly faults?: boolean | undefined;
  /** Starts with mining paused. @default false */
  readonly paused?: boolean | undefined;
  /**
   * Event observers that are posted to as the node does: a URL each (up to 16), with the observer's `events_keys` after a
   * `#` if it is not to get everything, as in `http://127.0.0.1:3700#memtx,burn_blocks`. @default []
   */
  readonly observers?: readonly string[] | undefined;
  /** What the header `authorization` must be for the endpoints a node keeps to itself. @default '12345' */
  readonly authToken?: string | undefined;
  /** Told of each block and of what goes wrong; never awaited. */
  readonly onEvent?: ((event: LocalnetEvent) => void) | undefined;
  /** For tests: behave as on a machine where simnet's memory cannot be restored. @default false */
  readonly withoutRestore?: boolean | undefined;
}

const OPTIONS = z
  .strictObject({
    manifest: z.string().min(1).default('./Clarinet.toml'),
    port: z.number().int().min(0).max(65_535).default(20_443),
    host: z.string().min(1).default('127.0.0.1'),
    blockTimeMs: z
      .number()
      .int()
      .refine((ms) => ms === 0 || (ms >= 50 && ms <= 3_600_000), { error: 'expected 0, or 50 to 3600000 ms' })
      .default(1_000),
    // A deployment needs a Stacks block of its own, so not every block can be a Bitcoin block.
    burnEvery: z.number().int().min(2).max(10_000).default(10),
    deploy: z.boolean().default(true),
    accounts: z.number().int().min(1).max(1_000).optional(),
    stateFile: z.string().min(1).optional(),
    faults: z.boolean().default(false),
    paused: z.boolean().default(false),
    observers: z
      .array(z.url({ protocol: /^https?$/, error: 'expected an http or https URL' }))
      .max(16)
      .default([]),
    // The token of every clarinet devnet.
    authToken: z.string().min(1).default('12345'),
    onEvent: z.custom<(event: LocalnetEvent) => void>((value) => typeof value === 'function').optional(),
    withoutRestore: z.boolean().default(false),
  })
  .refine(({ faults, host }) => !faults || isLoopback(host), {
    path: ['faults'],
    error: 'only with --host 127.0.0.1, ::1 or localhost: whoever reaches the port may break the chain',
  });

export type ResolvedOptions = z.infer<typeof OPTIONS>;

/** Fills in defaults; throws INVALID_OPTION naming each wrong one. */
export function resolveOptions(options: LocalnetOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const parsed = OPTIONS.safeParse(given);
  if (!parsed.success) throw new LocalnetError('INVALID_OPTION', z.prettifyError(parsed.error));
  return parsed.data;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
