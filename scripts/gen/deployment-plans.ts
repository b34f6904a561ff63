import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { LoadedContracts, PlannedBatch, PlannedContract } from './contracts.js';
import { GENERATED_BY, type OutputFile } from './output-file.js';

/** The public devnet deployer every Stacks tool knows. */
const DEVNET_DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
/** Nobody has the key of it: a plan with it cannot be run by accident. */
const TESTNET_NOBODY = 'ST000000000000000000002AMW42H';
const TESTNET_PLAN = 'deployments/default.testnet-plan.yaml';
/** uSTX per source byte, `deployment_fee_rate` of the settings. */
const DEPLOYMENT_FEE_RATE = 10;

/** The devnet and testnet plans in Clarinet's flat format. */
export const makeDeploymentPlans = (
  { batches }: LoadedContracts,
  root: string,
  testnetDeployer: string | undefined,
): readonly OutputFile[] => [
  {
    path: 'deployments/default.devnet-plan.yaml',
    text: writePlan([], batches, DEVNET_DEPLOYER, {
      name: 'Devnet deployment',
      network: 'devnet',
      'stacks-node': 'http://localhost:20443',
      'bitcoin-node': 'http://devnet:devnet@localhost:18443',
    }),
  },
  {
    path: TESTNET_PLAN,
    text: writePlan(
      ['expected-sender: set your own with `npm run gen -- --testnet-deployer ST…`'],
      batches.map(leaveExamplesOut),
      testnetDeployer ?? readTestnetDeployer(root),
      {
        name: 'Testnet deployment',
        network: 'testnet',
        'stacks-node': 'https://api.testnet.hiro.so',
        'bitcoin-node': 'http://blockstack:blockstacksystem@bitcoind.testnet.stacks.co:18332',
      },
    ),
  },
];

/** A local chain has the examples at hand; on another their deployer would pay for what nobody calls. */
const leaveExamplesOut = ({ epoch, contracts }: PlannedBatch): PlannedBatch => ({
  epoch,
  contracts: contracts.filter(({ path }) => !path.startsWith('contracts/examples/')),
});

const writePlan = (
  notes: readonly string[],
  batches: readonly PlannedBatch[],
  sender: string,
  head: Readonly<Record<string, string>>,
): string => {
  const writeContract = ({ name, path, source, clarityVersion }: PlannedContract) => ({
    'transaction-type': 'contract-publish',
    'contract-name': name,
    'expected-sender': sender,
    cost: Buffer.byteLength(source) * DEPLOYMENT_FEE_RATE,
    path,
    'anchor-block-only': true,
    'clarity-version': clarityVersion,
  });
  const plan = {
    id: 0,
    ...head,
    plan: {
      batches: batches
        .filter(({ contracts }) => contracts.length > 0)
        .map(({ contracts, epoch }, id) => ({ id, transactions: contracts.map(writeContract), epoch })),
    },
  };
  const comments = [GENERATED_BY, ...notes].map((note) => `# ${note}\n`).join('');
  return `${comments}---\n${stringify(plan, { lineWidth: 0 })}`;
};

const readTestnetDeployer = (root: string): string => {
  const path = join(root, TESTNET_PLAN);
  if (!existsSync(path)) return TESTNET_NOBODY;
  // A damaged plan is replaced by one that cannot be run, so each step may be missing.
  const plan = parse(readFileSync(path, 'utf8')) as {
    plan?: { batches?: { transactions?: { 'expected-sender'?: string }[] }[] };
  } | null;
  return plan?.plan?.batches?.[0]?.transactions?.[0]?.['expected-sender'] ?? TESTNET_NOBODY;
};
