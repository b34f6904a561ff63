import { blockEvent } from './announce.js';
import { type Chain, createChain } from './chain/chain.js';
import { deployPlan } from './chain/deploy-plan.js';
import { type Engine, startEngine } from './chain/engine.js';
import { createHistory } from './chain/history.js';
import type { Genesis } from './chain/journal.js';
import { forgetInterrupted, openState, restoreState, type State } from './chain/state.js';
import type { LocalnetEvent } from './events.js';
import type { ResolvedOptions } from './options.js';
import type { DevnetAccount } from './project/accounts.js';
import type { Project } from './project/read-project.js';
import type { ObserverOptions } from './push/observer-options.js';
import { startObservers } from './push/observers.js';

export interface StartChainOptions {
  readonly resolved: ResolvedOptions;
  readonly project: Project;
  readonly observers: readonly ObserverOptions[];
  readonly emit: (event: LocalnetEvent) => void;
  readonly fail: (error: unknown) => void;
  /** What must be undone when the node stops is put on top, also when the start fails half way. */
  readonly closers: (() => Promise<void>)[];
}

export interface StartedChain {
  readonly chain: Chain;
  /** Ids of the contracts deployed on it. */
  readonly contracts: readonly string[];
}

/** Brings a chain up with its project on it: a new one, or where a state file ends. It does not mine by itself yet. */
export async function startChain(options: StartChainOptions): Promise<StartedChain> {
  const { resolved, project, observers, emit, fail, closers } = options;
  const state = await openState(resolved.stateFile, genesisOf(project), project.transactions.length, fail);
  closers.push(state.journal.close);
  const history = createHistory();
  const { timeMs: genesisTimeMs, accounts, contracts } = state.genesis;
  const input = { genesisTimeMs, accounts, contracts, withoutRestore: resolved.withoutRestore };
  const onReplaced = (why: string, tookMs: number) => {
    chain.forgetCopies();
    emit({ event: 'healed', why, tookMs });
  };
  const engine = await startEngine({ input, history, onReplaced, onFailure: fail });
  closers.push(engine.stop);
  const { blockTimeMs, burnEvery, faults: keepsCopies } = resolved;
  const chain = createChain({
    ...{ engine, history, journal: state.journal, genesisTimeMs, blockTimeMs, burnEvery, keepsCopies },
    onFailure: fail,
  });
  for (const message of warningsOf(engine, project.accounts, state.genesis))
    emit({ event: 'warning', message });
  const onWarning = (message: string) => emit({ event: 'warning', message });
  // Stopped after the miner, whose last block they still tell.
  closers.push(startObservers(chain, { observers, onWarning }).stop);
  closers.push(chain.miner.stop);
  chain.events.listen((event) => event.kind === 'block' && emit(blockEvent(event)));
  if (state.isNew) await forgetInterrupted(state, chain.ledger.tip.height);
  return { chain, contracts: await fill(chain, state, project, emit) };
}

function fill(
  chain: Chain,
  state: State,
  { transactions, accounts }: Project,
  emit: (event: LocalnetEvent) => void,
): Promise<readonly string[]> {
  return state.isNew ? deployPlan(chain, transactions, accounts) : restoreState(chain, state, emit);
}

function genesisOf({ accounts, genesisContracts }: Project): Genesis {
  const funded = accounts.map(({ address, balanceUstx }) => ({ address, balanceUstx }));
  return { timeMs: Date.now(), accounts: funded, contracts: genesisContracts };
}

function* warningsOf(
  { restore }: Engine,
  accounts: readonly DevnetAccount[],
  genesis: Genesis,
): Iterable<string> {
  if (!restore.proven) {
    yield `simnet's memory could not be restored (${restore.why}): what a transaction must undo is undone by a replay of the whole chain, which takes longer the longer it is`;
  }
  const known = new Set(genesis.accounts.map(({ address }) => address));
  const strangers = accounts.flatMap(({ name, address }) => (known.has(address) ? [] : [name]));
  if (strangers.length > 0) {
    yield `the state was made without the accounts ${strangers.join(', ')}: they have nothing on this chain`;
  }
}
