import type { CodecIssue, Refuse } from '../abi/codec-issue.js';
import { FacError } from './fac-error.js';

const ARGUMENT_CODES = {
  kind: 'INVALID_ARGUMENT',
  range: 'OUT_OF_RANGE_ARGUMENT',
  length: 'EXCEEDED_LENGTH',
  missing: 'EXPECTED_FIELD',
  unknown: 'INVALID_FIELD',
} as const;

/** Throws what the caller got wrong in a function's arguments. */
export const refuseArgument =
  (functionName: string): Refuse =>
  ({ kind, ...rest }: CodecIssue): never => {
    throw new FacError(ARGUMENT_CODES[kind], { function: functionName, ...rest });
  };

/** Throws that a value from the chain is not of the type the ABI says. */
export const refuseAnswer =
  (source: string): Refuse =>
  ({ path, came, expected }: CodecIssue): never => {
    throw new FacError('MISMATCH_ABI', { function: source, path, came, expected });
  };
