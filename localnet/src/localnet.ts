import { dirname, join, resolve } from 'node:path';
import { type Chain, createChain } from './chain/chain.js';
import type { ChainEvent } from './chain/chain-events.js';
import { deployPlan } from './chain/deploy-plan.js';
import { startEngine } from './chain/engine.js';
import { createHistory } from './chain/history.js';
import type { Genesis, Journal, JournalRecord } from './chain/journal.js';
import { NO_JOURNAL } from './chain/journal.js';
import { openJournalFile } from './chain/journal-file.js';
import { loadState } from './chain/load-state.js';
import { type MineRequest, mineBlocks } from './chain/mine-blocks.js';
import { LocalnetError } from './errors.js';
import type { LocalnetEvent } from './events.js';
import { type LocalnetOptions, type ResolvedOptions, resolveOptions } from './options.js';
import { type DevnetAccount, readDevnetAccounts } from './project/accounts.js';
import { readDeploymentPlan } from './project/deployment-plan.js';
import { readProjectFile } from './project/project-file.js';
import { parseObserver } from './push/observer-options.js';
import { startObservers } from './push/observers.js';
import { attachWebsocket } from './push/websocket.js';
import { createApp } from './routes/app.js';
import { openServer } from './routes/server.js';

/** A running local node. */
export interface Localnet {
  readonly url: string;
  readonly port: number;
  readonly accounts: readonly DevnetAccount[];
  /** Ids of the contracts deployed at start. */
  readonly contracts: readonly string[];
  /** Mines now; one Stacks block if nothing is asked for. */
  mine(request?: MineRequest): Promise<void>;
  /** Ends the block in hand, closes the port and ends the worker. What is not in a state file is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a node: on an empty chain, on which it deploys the project's plan, or where a state file ends; and begins
 * to mine. Writes nothing into the project.
 */
export async function startLocalnet(options: LocalnetOptions = {}): Promise<Localnet> {
  const startMs = performance.now();
  const resolved = resolveOptions(options);
  const emit = resolved.onEvent ?? (() => undefined);
  const observers = resolved.observers.map(parseObserver);
  const project = await readProject(resolved);
  const { accounts } = project;
  const server = await openServer(resolved.host, resolved.port);
  const closers = [() => server.close()];
  const stop = async () => {
    for (const close of closers.reverse().splice(0)) await close();
  };
  const fail = (error: unknown) => {
    const code = error instanceof LocalnetError ? error.code : 'REJECTED_SIMNET';
    emit({ event: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  };
  try {
    const state = await openState(resolved, accounts);
    closers.push(state.journal.close);
    const { genesis, journal } = state;
    const history = createHistory();
    const input = {
      genesisTimeMs: genesis.timeMs,
      accounts: genesis.accounts,
      contracts: genesis.contracts,
      withoutRestore: resolved.withoutRestore,
    };
    const onReplaced = (why: string, tookMs: number) => {
      chain.forgetCopies();
      emit({ event: 'healed', why, tookMs });
    };
    const engine = await startEngine({ input, history, onReplaced, onFailure: fail });
    closers.push(engine.stop);
    if (!engine.restore.proven) emit({ event: 'warning', message: restoreWarning(engine.restore.why) });
    const { blockTimeMs, burnEvery, faults, paused } = resolved;
    const chain = createChain({
      ...{ engine, history, journal, blockTimeMs, burnEvery },
      genesisTimeMs: genesis.timeMs,
      keepsCopies: faults,
      onFailure: fail,
    });
    const onWarning = (message: string) => emit({ event: 'warning', message });
    // Stopped after the miner, whose last block they still tell.
    closers.push(startObservers(chain, { observers, onWarning }).stop);
    closers.push(chain.miner.stop);
    chain.events.listen((event) => event.kind === 'block' && emit(blockEvent(event)));
    const contracts = state.isNew
      ? await deployPlan(chain, project.plan, accounts)
      : await restoreState(chain, state, emit);
    server.serve(createApp(chain, { blockTimeMs, burnEvery, faults }));
    closers.push(attachWebsocket(server, chain).stop);
    if (paused) chain.miner.pause();
    chain.miner.start();
    emit(readyEvent({ resolved, chain, accounts, contracts, url: server.url, port: server.port, startMs }));
    const mine = (request: MineRequest = {}) => mineBlocks(chain.miner, request);
    return { url: server.url, port: server.port, accounts, contracts, mine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface State {
  readonly journal: Journal;
  readonly genesis: Genesis;
  readonly isNew: boolean;
  readonly records: readonly JournalRecord[];
  readonly cutOffBytes: number;
}

async function openState({ stateFile }: ResolvedOptions, accounts: readonly DevnetAccount[]): Promise<State> {
  const genesis = { timeMs: Date.now(), accounts: accounts.map(genesisOf), contracts: [] };
  if (stateFile === undefined) {
    return { journal: NO_JOURNAL, genesis, isNew: true, records: [], cutOffBytes: 0 };
  }
  const opened = await openJournalFile(resolve(stateFile));
  const [first] = opened.records;
  if (first === undefined) {
    await opened.journal.append({ kind: 'genesis', version: 1, genesis });
    return { ...opened, genesis, isNew: true };
  }
  if (first.kind !== 'genesis') {
    await opened.journal.close();
    throw new LocalnetError('INVALID_STATE', `${stateFile} does not begin with a genesis of version 1`);
  }
  return { ...opened, genesis: first.genesis, isNew: opened.records.length === 1 };
}

/** Returns the ids of the contracts there are. */
async function restoreState(
  chain: Chain,
  { records, cutOffBytes }: State,
  emit: (event: LocalnetEvent) => void,
): Promise<readonly string[]> {
  const startMs = performance.now();
  let toldMs = startMs;
  const loaded = await loadState(chain, records, (done, of) => {
    if (performance.now() - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = performance.now();
    emit({ event: 'restoring', done, of });
  });
  emit({ event: 'restored', ...loaded, cutOffBytes, tookMs: Math.round(performance.now() - startMs) });
  return chain.ledger.deployed();
}

const PROGRESS_EVERY_MS = 1_000;

async function readProject({ manifest, deploy }: ResolvedOptions) {
  const manifestPath = resolve(manifest);
  const projectDir = dirname(manifestPath);
  await readProjectFile(manifestPath, 'the manifest of the project (--manifest)');
  const accounts = await readDevnetAccounts(join(projectDir, 'settings', 'Devnet.toml'));
  const planPath = join(projectDir, 'deployments', 'default.devnet-plan.yaml');
  return { accounts, plan: deploy ? await readDeploymentPlan(planPath, projectDir) : [] };
}

function genesisOf({ address, balanceUstx }: DevnetAccount) {
  return { address, balanceUstx };
}

function restoreWarning(why: string): string {
  return `simnet's memory could not be restored (${why}): what a transaction must undo is undone by a replay of the whole chain, which takes longer the longer it is`;
}

interface Readiness {
  readonly resolved: ResolvedOptions;
  readonly chain: Chain;
  readonly accounts: readonly DevnetAccount[];
  readonly contracts: readonly string[];
  readonly url: string;
  readonly port: number;
  readonly startMs: number;
}

/** Simnet puts a Stacks block 10 s after its parent and a Bitcoin block 600 s after the last, or as late as need be. */
const STACKS_BLOCK_SECONDS = 10;
const BITCOIN_BLOCK_SECONDS = 600;

function readyEvent({ resolved, chain, accounts, contracts, url, port, startMs }: Readiness): LocalnetEvent {
  const { blockTimeMs, burnEvery } = resolved;
  const { tip } = chain.ledger;
  const secondsPerRound = Math.max(BITCOIN_BLOCK_SECONDS, burnEvery * STACKS_BLOCK_SECONDS);
  const timeFactor =
    blockTimeMs === 0 ? null : Math.round((secondsPerRound * 1000) / (blockTimeMs * burnEvery));
  return {
    event: 'ready',
    url,
    port,
    pid: process.pid,
    accounts: accounts.map(({ name, address }) => ({ name, address })),
    contracts,
    blockTimeMs,
    burnEvery,
    timeFactor,
    stacksHeight: tip.height,
    burnHeight: tip.burnHeight,
    restore: chain.simnet.restore.proven,
    startMs: Math.round(performance.now() - startMs),
  };
}

function blockEvent({ block, transactions }: Extract<ChainEvent, { kind: 'block' }>): LocalnetEvent {
  return {
    event: 'block',
    stacksHeight: block.height,
    burnHeight: block.burnHeight,
    timeSeconds: block.timeSeconds,
    transactions: transactions.map(({ transaction: { txid, action, sender }, outcome }) => ({
      txid,
      status: outcome.status,
      what:
        action.kind === 'call'
          ? `${action.contractId}.${action.functionName}`
          : action.kind === 'deploy'
            ? `deploy ${sender}.${action.contractName}`
            : `transfer to ${action.recipient}`,
    })),
  };
}
