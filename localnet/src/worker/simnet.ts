import type * as Wasm from '@stacks/clarinet-sdk-wasm';
import { withGenesisTime } from './genesis-clock.js';
import type { ChainTip, GenesisAccount, SimnetEvent } from './protocol.js';
import { loadSimnetWasm, type WasmMemory } from './wasm-memory.js';

/** Contracts run under the epoch today's network runs. */
const EPOCH = '4.0';

export interface SimnetResult {
  readonly resultHex: string;
  readonly events: readonly SimnetEvent[];
}

/** Simnet's calls, one to one, in plain values; each throws simnet's own text when Clarity refuses. */
export interface Simnet {
  readonly memory: WasmMemory;
  tip(): ChainTip;
  mineStacksBlock(): void;
  mineBitcoinBlock(): void;
  /** Evaluates a snippet as `sender`, in the open block. */
  execute(snippet: string, sender: string): SimnetResult;
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
  const session = new wasm.SDK(refuseFiles, new wasm.SDKOptions(false, false));
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

function wrap(wasm: typeof Wasm, session: Wasm.SDK, memory: WasmMemory): Simnet {
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
    callReadOnly: (contractId, functionName, args, sender) =>
      take(session.callReadOnlyFn(new wasm.CallFnArgs(contractId, functionName, args, sender))),
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
  const result = { resultHex: response.result, events: texts.map((text): SimnetEvent => JSON.parse(text)) };
  response.free();
  return result;
}
