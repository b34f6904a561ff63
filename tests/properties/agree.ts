import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';

/** Throws, with the difference, unless the chain says what the model says. */
export function agree(what: string, chain: unknown, model: unknown): void {
  if (!isDeepStrictEqual(chain, model)) expect(chain, what).toStrictEqual(model);
}
