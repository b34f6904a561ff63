import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createKeeper,
  type Db,
  type Handlers,
  type Keeper,
  type Log,
  openStore,
  silentLog,
} from '@fac/keeper';
import { type DevnetAccount, type Localnet, startLocalnet } from '@fac/localnet';
import { createFac, createKeySigner, type Fac, type PreparedCall, type TaskState } from '@fac/sdk';

const MANIFEST = fileURLToPath(new URL('../../../Clarinet.toml', import.meta.url));

/** One line of a keeper's log. */
export interface LogLine {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RunningKeeper {
  readonly keeper: Keeper;
  readonly lines: readonly LogLine[];
  /** Ends it as a crash would: nothing is settled, the journal stays. */
  crash(): Promise<void>;
  /** The keeper's state directory, for the next one. */
  readonly directory: string;
}

export interface KeeperSetup {
  readonly account: DevnetAccount;
  readonly handlers: Handlers;
  readonly directory?: string;
  readonly claimBatch?: number;
  readonly concurrency?: number;
  readonly onchainQueues?: readonly bigint[];
}

/** The real contracts on a local node that mines when told to. */
export interface Scene {
  readonly node: Localnet;
  readonly dapp: Fac;
  readonly accounts: readonly [DevnetAccount, DevnetAccount, DevnetAccount, DevnetAccount];
  /** Sends a call of the deployer, mines it and gives its answer. */
  run<Ok>(call: PreparedCall<Ok>, as?: Fac): Promise<Ok>;
  as(account: DevnetAccount): Fac;
  makeWorker(account: DevnetAccount): Promise<void>;
  /** A task type of this name with one template in queue 0. */
  makeTemplate(name: string, config?: Readonly<Record<string, unknown>>): Promise<bigint>;
  /** Opens the account's keeper on its journal; the one that was there before ends as in a crash. */
  openKeeper(setup: KeeperSetup): Promise<RunningKeeper>;
  state(id: bigint): Promise<TaskState>;
  /** Ticks the keepers one after the other and mines, until it holds or so many blocks have passed. */
  until(holds: () => Promise<boolean>, keepers: readonly Keeper[], maxBlocks?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const node = await startLocalnet({ manifest: MANIFEST, port: 0, blockTimeMs: 0, paused: true });
  const [deployer, ...rest] = node.accounts;
  if (deployer === undefined) throw new Error('the devnet has accounts');
  const as = (account: DevnetAccount) =>
    createFac({
      network: node.url,
      deployer: deployer.address,
      signer: createKeySigner({ privateKey: account.privateKey, network: 'devnet' }),
      pollMs: 20,
    });
  const dapp = as(deployer);
  const blank = await makeBlankStore();
  const homes = new Map<string, string>();
  const open = new Map<string, () => Promise<void>>();

  const run: Scene['run'] = async (call, by = dapp) => {
    const submitted = await by.submit(call);
    await node.mine();
    return (await by.confirm(submitted, { timeoutMs: 5_000 })).value;
  };

  const openKeeper: Scene['openKeeper'] = async ({
    account,
    handlers,
    directory,
    claimBatch = 2,
    concurrency = 8,
    onchainQueues = [],
  }) => {
    const home = directory ?? homes.get(account.address) ?? copyOfBlank(blank, account.address);
    homes.set(directory ?? account.address, home);
    if (directory !== undefined && !existsSync(directory)) cpSync(blank, directory, { recursive: true });
    await open.get(home)?.();
    const lines: LogLine[] = [];
    const db = await openStore({ directory: home, log: silentLog });
    const keeper = createKeeper({
      fac: as(account),
      signer: createKeySigner({ privateKey: account.privateKey, network: 'devnet' }),
      db,
      handlers,
      policy: {
        queues: [0n],
        onchainQueues,
        concurrency,
        claimBatch,
        maxInFlight: 20,
        heartbeatMarginBlocks: 4n,
        bumpAfterBlocks: 12n,
        feeCapUstx: 100_000n,
      },
      feeFloorUstx: 1_000n,
      attemptTimeoutMs: 60_000,
      log: record(lines),
    });
    const crash = closeOnce(keeper, db);
    open.set(home, crash);
    return { keeper, lines, crash, directory: home };
  };

  const state = async (id: bigint) => {
    const found = await dapp.queue.read.getState({ id });
    if (found === null) throw new Error(`there is no task ${id}`);
    return found;
  };

  const roles = ['producer', 'templateManager', 'admin'] as const;
  await run(dapp.registry.prepare.registerCoordinator({ coordinator: deployer.address, roles }));

  return {
    node,
    dapp,
    // Four workers are more than any test has.
    accounts: rest.slice(0, 4) as unknown as Scene['accounts'],
    run,
    as,
    openKeeper,
    state,
    makeWorker: async ({ address }) => {
      await run(dapp.registry.prepare.registerCoordinator({ coordinator: address, roles: ['worker'] }));
    },
    makeTemplate: async (name, config = {}) => {
      const taskType = await run(dapp.factory.prepare.createTaskType({ name }));
      return run(
        dapp.factory.prepare.createTaskTemplate({ taskType, config: { name, open: true, ...config } }),
      );
    },
    until: async (holds, keepers, maxBlocks = 40) => {
      for (let block = 0; block < maxBlocks; block += 1) {
        for (const keeper of keepers) await keeper.tick();
        await node.mine();
        if (await holds()) return;
      }
      throw new Error(`it did not come true within ${maxBlocks} blocks`);
    },
    close: async () => {
      for (const crash of open.values()) await crash();
      for (const home of [blank, ...homes.values()]) rmSync(home, { recursive: true, force: true });
      await node.stop();
    },
  };
}

/** A new cluster takes seconds; each keeper of a scene gets a copy of one. */
async function makeBlankStore(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'fac-keeper-'));
  await (await openStore({ directory, log: silentLog })).close();
  return directory;
}

function copyOfBlank(blank: string, name: string): string {
  const directory = `${blank}-${name}`;
  cpSync(blank, directory, { recursive: true });
  return directory;
}

function closeOnce(keeper: Keeper, db: Db): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    keeper.close();
    closing ??= db.close();
    return closing;
  };
}

function record(lines: LogLine[]): Log {
  const add = (event: string, fields: LogLine['fields'] = {}) => void lines.push({ event, fields });
  const log: Log = { debug: add, info: add, warn: add, error: add, child: () => log };
  return log;
}
