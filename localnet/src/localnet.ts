import { type Chain, createChain } from './chain/chain.js';
import { deployPlan } from './chain/deploy-plan.js';
import { type MineRequest, mineBlocks } from './chain/mine-blocks.js';
import type { MinedBlock } from './chain/miner.js';
import { startSimnet } from './chain/simnet-client.js';
import { LocalnetError } from './errors.js';
import type { LocalnetEvent } from './events.js';
import { type LocalnetOptions, type ResolvedOptions, resolveOptions } from './options.js';
import type { DevnetAccount } from './project/accounts.js';
import { type Project, readProject } from './project/read-project.js';
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
  /** Ends the block in hand, closes the port and ends the worker. Nothing is kept. */
  stop(): Promise<void>;
}

/** Starts a node on an empty chain, deploys the project's plan and begins to mine. Writes nothing into the project. */
export async function startLocalnet(options: LocalnetOptions = {}): Promise<Localnet> {
  const startMs = performance.now();
  const resolved = resolveOptions(options);
  const emit = resolved.onEvent ?? (() => undefined);
  const project = await readProject(resolved);
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
    const genesisTimeMs = Date.now();
    const { accounts } = project;
    const simnet = await startSimnet(
      { genesisTimeMs, accounts: accounts.map(genesisOf), withoutRestore: resolved.withoutRestore },
      fail,
    );
    closers.push(simnet.stop);
    if (!simnet.restore.proven) emit({ event: 'warning', message: restoreWarning(simnet.restore.why) });
    const { blockTimeMs, burnEvery } = resolved;
    const onBlock = (mined: MinedBlock) => emit(blockEvent(mined));
    const chain = createChain({ simnet, genesisTimeMs, blockTimeMs, burnEvery, onBlock, onFailure: fail });
    closers.push(chain.miner.stop);
    const contracts = await deployPlan(chain, project.transactions, accounts);
    server.serve(createApp(chain, { blockTimeMs, burnEvery }));
    chain.miner.startTimer();
    emit(readyEvent({ resolved, chain, project, contracts, url: server.url, port: server.port, startMs }));
    const mine = (request: MineRequest = {}) => mineBlocks(chain.miner, request);
    return { url: server.url, port: server.port, accounts, contracts, mine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function genesisOf({ address, balanceUstx }: DevnetAccount) {
  return { address, balanceUstx };
}

function restoreWarning(why: string): string {
  return `simnet's memory could not be restored (${why}): transactions that a post-condition may abort are refused`;
}

interface Readiness {
  readonly resolved: ResolvedOptions;
  readonly chain: Chain;
  readonly project: Project;
  readonly contracts: readonly string[];
  readonly url: string;
  readonly port: number;
  readonly startMs: number;
}

/** Simnet puts a Stacks block 10 s after its parent and a Bitcoin block 600 s after the last, or as late as need be. */
const STACKS_BLOCK_SECONDS = 10;
const BITCOIN_BLOCK_SECONDS = 600;

function readyEvent({ resolved, chain, project, contracts, url, port, startMs }: Readiness): LocalnetEvent {
  const { blockTimeMs, burnEvery, stateFile, faults, paused } = resolved;
  const { tip } = chain.ledger;
  const secondsPerRound = Math.max(BITCOIN_BLOCK_SECONDS, burnEvery * STACKS_BLOCK_SECONDS);
  const timeFactor =
    blockTimeMs === 0 ? null : Math.round((secondsPerRound * 1000) / (blockTimeMs * burnEvery));
  return {
    event: 'ready',
    url,
    port,
    pid: process.pid,
    websocketUrl: `${url.replace(/^http/, 'ws')}/extended/v1/ws`,
    accounts: project.accounts.map(({ name, address, privateKey, balanceUstx }) => ({
      name,
      address,
      privateKey,
      balanceUstx: String(balanceUstx),
    })),
    hasDefaultAccounts: project.hasDefaultAccounts,
    contracts,
    stateFile: stateFile ?? null,
    faults,
    paused,
    blockTimeMs,
    burnEvery,
    timeFactor,
    stacksHeight: tip.height,
    burnHeight: tip.burnHeight,
    restore: chain.simnet.restore.proven,
    startMs: Math.round(performance.now() - startMs),
  };
}

function blockEvent({ block, transactions }: MinedBlock): LocalnetEvent {
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
