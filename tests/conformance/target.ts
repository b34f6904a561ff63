import { fileURLToPath } from 'node:url';
import { startLocalnet } from '@fac/localnet';
import { findContract, type KnownContract, listContracts } from './known-contract.js';

/** What the cases are pointed at. Plain data: it crosses from the setup to the test files. */
export interface TargetFacts {
  readonly url: string;
  readonly isMainnet: boolean;
  /** Whether `/localnet` may be used. */
  readonly hasControl: boolean;
  readonly hasApi: boolean;
  /** A funded account; without one, nothing is sent. */
  readonly privateKey: string | null;
  /** A contract that is there from the start, with one of everything. */
  readonly contract: KnownContract;
  /** How long a transaction may take until it is mined. */
  readonly minedTimeoutMs: number;
  readonly pollMs: number;
}

const FIXTURE = fileURLToPath(new URL('../localnet/fixtures/project/Clarinet.toml', import.meta.url));
const BLOCK_TIME_MS = 200;
const MAINNET_ID = 1;

export async function openTarget(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly facts: TargetFacts; readonly close: () => Promise<void> }> {
  const { FAC_NODE_URL: url, FAC_NODE_KEY: key, FAC_NODE_CONTRACT: contract } = environment;
  if (url !== undefined && url !== '')
    return { facts: await foreign(url, key, contract), close: async () => undefined };
  const node = await startLocalnet({ manifest: FIXTURE, port: 0, blockTimeMs: BLOCK_TIME_MS, faults: true });
  const [deployer, account] = node.accounts;
  if (deployer === undefined || account === undefined) throw new Error('the fixture has three accounts');
  const facts: TargetFacts = {
    url: node.url,
    isMainnet: false,
    hasControl: true,
    hasApi: true,
    privateKey: account.privateKey,
    contract: await findContract(node.url, [`${deployer.address}.counter`]),
    minedTimeoutMs: 20_000,
    pollMs: 50,
  };
  return { facts, close: () => node.stop() };
}

/** Of the nodes there are, a local one started with `--faults` alone lets itself be controlled. */
async function isControlled(url: string): Promise<boolean> {
  const response = await fetch(`${url}/localnet/state`);
  const state: unknown = response.ok ? await response.json() : null;
  return typeof state === 'object' && state !== null && 'faults' in state && state.faults === true;
}

/** Every public network has the contract of stacking at its boot address. */
const BOOT_ADDRESSES = { mainnet: 'SP000000000000000000002Q6VF78', testnet: 'ST000000000000000000002AMW42H' };

async function foreign(
  given: string,
  key: string | undefined,
  contract: string | undefined,
): Promise<TargetFacts> {
  const url = given.replace(/\/+$/, '');
  const info = await fetch(`${url}/v2/info`);
  if (!info.ok)
    throw new Error(`FAC_NODE_URL: GET /v2/info answered ${info.status}; expected a Stacks node or API`);
  const { network_id: networkId } = (await info.json()) as { network_id: number };
  const isMainnet = networkId === MAINNET_ID;
  const boot = isMainnet ? BOOT_ADDRESSES.mainnet : BOOT_ADDRESSES.testnet;
  const named = contract === undefined || contract === '' ? [] : [contract];
  const api = await fetch(`${url}/extended/v1/status`);
  return {
    url,
    isMainnet,
    hasControl: await isControlled(url),
    hasApi: api.ok,
    privateKey: key === undefined || key === '' ? null : key,
    contract: await findContract(url, [...named, `${boot}.pox-4`, ...(await listContracts(url))]),
    minedTimeoutMs: 30 * 60_000,
    pollMs: 1_000,
  };
}
