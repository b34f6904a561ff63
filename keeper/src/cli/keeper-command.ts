import { createFac, createKeySigner, type NetworkName } from '@fac/sdk';
import { Command, Option as Flag } from 'commander';
import { type Config, loadConfig } from '../config/load-config.js';
import { OPTION_NAMES, OPTIONS, type Option, type OptionName } from '../config/options.js';
import { loadPrivateKey } from '../config/private-key.js';
import { checkReady, createKeeper } from '../keeper.js';
import { runKeeper, withNode } from '../run-keeper.js';
import { createNap } from '../shared/nap.js';
import { openStore } from '../store/open-store.js';
import { createLog } from './create-log.js';
import { loadHandlers } from './load-handlers.js';
import { type ParentFlag, readParent } from './parent-flag.js';
import { createStopSignal } from './stop-signal.js';

const EXAMPLES = `
Every option can also stand in a YAML or JSON file (--config, or fac.yaml here) and in the environment (FAC_…).
Flags go before the environment, the environment before the file.

  FAC_PRIVATE_KEY=… fac keeper --deployer ST1… --handlers ./handlers.js --queues default
`;

type Flags = Partial<Record<OptionName, string>> & {
  readonly config?: string;
  readonly json?: boolean;
  readonly exitWithParent?: ParentFlag;
};

/** `fac keeper`: runs one worker until it is told to stop. */
export function makeKeeperCommand(): Command {
  const command = new Command('keeper')
    .description('Finds due work on chain, runs it with your handlers and settles it.')
    .option('--config <path>', 'YAML or JSON file (default: fac.yaml in this directory, if it is there)')
    .option('--json', 'the same as --log-format json')
    .option('--exit-with-parent [pid]', 'stop when the process that started this one ends')
    .addHelpText('after', EXAMPLES);
  for (const name of OPTION_NAMES) command.addOption(makeFlag(name));
  return command.action((flags: Flags) => runCommand(flags));
}

/** No commander default: it would hide what the file and the environment say. */
function makeFlag(name: OptionName): Flag {
  const { flag, doc, env, fallback }: Option<unknown> = OPTIONS[name];
  const standard = fallback === undefined || fallback === '' ? '' : `, default ${String(fallback)}`;
  return new Flag(flag, `${doc} (${env}${standard})`);
}

async function runCommand({ config: file, json, exitWithParent, ...flags }: Flags): Promise<void> {
  const asked = json === true ? { ...flags, logFormat: 'json' } : flags;
  const config = loadConfig({ flags: asked, env: process.env, file });
  const stop = createStopSignal(readParent(exitWithParent));
  try {
    await start(config, stop.signal);
  } finally {
    stop.release();
  }
}

async function start({ settings }: Config, signal: AbortSignal): Promise<void> {
  const { logFormat, logLevel, nodeUrl, deployer, tickMs, graceMs, queues } = settings;
  const { concurrency, claimBatch, maxInFlight, heartbeatMarginBlocks, bumpAfterBlocks, feeCapUstx } =
    settings;
  const policy = { concurrency, claimBatch, maxInFlight, heartbeatMarginBlocks, bumpAfterBlocks, feeCapUstx };
  const format = logFormat === 'auto' ? (process.stdout.isTTY ? 'pretty' : 'json') : logFormat;
  const log = createLog({ level: logLevel, format });
  const privateKey = loadPrivateKey(process.env, settings.keyFile);
  const handlers = await loadHandlers(settings.handlers);
  const signer = createKeySigner({ privateKey, network: networkOf(deployer) });
  const { address } = signer;
  const fac = createFac({ network: nodeUrl, deployer, signer, timeoutMs: settings.requestTimeoutMs });

  const db = await openStore({ directory: settings.stateDir, log });
  try {
    log.info('starting', {
      pid: process.pid,
      address,
      deployer,
      node: new URL(nodeUrl).host,
      durability: db.durability,
    });
    const ready = () => checkReady({ fac, address, queues, handlers });
    const served = await withNode(ready, { signal, log, firstRetryMs: tickMs });
    if (served === undefined) return;
    const nap = createNap();
    const keeper = createKeeper({
      fac,
      signer,
      db,
      handlers,
      policy: { ...policy, ...served },
      feeFloorUstx: settings.feeFloorUstx,
      attemptTimeoutMs: settings.attemptTimeoutMs,
      log,
      onOutcome: nap.wake,
    });
    log.info('started', { address, ...served, handlers: Object.keys(handlers), tickMs, ...policy });
    await runKeeper({ keeper, signal, tickMs, graceMs, nap: nap.sleep, log, random: Math.random });
    log.info('stopped', { address });
  } finally {
    await db.close();
  }
}

/** A devnet's accounts are a testnet's. */
function networkOf(deployer: string): NetworkName {
  return /^S[PM]/.test(deployer) ? 'mainnet' : 'testnet';
}
