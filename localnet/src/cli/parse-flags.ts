import { Command, InvalidArgumentError } from 'commander';
import type { LocalnetOptions } from '../options.js';

export interface Flags {
  readonly options: LocalnetOptions;
  readonly json: boolean;
  /** Whether to end with the parent; its process id, where it named itself. */
  readonly exitWithParent: boolean | number;
}

const DESCRIPTION = `A Stacks node for development: takes signed transactions over a node's HTTP, mines them in blocks,
and starts in seconds. Works in any directory with a Clarinet.toml, and writes nothing there.`;

const EXAMPLES = `
Examples:
  fac-localnet                                 the project in this directory, a block a second
  fac-localnet --manifest ../token/Clarinet.toml --port 0
                                               another project, on any free port
  fac-localnet --block-time 0                  a block for each transaction, at once
  fac-localnet --state chain.journal           goes on with this chain after a restart
  fac-localnet --accounts 200 --json           200 funded accounts, their keys in the first line
`;

/** Reads the command line; commander itself prints help and refuses unknown flags with exit code 2. */
export function parseFlags(argv: readonly string[]): Flags {
  const command = new Command('fac-localnet')
    .description(DESCRIPTION)
    .option('--manifest <file>', "the project's Clarinet.toml", './Clarinet.toml')
    .option('--port <number>', 'port to listen on, 0 for any free one', parseWhole, 20_443)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--block-time <ms>', 'milliseconds between blocks, 0 to mine on transaction', parseWhole, 1_000)
    .option('--burn-every <n>', 'every n-th block is a Bitcoin block', parseWhole, 10)
    .option('--paused', 'start with mining paused', false)
    .option('--accounts <n>', 'have at least n funded accounts, up to 1000', parseWhole)
    .option('--no-deploy', "start without the project's contracts")
    .option('--state <file>', 'keep the chain in this file, and go on with it if it is there')
    .option('--observer <url>', 'post events there as a node does; may be given again', collect, [])
    .option('--auth-token <token>', 'header `authorization` of simulate and fast-call-read', '12345')
    .option('--faults', 'let tests break things over /localnet/*; on a loopback host only', false)
    .option('--json', 'print one JSON line per event, keys included', false)
    .option('--exit-with-parent [pid]', 'stop when the process that started this one is gone', parseWhole)
    .addHelpText('after', EXAMPLES)
    .configureHelp({ helpWidth: 100 })
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
      paused: flags.paused,
      accounts: flags.accounts,
      deploy: flags.deploy,
      stateFile: flags.state,
      observers: flags.observer,
      faults: flags.faults,
      authToken: flags.authToken,
    },
  };
}

interface RawFlags {
  readonly manifest: string;
  readonly port: number;
  readonly host: string;
  readonly blockTime: number;
  readonly burnEvery: number;
  readonly paused: boolean;
  readonly accounts?: number;
  readonly deploy: boolean;
  readonly state?: string;
  readonly observer: readonly string[];
  readonly faults: boolean;
  readonly authToken: string;
  readonly json: boolean;
  readonly exitWithParent?: boolean | number;
}

function parseWhole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}

function collect(url: string, urls: readonly string[]): readonly string[] {
  return [...urls, url];
}
