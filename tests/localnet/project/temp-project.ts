import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LocalnetError } from '@fac/localnet';
import { afterAll } from 'vitest';

const made: string[] = [];
afterAll(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true });
});

/** Writes a project into a directory of its own, removed after the file's tests, and gives the path of its manifest. */
export async function makeProject(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'fac-localnet-'));
  made.push(dir);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return join(dir, 'Clarinet.toml');
}

/** Every file and folder below a project's manifest, with what tells whether it was touched. */
export async function treeOf(manifest: string): Promise<Readonly<Record<string, string>>> {
  const dir = dirname(manifest);
  const tree: Record<string, string> = {};
  for (const path of await readdir(dir, { recursive: true })) {
    const { mtimeMs } = await stat(join(dir, path));
    const text = await readFile(join(dir, path), 'utf8').catch(() => 'a folder');
    tree[path] = `${mtimeMs} ${text}`;
  }
  return tree;
}

/** The code and the text of the LocalnetError that `work` ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof LocalnetError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}
