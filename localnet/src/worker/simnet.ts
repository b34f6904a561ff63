import type * as Wasm from '@stacks/clarinet-sdk-wasm';
import { withGenesisTime } from './genesis-clock.js';
import {
  type ChainTip,
  type ExecutionCost,
  type GenesisAccount,
  NO_COST,
  type SimnetEvent,
} from './protocol.js';
import { loadSimnetWasm, type SimnetMemory } from './wasm-memory.js';

/** Contracts run under the epoch today's network runs. */
const EPOCH = '4.0';

export interface SimnetResult {
  readonly resultHex: string;
  readonly events: readonly SimnetEvent[];
  /** Nothing where simnet measures nothing: snippets. */
  readonly cost: ExecutionCost;
}

/** Simnet's calls, one to one, in plain values; each throws simnet's own text when Clarity refuses. */
export interface Simnet {
  readonly memory: SimnetMemory;
  tip(): ChainTip;
  mineStacksBlock(): void;
  mineBitcoinBlock(): void;
  /** Evaluates a snippet as `sender`, in the open block. */
  execute(snippet: string, sender: string): SimnetResult;
  /** Calls a public function in the open block. */
  callPublic(contractId: string, functionName: string, args: Uint8Array[], sender: string): SimnetResult;
  /** Opens a Stacks block of its own and deploys in it. */
  deploy(name: string, source: string, clarityVersion: number, sender: string): SimnetResult;
  callReadOnly(contractId: string, functionName: string, args: Uint8Array[], sender: string): SimnetResult;
  mapEntry(contractId: string, mapName: string, key: Uint8Array): string;
  dataVar(contractId: string, variableName: string): string;
  contractInterface(contractId: string): string | null;
  contractSource(contractId: string): string | null;
}

/** Starts an empty simnet session (no project, no contracts) whose time begins at `genesisTimeMs`. */
export async function openSimnet(
  genesisTimeMs: number,
  accounts: readonly GenesisAccount[],
): Promise<Simnet> {
  const { wasm, memory } = await withGenesisTime(genesisTimeMs, loadSimnetWasm);
  const session = new wasm.SDK(refuseFiles, new wasm.SDKOptions(true, false));
  await withGenesisTime(genesisTimeMs, async () => {
    await session.initEmptySession({ enabled: false });
    session.setEpoch(EPOCH);
  });
  for (const { address, balanceUstx } of accounts) session.mintSTX(address, balanceUstx);
  return wrap(wasm, session, memory);
}

function refuseFiles(): never {
  throw new Error('an empty session reads no files');
}

/** An address that never deploys, as nobody has a key to it: its hash is all ones. */
const NOWHERE = 'ST3ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZX943WZ1';
/** Simnet keeps a report of each measured call until it is collected. */
const MAX_REPORTS = 500;

function wrap(wasm: typeof Wasm, session: Wasm.SDK, memory: SimnetMemory): Simnet {
  let reports = 0;

  function collectReports(): void {
    reports += 1;
    if (reports < MAX_REPORTS) return;
    reports = 0;
    session.collectReport(false, '').free();
  }

  return {
    memory,
    tip: () => ({
      stacksHeight: session.stacksBlockHeight,
      burnHeight: session.burnBlockHeight,
      timeSeconds: Number(session.getBlockTime()),
    }),
    mineStacksBlock: () => void session.mineEmptyStacksBlock(),
    mineBitcoinBlock: () => void session.mineEmptyBurnBlock(),
    execute(snippet, sender) {
      session.executeCommand(`::set_tx_sender ${sender}`);
      return take(session.execute(snippet));
    },
    deploy(name, source, clarityVersion, sender) {
      const options = new wasm.ContractOptions(clarityVersion);
      return take(session.deployContract(new wasm.DeployContractArgs(name, source, options, sender)));
    },
    callReadOnly(contractId, functionName, args, sender) {
      collectReports();
      return take(session.callReadOnlyFn(new wasm.CallFnArgs(contractId, functionName, args, sender)));
    },
    // Simnet's call of a public function opens a block of its own, and a snippet's costs are not measured. Its call
    // of a read-only function does neither, and runs any function whose access it cannot look up: it looks under its
    // deployer for a bare name, but calls it under the present sender.
    callPublic(contractId, functionName, args, sender) {
      collectReports();
      const [deployer = '', name = ''] = contractId.split('.');
      session.deployer = NOWHERE;
      session.executeCommand(`::set_tx_sender ${deployer}`);
      return take(session.callReadOnlyFn(new wasm.CallFnArgs(name, functionName, args, sender)));
    },
    mapEntry: (contractId, mapName, key) => session.getMapEntry(contractId, mapName, key),
    dataVar: (contractId, variableName) => session.getDataVar(contractId, variableName),
    contractInterface(contractId) {
      const found = session.getContractsInterfaces().get(contractId);
      return found === undefined ? null : JSON.stringify(found);
    },
    contractSource: (contractId) => session.getContractSource(contractId) ?? null,
  };
}

/** Reads a result and frees it at once, as no finalizer will. */
function take(response: Wasm.TransactionRes): SimnetResult {
  const texts: string[] = JSON.parse(response.events);
  const result = {
    resultHex: response.result,
    events: texts.map((text): SimnetEvent => JSON.parse(text)),
    cost: costOf(JSON.parse(response.costs)),
  };
  response.free();
  return result;
}

/** Simnet's report of a call; null of a snippet. */
type CostReport = { readonly total: Readonly<Record<string, number>> } | null;

function costOf(report: CostReport): ExecutionCost {
  if (report === null) return NO_COST;
  const { total } = report;
  return {
    readCount: total.read_count ?? 0,
    readLength: total.read_length ?? 0,
    writeCount: total.write_count ?? 0,
    writeLength: total.write_length ?? 0,
    runtime: total.runtime ?? 0,
  };
}
