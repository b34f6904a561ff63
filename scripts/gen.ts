import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeAbiFiles } from './gen/abi-files.js';
import { makeConfigPage } from './gen/config-page.js';
import { makeContractPages } from './gen/contract-pages.js';
import { loadContracts, SIMNET_PLAN } from './gen/contracts.js';
import { makeDeploymentPlans } from './gen/deployment-plans.js';
import { makeErrorTable } from './gen/error-table.js';
import { isStale, type OutputFile, readOutput, writeOutput } from './gen/output-file.js';

const USAGE = `Writes what follows from the code: ABIs, errors, deployment plans, pages of the contracts and the keeper's options.
  npm run gen                                  write the files that differ
  npm run gen -- --check                       write nothing; exit 1 and name the files that differ
  npm run gen -- --testnet-deployer ST…        put this sender in the testnet plan
`;

const main = async (): Promise<number> => {
  const root = process.cwd();
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      'testnet-deployer': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const simnetPlan = readOutput(root, SIMNET_PLAN);
  const contracts = await loadContracts(root);
  const files = [
    ...makeAbiFiles(contracts),
    makeErrorTable(contracts),
    makeConfigPage(),
    ...makeContractPages(contracts),
    ...makeDeploymentPlans(contracts, root, values['testnet-deployer']),
  ];
  const stale = files.filter((file) => isStale(root, file));
  const isPlanStale = readOutput(root, SIMNET_PLAN) !== simnetPlan;
  if (values.check)
    return reportStale(root, stale, isPlanStale ? { path: SIMNET_PLAN, text: simnetPlan } : undefined);
  for (const file of stale) {
    writeOutput(root, file);
    process.stdout.write(`wrote ${file.path}\n`);
  }
  if (isPlanStale) process.stdout.write(`wrote ${SIMNET_PLAN}\n`);
  return 0;
};

/** Loading simnet has already rewritten its plan when that was stale: a check puts the old one back. */
const reportStale = (
  root: string,
  stale: readonly OutputFile[],
  oldPlan: { readonly path: string; readonly text: string | undefined } | undefined,
): number => {
  if (oldPlan?.text !== undefined) writeOutput(root, { path: oldPlan.path, text: oldPlan.text });
  else if (oldPlan !== undefined) rmSync(join(root, oldPlan.path));
  const paths = [...stale, ...(oldPlan === undefined ? [] : [oldPlan])].map(({ path }) => path);
  for (const path of paths) process.stderr.write(`not current: ${path}; run npm run gen\n`);
  return paths.length === 0 ? 0 : 1;
};

process.exitCode = await main();
