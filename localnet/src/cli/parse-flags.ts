import { Command, InvalidArgumentError } from 'commander';
import type { LocalnetOptions } from '../options.js';

export interface Flags {
  readonly options: LocalnetOptions;
  readonly json: boolean;
  /** Whether to end with the parent; its process id, where it named itself. */
  readonly exitWithParent: boolean | number;
}

/** Reads the command line; commander itself prints help and refuses unknown flags with exit code 2. */
export function parseFlags(argv: readonly string[]): Flags {
  const command = new Command('fac-localnet')
    .description('A local Stacks node over simnet. The chain lives in memory and ends with the process.')
    .option('--manifest <file>', "the project's Clarinet.toml", './Clarinet.toml')
    .option('--port <number>', 'port to listen on, 0 for any free one', parseWhole, 20_443)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--block-time <ms>', 'milliseconds between blocks, 0 to mine on demand only', parseWhole, 1_000)
    .option('--burn-every <n>', 'every n-th block is a Bitcoin block', parseWhole, 10)
    .option('--no-deploy', 'do not run deployments/default.devnet-plan.yaml')
    .option('--json', 'print one JSON line per event', false)
    .option('--exit-with-parent [pid]', 'stop when the process that started this one is gone', parseWhole)
    .allowExcessArguments(false)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const flags = command.parse([...argv], { from: 'user' }).opts<RawFlags>();
  return {
    json: flags.json,
    exitWithParent: flags.exitWithParent ?? false,
    options: {
      manifest: flags.manifest,
      port: flags.port,
      host: flags.host,
      blockTimeMs: flags.blockTime,
      burnEvery: flags.burnEvery,
      deploy: flags.deploy,
    },
  };
}

interface RawFlags {
  readonly manifest: string;
  readonly port: number;
  readonly host: string;
  readonly blockTime: number;
  readonly burnEvery: number;
  readonly deploy: boolean;
  readonly json: boolean;
  readonly exitWithParent?: boolean | number;
}

function parseWhole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}
