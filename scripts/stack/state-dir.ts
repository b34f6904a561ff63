import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What we put into a state directory: `--fresh` removes this and nothing else, whatever directory it is given. */
const OURS = /^(logs|keys|keeper(-.*)?)$/;
const JOURNAL = /^keeper(-.*)?$/;

/** Removes what earlier runs left. */
export const emptyStateDir = (stateDir: string): void => removeEntries(stateDir, OURS);

/** Removes the keepers' journals: they belong to a chain that ended with its node. */
export const removeJournals = (stateDir: string): void => removeEntries(stateDir, JOURNAL);

const removeEntries = (stateDir: string, which: RegExp): void => {
  if (!existsSync(stateDir)) return;
  for (const name of readdirSync(stateDir).filter((entry) => which.test(entry))) {
    rmSync(join(stateDir, name), { recursive: true, force: true });
  }
};
