import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { getClarinetVitestsArgv, vitestSetupFilePath } from '@stacks/clarinet-sdk/vitest';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const clarinetEnvironment = createRequire(import.meta.url).resolve('vitest-environment-clarinet');
const alias = {
  '@fac/sdk': source('sdk/src/index.ts'),
  '@fac/keeper': source('keeper/src/index.ts'),
  '@fac/localnet': source('localnet/src/index.ts'),
};

export default defineConfig({
  test: {
    // The projects run one after the other: the contract suites share one simnet of about 500 MB, and the last one
    // starts nodes and keepers of its own.
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'contracts',
          include: ['tests/contracts/**/*.test.ts', 'tests/properties/**/*.test.ts'],
          environment: clarinetEnvironment,
          pool: 'forks',
          isolate: false,
          maxWorkers: 1,
          setupFiles: [vitestSetupFilePath],
          environmentOptions: { clarinet: { ...getClarinetVitestsArgv() } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'units',
          sequence: { groupOrder: 1 },
          include: ['tests/{sdk,keeper,localnet,conventions,scripts}/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // One node for all files, ours or that of FAC_NODE_URL, whose blocks may be minutes apart.
          name: 'conformance',
          sequence: { groupOrder: 3 },
          include: ['tests/conformance/**/*.test.ts'],
          globalSetup: source('tests/conformance/global-setup.ts'),
          pool: 'forks',
          fileParallelism: false,
          testTimeout: process.env.FAC_NODE_URL === undefined ? 60_000 : 2 * 3_600_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['tests/e2e/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
