import type { NodeRejection } from '../errors/node-rejection.js';
import { isObject, type Json, parseInteger } from './http-answer.js';

/** The node's rejection JSON `{error, reason, reason_data}`, or `undefined` when it is something else. */
export const parseRejection = (json: unknown): NodeRejection | undefined => {
  if (!isObject(json) || typeof json.reason !== 'string') return undefined;
  const data: Json = isObject(json.reason_data) ? json.reason_data : {};
  const reason = json.reason;
  if (reason === 'ConflictingNonceInMempool') return { reason };
  const expected = parseInteger(data.expected);
  const actual = parseInteger(data.actual);
  if (isCounted(reason) && expected !== undefined && actual !== undefined)
    return { reason, expected, actual };
  const message = data.message;
  return { reason: 'Other', name: reason, ...(typeof message === 'string' ? { message } : {}) };
};

type Counted = Extract<NodeRejection, { readonly expected: bigint }>['reason'];

const isCounted = (reason: string): reason is Counted =>
  reason === 'BadNonce' ||
  reason === 'TooMuchChaining' ||
  reason === 'FeeTooLow' ||
  reason === 'NotEnoughFunds';
