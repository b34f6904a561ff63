import { readFile } from 'node:fs/promises';
import { parse } from 'smol-toml';
import { LocalnetError, type LocalnetErrorCode } from '../errors.js';

/** Reads a text file of the project; `purpose` says in the error what it was needed for. */
export async function readProjectFile(path: string, purpose: string): Promise<string> {
  const text = await readIfThere(path, purpose);
  if (text === undefined) throw new LocalnetError('NOT_FOUND_FILE', `${path}, needed as ${purpose}`);
  return text;
}

/** The same for a file a project may do without: undefined if there is none. */
export async function readIfThere(path: string, purpose: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new LocalnetError('NOT_FOUND_FILE', `${path}, needed as ${purpose}: ${String(cause)}`, { cause });
  }
}

/** Parses TOML; `code` is thrown, with the place, when it is none. */
export function parseToml(text: string, path: string, code: LocalnetErrorCode): unknown {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (cause) {
    throw new LocalnetError(code, `${path}: ${String(cause)}`, { cause });
  }
}
