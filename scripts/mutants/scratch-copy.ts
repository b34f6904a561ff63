import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What is large, made from the rest, or keeps keys. */
const LEFT_OUT = new Set([
  'node_modules',
  '.git',
  '.build',
  '.cache',
  '.fac',
  'dist',
  'coverage',
  'Testnet.toml',
  'Mainnet.toml',
]);

export interface ScratchCopy {
  readonly dir: string;
  readonly remove: () => void;
}

/** Copies a repository into a temporary directory; its installed packages are linked. */
export const makeScratchCopy = (root: string): ScratchCopy => {
  const dir = mkdtempSync(join(tmpdir(), 'fac-mutants-'));
  cpSync(root, dir, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction');
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};
