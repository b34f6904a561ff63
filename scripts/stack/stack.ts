import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, type ChildRecord, startChild } from './child.js';
import { DEVNET } from './devnet-accounts.js';
import { findFreePort } from './free-port.js';

export interface StackOptions {
  /** Holds the journals of the keepers, their keys and all logs. */
  readonly stateDir: string;
  /** Tried first; the next free one is taken. 0 takes any. */
  readonly nodePort: number;
  readonly blockTimeMs: number;
  /** Every n-th block is a Bitcoin block. */
  readonly burnEvery: number;
  /** Told of every line of JSON that a child prints. */
  readonly onRecord?: ((child: string, record: ChildRecord) => void) | undefined;
}

export interface KeeperStart {
  /** Names its journal, its key file and its log. */
  readonly name: string;
  readonly account: { readonly key: string };
  /** Whose contracts it serves. @default those the node starts with */
  readonly deployer?: string | undefined;
  /** @default a directory of its own */
  readonly stateDir?: string | undefined;
}

/** The processes that FAC runs in on one machine. They talk HTTP only. */
export interface Stack {
  readonly nodeUrl: string;
  readonly node: Child;
  /** Starts the sample dApp; it is set up once it has said so. */
  readonly startDapp: () => Promise<Child>;
  readonly startKeeper: (start: KeeperStart) => Child;
  /** The shell command that starts such a keeper by hand. */
  readonly describeKeeper: (start: KeeperStart) => string;
  /** Ends every child, the node last; kills what has not ended after `graceMs`. */
  readonly stop: (graceMs?: number) => Promise<void>;
}

const DAPP = '.build/examples/sample-dapp/main.js';
const HANDLERS = '.build/examples/sample-dapp/handlers.js';
const QUEUES = 'default,fragile,onchain';
const TICKS_PER_BLOCK = 2;

/** Starts a local node, which deploys the contracts. Paths are relative to the project. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { stateDir, blockTimeMs, burnEvery, onRecord } = options;
  mkdirSync(join(stateDir, 'logs'), { recursive: true, mode: 0o700 });
  const children: Child[] = [];
  const start = (
    name: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Child => {
    const logFile = join(stateDir, 'logs', `${name}.log`);
    const child = startChild({ name, args, env, logFile, onRecord: (record) => onRecord?.(name, record) });
    children.push(child);
    return child;
  };
  const stop = async (graceMs?: number): Promise<void> => {
    for (const child of [...children].reverse()) await child.stop(graceMs);
  };

  const port = await findFreePort(options.nodePort);
  const times = ['--block-time', `${blockTimeMs}`, '--burn-every', `${burnEvery}`];
  const node = start('node', [
    'localnet/bin/fac-localnet.js',
    ...['--port', `${port}`, ...times, '--json', '--exit-with-parent', `${process.pid}`],
  ]);
  try {
    await node.waitFor(({ event }) => event === 'ready');
  } catch (error) {
    await stop();
    throw error;
  }
  const nodeUrl = `http://127.0.0.1:${port}`;

  const keeperArgs = (keeper: KeeperStart): readonly string[] => {
    const keyFile = join(stateDir, 'keys', `${keeper.name}.key`);
    mkdirSync(join(stateDir, 'keys'), { recursive: true, mode: 0o700 });
    writeFileSync(keyFile, `${keeper.account.key}\n`, { mode: 0o600 });
    return [
      ...['--node-url', nodeUrl, '--deployer', keeper.deployer ?? DEVNET.deployer.address],
      ...['--key-file', keyFile],
      ...['--queues', QUEUES, '--handlers', HANDLERS, '--tick-ms', `${blockTimeMs / TICKS_PER_BLOCK}`],
      ...['--state-dir', keeper.stateDir ?? join(stateDir, keeper.name)],
    ];
  };

  return {
    nodeUrl,
    node,
    startDapp: async () => {
      const workers = [DEVNET.keeper, DEVNET.secondKeeper, DEVNET.doomedWorker].map(({ address }) => address);
      const dapp = start('dapp', [DAPP], {
        FAC_NODE_URL: nodeUrl,
        FAC_DEPLOYER: DEVNET.deployer.address,
        FAC_DEPLOYER_KEY: DEVNET.deployer.key,
        FAC_PRODUCER_KEY: DEVNET.producer.key,
        FAC_DOOMED_KEY: DEVNET.doomedWorker.key,
        FAC_WORKERS: workers.join(','),
        FAC_PARENT_PID: `${process.pid}`,
      });
      await dapp.waitFor(({ event }) => event === 'set-up');
      return dapp;
    },
    startKeeper: (keeper) =>
      start(keeper.name, [
        'keeper/bin/fac.js',
        'keeper',
        ...keeperArgs(keeper),
        ...['--log-format', 'json', '--exit-with-parent', `${process.pid}`],
      ]),
    describeKeeper: (keeper) => `npx fac keeper ${keeperArgs(keeper).join(' ')}`,
    stop,
  };
};
