import type { Chain } from './chain/chain.js';
import type { ChainEvent } from './chain/chain-events.js';
import type { LocalnetEvent } from './events.js';
import type { ResolvedOptions } from './options.js';
import type { Project } from './project/read-project.js';

export interface Readiness {
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

export function readyEvent({
  resolved,
  chain,
  project,
  contracts,
  url,
  port,
  startMs,
}: Readiness): LocalnetEvent {
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

export function blockEvent({ block, transactions }: Extract<ChainEvent, { kind: 'block' }>): LocalnetEvent {
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
