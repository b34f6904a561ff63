import { join } from 'node:path';
import { initSimnet } from '@stacks/clarinet-sdk';

/** Why the contracts of a copy do not deploy; `undefined` when they do. */
export const findDeploymentError = async (dir: string): Promise<string | undefined> => {
  try {
    await initSimnet(join(dir, 'Clarinet.toml'), true);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
