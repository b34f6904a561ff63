import { readFile } from 'node:fs/promises';
import { LocalnetError } from '../errors.js';

/** Reads a text file of the project; `purpose` says in the error what it was needed for. */
export async function readProjectFile(path: string, purpose: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new LocalnetError('NOT_FOUND_FILE', `${path}, needed as ${purpose}`, { cause });
  }
}
