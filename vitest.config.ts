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
    // Simnet holds about 500 MB a process: the contract suites share one, the rest take turns.
    maxWorkers: 2,
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
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'units',
          include: ['tests/{sdk,keeper,localnet,conventions,scripts}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          sequence: { groupOrder: 1 },
          include: ['tests/e2e/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
