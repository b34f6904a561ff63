import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initSimnet } from '@stacks/clarinet-sdk';
import { parse } from 'yaml';

/** The contracts the SDK speaks to, in the order in which they may be deployed. */
export const SDK_CONTRACTS = [
  'coordinator-registry',
  'async-task-factory',
  'task-index',
  'task-graph',
  'async-queue',
  'task-overview',
  'task-control',
  'task-scheduler',
  'task-topics',
] as const;

export interface PlannedContract {
  readonly name: string;
  /** From the root of the repository. */
  readonly path: string;
  readonly clarityVersion: number;
  readonly source: string;
}

export interface PlannedBatch {
  readonly epoch: string;
  readonly contracts: readonly PlannedContract[];
}

export type ContractInterface =
  ReturnType<Awaited<ReturnType<typeof initSimnet>>['getContractsInterfaces']> extends Map<
    string,
    infer Interface
  >
    ? Interface
    : never;

export interface LoadedContracts {
  readonly interfaces: ReadonlyMap<string, ContractInterface>;
  readonly batches: readonly PlannedBatch[];
}

export const SIMNET_PLAN = 'deployments/default.simnet-plan.yaml';

/** Loads the contracts into simnet, which also rewrites its deployment plan when that is not current. */
export const loadContracts = async (root: string): Promise<LoadedContracts> => {
  const simnet = await initSimnet(join(root, 'Clarinet.toml'), true);
  const all = simnet.getContractsInterfaces();
  const readInterface = (name: string): [string, ContractInterface] => {
    const found = all.get(`${simnet.deployer}.${name}`);
    if (found === undefined) throw new Error(`${name} is not in Clarinet.toml`);
    return [name, found];
  };
  return { interfaces: new Map(SDK_CONTRACTS.map(readInterface)), batches: readBatches(root) };
};

interface SimnetPlan {
  readonly plan: {
    readonly batches: readonly {
      readonly epoch: string;
      readonly transactions?: readonly Record<string, unknown>[];
    }[];
  };
}

const readBatches = (root: string): readonly PlannedBatch[] => {
  // Clarinet wrote this file a moment ago; its format is the one it documents.
  const simnetPlan = parse(readFileSync(join(root, SIMNET_PLAN), 'utf8')) as SimnetPlan;
  const readContract = (transaction: Record<string, unknown>): PlannedContract => {
    const path = String(transaction.path);
    return {
      name: String(transaction['contract-name']),
      path,
      clarityVersion: Number(transaction['clarity-version']),
      source: readFileSync(join(root, path), 'utf8'),
    };
  };
  return simnetPlan.plan.batches.map(({ epoch, transactions = [] }) => ({
    epoch: String(epoch),
    contracts: transactions
      .filter((transaction) => transaction['transaction-type'] === 'emulated-contract-publish')
      .map(readContract),
  }));
};
