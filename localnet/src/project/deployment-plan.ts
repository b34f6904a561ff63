import { resolve } from 'node:path';
import type { PlanEntry } from './plan-file.js';
import type { DeploymentPlan, PlannedTransaction } from './planned-transaction.js';
import { readProjectFile } from './project-file.js';
import type { GenesisContract } from './requirements.js';
import { stripSimnetOnly } from './strip-simnet.js';

/**
 * Turns the entries of a plan file into what is sent, with the sources they name.
 * An emulated contract whose sender is none of the accounts stands on the chain from the start.
 */
export async function resolvePlan(
  entries: readonly PlanEntry[],
  projectDir: string,
  addresses: ReadonlySet<string>,
): Promise<DeploymentPlan> {
  const genesisContracts: GenesisContract[] = [];
  const transactions: PlannedTransaction[] = [];
  // As clarinet does: a requirement sent by another account is known by that name in all that comes after it.
  const renamed = new Map<string, string>();
  const readSource = async (path: string, of: string) => {
    const text = await readProjectFile(resolve(projectDir, path), `the source of ${of}`);
    return stripSimnetOnly(replaceAll(text, renamed));
  };
  for (const entry of entries) {
    switch (entry['transaction-type']) {
      case 'contract-publish':
        transactions.push({
          kind: 'publish',
          sender: entry['expected-sender'],
          costUstx: BigInt(entry.cost),
          contractName: entry['contract-name'],
          source: await readSource(entry.path, entry['contract-name']),
          clarityVersion: entry['clarity-version'],
        });
        break;
      case 'requirement-publish': {
        const { 'contract-id': contractId, 'remap-sender': sender } = entry;
        const contractName = contractId.slice(contractId.indexOf('.') + 1);
        const source = await readSource(entry.path, `the requirement ${contractId}`);
        renamed.set(contractId, `${sender}.${contractName}`);
        transactions.push({
          kind: 'publish',
          sender,
          costUstx: BigInt(entry.cost),
          contractName,
          source: replaceAll(source, new Map(Object.entries(entry['remap-principals']))),
          clarityVersion: entry['clarity-version'],
        });
        break;
      }
      case 'emulated-contract-publish': {
        const { 'contract-name': contractName, 'emulated-sender': sender } = entry;
        const source = await readSource(entry.path, contractName);
        const clarityVersion = entry['clarity-version'];
        if (addresses.has(sender)) {
          transactions.push({ kind: 'publish', sender, costUstx: 0n, contractName, source, clarityVersion });
        } else {
          genesisContracts.push({ contractId: `${sender}.${contractName}`, source, clarityVersion });
        }
        break;
      }
      case 'contract-call':
      case 'emulated-contract-call': {
        const isEmulated = entry['transaction-type'] === 'emulated-contract-call';
        transactions.push({
          kind: 'call',
          sender: isEmulated ? entry['emulated-sender'] : entry['expected-sender'],
          costUstx: isEmulated ? 0n : BigInt(entry.cost),
          contractId: entry['contract-id'],
          functionName: entry.method,
          parameters: entry.parameters,
        });
        break;
      }
      case 'stx-transfer':
        transactions.push({
          kind: 'transfer',
          sender: entry['expected-sender'],
          costUstx: BigInt(entry.cost),
          recipient: entry.recipient,
          amountUstx: BigInt(entry['mstx-amount']),
          memoHex: entry.memo.replace(/^0x/, ''),
        });
        break;
      default:
        entry satisfies never;
    }
  }
  return { genesisContracts, transactions };
}

function replaceAll(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}
