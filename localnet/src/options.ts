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
  /** Runs deployments/default.devnet-plan.yaml at start. @default true */
  readonly deploy?: boolean | undefined;
  /** A file that keeps the chain: made when it is not there, gone on with when it is. @default none */
  readonly stateFile?: string | undefined;
  /** Lets requests control the chain and make it misbehave; on a loopback address only. @default false */
  readonly faults?: boolean | undefined;
  /** No block is made by itself until mining is resumed. @default false */
  readonly paused?: boolean | undefined;
  /**
   * Event observers that are posted to as the node does: a URL each, with the observer's `events_keys` after a
   * `#` if it is not to get everything, as in `http://127.0.0.1:3700#memtx,burn_blocks`. @default []
   */
  readonly observers?: readonly string[] | undefined;
  /** Told of each block and of what goes wrong; never awaited. */
  readonly onEvent?: ((event: LocalnetEvent) => void) | undefined;
  /** For tests: behave as on a machine where simnet's memory cannot be restored. @default false */
  readonly withoutRestore?: boolean | undefined;
}

const OPTIONS = z.strictObject({
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
  stateFile: z.string().min(1).optional(),
  faults: z.boolean().default(false),
  paused: z.boolean().default(false),
  observers: z.array(z.string()).default([]),
  onEvent: z.custom<(event: LocalnetEvent) => void>((value) => typeof value === 'function').optional(),
  withoutRestore: z.boolean().default(false),
});

export type ResolvedOptions = z.infer<typeof OPTIONS>;

/** Fills in defaults; throws INVALID_OPTION naming each wrong one. */
export function resolveOptions(options: LocalnetOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const parsed = OPTIONS.safeParse(given);
  if (!parsed.success) throw new LocalnetError('INVALID_OPTION', z.prettifyError(parsed.error));
  return parsed.data;
}
