import { blockEvent, readyEvent } from './announce.js';
import { createChain } from './chain/chain.js';
import { deployPlan } from './chain/deploy-plan.js';
import { startEngine } from './chain/engine.js';
import { createHistory } from './chain/history.js';
import type { Genesis } from './chain/journal.js';
import { type MineRequest, mineBlocks } from './chain/mine-blocks.js';
import { forgetInterrupted, openState, restoreState } from './chain/state.js';
import { LocalnetError } from './errors.js';
import { type LocalnetOptions, resolveOptions } from './options.js';
import type { DevnetAccount } from './project/accounts.js';
import { readProject } from './project/read-project.js';
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
    const failures: unknown[] = [];
    for (const close of closers.reverse().splice(0)) await close().catch((error) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  const fail = (error: unknown) => {
    const code = error instanceof LocalnetError ? error.code : 'REJECTED_SIMNET';
    emit({ event: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  };
  try {
    const genesisAccounts = accounts.map(({ address, balanceUstx }) => ({ address, balanceUstx }));
    const fresh = { timeMs: Date.now(), accounts: genesisAccounts, contracts: project.genesisContracts };
    const state = await openState(resolved.stateFile, fresh, project.transactions.length, fail);
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
    const { blockTimeMs, burnEvery, faults, paused, authToken } = resolved;
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
    if (state.isNew) await forgetInterrupted(state, chain.ledger.tip.height);
    const contracts = state.isNew
      ? await deployPlan(chain, project.transactions, accounts)
      : await restoreState(chain, state, emit);
    const strangers = findStrangers(accounts, genesis.accounts);
    if (strangers.length > 0) emit({ event: 'warning', message: strangerWarning(strangers) });
    server.serve(createApp(chain, { blockTimeMs, burnEvery, faults, authToken }));
    closers.push(attachWebsocket(server, chain).stop);
    if (paused) chain.miner.pause();
    chain.miner.start();
    emit(readyEvent({ resolved, chain, project, contracts, url: server.url, port: server.port, startMs }));
    const mine = (request: MineRequest = {}) => mineBlocks(chain.miner, request);
    return { url: server.url, port: server.port, accounts, contracts, mine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function findStrangers(accounts: readonly DevnetAccount[], funded: Genesis['accounts']): readonly string[] {
  const known = new Set(funded.map(({ address }) => address));
  return accounts.flatMap(({ name, address }) => (known.has(address) ? [] : [name]));
}

function strangerWarning(names: readonly string[]): string {
  return `the state was made without the accounts ${names.join(', ')}: they have nothing on this chain`;
}

function restoreWarning(why: string): string {
  return `simnet's memory could not be restored (${why}): what a transaction must undo is undone by a replay of the whole chain, which takes longer the longer it is`;
}
