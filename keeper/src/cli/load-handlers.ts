import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handler, Handlers } from '../execute/handler.js';
import { describeError, KeeperError } from '../shared/errors.js';

/** Imports a module that exports `handlers`. Throws NOT_FOUND_HANDLERS or INVALID_HANDLERS. */
export async function loadHandlers(path: string): Promise<Handlers> {
  const loaded = await importModule(path);
  const { handlers } = loaded;
  if (typeof handlers !== 'object' || handlers === null) {
    throw new KeeperError('INVALID_HANDLERS', {
      context: { path, problem: `it exports ${typeof handlers}` },
    });
  }
  const entries = Object.entries(handlers);
  if (entries.length === 0) {
    throw new KeeperError('INVALID_HANDLERS', { context: { path, problem: 'it has none' } });
  }
  for (const [type, handler] of entries) {
    if (typeof handler !== 'function') {
      const problem = `"${type}" is ${typeof handler}`;
      throw new KeeperError('INVALID_HANDLERS', { context: { path, problem } });
    }
  }
  // Each value is a function; what it takes and returns only running it can tell.
  return Object.fromEntries(entries) as Record<string, Handler>;
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as Readonly<Record<string, unknown>>; // a module's namespace
  } catch (error) {
    const problem = describeError(error);
    throw new KeeperError('NOT_FOUND_HANDLERS', { context: { path, problem }, cause: error });
  }
}
