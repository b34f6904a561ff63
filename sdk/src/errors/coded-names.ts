import { FacError } from './fac-error.js';

/** The contract's number of a name: its place in the list, counted from 0. Throws `INVALID_ARGUMENT`. */
export const encodeName = <Name extends string>(
  names: readonly Name[],
  name: Name,
  functionName: string,
  path: string,
): bigint => {
  const place = names.indexOf(name);
  if (place >= 0) return BigInt(place);
  const context = {
    function: functionName,
    path,
    came: `${JSON.stringify(name)}`,
    expected: names.join(' or '),
  };
  throw new FacError('INVALID_ARGUMENT', context);
};

/** The name of a contract's number. Throws `MISMATCH_ABI`: the contracts are of another version. */
export const decodeName = <Name extends string>(
  names: readonly Name[],
  code: bigint,
  source: string,
  path: string,
): Name => {
  const name = names[Number(code)];
  if (name !== undefined) return name;
  const expected = `a number below ${names.length}`;
  throw new FacError('MISMATCH_ABI', { function: source, path, came: `${code}`, expected });
};
