import { FacError } from './fac-error.js';

/** Throws `INVALID_FIELD` for a key a function does not take: a mistyped option must not be silently lost. */
export const assertKnownKeys = (functionName: string, input: object, known: readonly string[]): void => {
  const path = Object.keys(input).find((key) => !known.includes(key));
  if (path === undefined) return;
  const expected = known.length === 0 ? 'no fields' : `one of ${known.join(', ')}`;
  throw new FacError('INVALID_FIELD', {
    function: functionName,
    path,
    came: `unknown field ${path}`,
    expected,
  });
};
