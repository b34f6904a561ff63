import { join, resolve } from 'node:path';
import { addAccounts, type DevnetAccount } from './accounts.js';
import { computePlan } from './computed-plan.js';
import { resolvePlan } from './deployment-plan.js';
import { readManifest } from './manifest.js';
import { parsePlanFile } from './plan-file.js';
import type { DeploymentPlan } from './planned-transaction.js';
import { readIfThere } from './project-file.js';
import { readSettings } from './settings.js';

export interface ProjectRequest {
  /** Path of Clarinet.toml. */
  readonly manifest: string;
  /** Whether to plan anything at all. */
  readonly deploy: boolean;
  /** How many accounts there have to be at least. */
  readonly accounts?: number | undefined;
}

/** All that is taken from the project's directory, which is only read. */
export interface Project extends DeploymentPlan {
  readonly accounts: readonly DevnetAccount[];
  /** Whether the accounts are clarinet's defaults, as there is no settings/Devnet.toml. */
  readonly hasDefaultAccounts: boolean;
}

export async function readProject(request: ProjectRequest): Promise<Project> {
  const manifest = await readManifest(resolve(request.manifest));
  const { projectDir } = manifest;
  const { isDefault, feeRateUstx, ...settings } = await readSettings(
    join(projectDir, 'settings', 'Devnet.toml'),
  );
  const accounts = addAccounts(settings.accounts, request.accounts ?? 0);
  const project = { accounts, hasDefaultAccounts: isDefault };
  if (!request.deploy) return { ...project, genesisContracts: [], transactions: [] };

  const planPath = join(projectDir, 'deployments', 'default.devnet-plan.yaml');
  const text = await readIfThere(planPath, 'the plan of what to deploy (--no-deploy starts without)');
  if (text === undefined) {
    return { ...project, ...(await computePlan(manifest, { accounts, feeRateUstx })) };
  }
  const addresses = new Set(accounts.map(({ address }) => address));
  return { ...project, ...(await resolvePlan(parsePlanFile(text, planPath), projectDir, addresses)) };
}
