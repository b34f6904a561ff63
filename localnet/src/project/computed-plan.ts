import { LocalnetError } from '../errors.js';
import type { DevnetAccount } from './accounts.js';
import { findReferences } from './contract-references.js';
import { orderByReference } from './deploy-order.js';
import type { Manifest } from './manifest.js';
import type { DeploymentPlan } from './planned-transaction.js';
import { readProjectFile } from './project-file.js';
import { readRequirements } from './requirements.js';
import { stripSimnetOnly } from './strip-simnet.js';

export interface Deployers {
  readonly accounts: readonly DevnetAccount[];
  /** microSTX per byte of source. */
  readonly feeRateUstx: bigint;
}

/**
 * The plan of a project that has no plan file: its contracts, each behind those it refers to.
 * Simnet could make it too, but starts a whole session for it: two seconds and as many hundred megabytes.
 */
export async function computePlan(manifest: Manifest, deployers: Deployers): Promise<DeploymentPlan> {
  const { accounts, feeRateUstx } = deployers;
  const contracts = await Promise.all(
    manifest.contracts.map(async ({ name, path, deployer, clarityVersion }) => {
      const sender = accounts.find((account) => account.name === deployer)?.address;
      if (sender === undefined) {
        const known = accounts.map((account) => account.name).join(', ');
        throw new LocalnetError(
          'INVALID_MANIFEST',
          `[contracts.${name}] is to be deployed by "${deployer}", which is no account; there are ${known}`,
        );
      }
      const source = stripSimnetOnly(await readProjectFile(path, `the source of ${name}`));
      const references = findReferences(source, sender);
      return {
        contractId: `${sender}.${name}`,
        contractName: name,
        sender,
        source,
        clarityVersion,
        references,
      };
    }),
  );
  const own = new Set(contracts.map(({ contractId }) => contractId));
  const senders = new Set(contracts.map(({ sender }) => sender));
  // A name of our own that is no contract of ours is a mistake of the source, which simnet explains best.
  const foreign = contracts
    .flatMap(({ references }) => references)
    .filter(({ contractId }) => !own.has(contractId) && !senders.has(contractId.split('.')[0] ?? ''));
  const declared = manifest.requirements.map((contractId) => ({ contractId, isNeeded: true }));
  return {
    genesisContracts: await readRequirements(manifest.cacheDir, [...declared, ...foreign]),
    transactions: orderByReference(contracts).map(({ contractName, sender, source, clarityVersion }) => ({
      kind: 'publish',
      sender,
      costUstx: feeRateUstx * BigInt(Buffer.byteLength(source)),
      contractName,
      source,
      clarityVersion,
    })),
  };
}
