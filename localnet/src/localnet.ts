import { readyEvent } from './announce.js';
import { type MineRequest, mineBlocks } from './chain/mine-blocks.js';
import { LocalnetError } from './errors.js';
import { type LocalnetOptions, resolveOptions } from './options.js';
import type { DevnetAccount } from './project/accounts.js';
import { readProject } from './project/read-project.js';
import { parseObserver } from './push/observer-options.js';
import { attachWebsocket } from './push/websocket.js';
import { createApp } from './routes/app.js';
import { openServer } from './routes/server.js';
import { startChain } from './start-chain.js';

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
    const { chain, contracts } = await startChain({ resolved, project, observers, emit, fail, closers });
    const { blockTimeMs, burnEvery, faults, paused, authToken } = resolved;
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
