import { AssertionError, deepStrictEqual } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

/** Throws, with the difference, unless the chain says what the model says. */
export function agree(what: string, chain: unknown, model: unknown): void {
  if (isDeepStrictEqual(chain, model)) return;
  try {
    deepStrictEqual(chain, model);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    throw new Error(`${what}: the chain (+) and the model (-) disagree\n${error.message}`, { cause: error });
  }
}
