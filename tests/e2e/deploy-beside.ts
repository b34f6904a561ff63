import { readFileSync } from 'node:fs';
import type { Fac } from '@fac/sdk';
import { makeContractDeploy } from '@stacks/transactions';
import { parse } from 'yaml';

const PLAN = 'deployments/default.devnet-plan.yaml';

interface Publication {
  readonly 'contract-name': string;
  readonly path: string;
  readonly 'clarity-version': number;
}

/** Publishes the contracts of the plan under another account, in its order: they name each other by their own account. */
export const deployBeside = async (
  { transport, waitForTransaction }: Fac,
  senderKey: string,
): Promise<void> => {
  let nonce = 0n;
  for (const { 'contract-name': contractName, path, 'clarity-version': clarityVersion } of readPlan()) {
    const codeBody = readFileSync(path, 'utf8');
    const fee = 2 * codeBody.length;
    const common = { contractName, codeBody, clarityVersion, senderKey, nonce, fee };
    const transaction = await makeContractDeploy({ ...common, network: 'devnet' });
    const txid = await transport.broadcastTransaction(transaction.serializeBytes());
    const { status, vmError } = await waitForTransaction(txid);
    if (status !== 'success')
      throw new Error(`${contractName} was not published: ${status} ${vmError ?? ''}`);
    nonce += 1n;
  }
};

const readPlan = (): readonly Publication[] => {
  const { plan } = parse(readFileSync(PLAN, 'utf8'));
  return plan.batches.flatMap(
    (batch: { readonly transactions: readonly Publication[] }) => batch.transactions,
  );
};
