import { FacError } from '../errors/fac-error.js';
import { makeUstx } from '../errors/make-units.js';
import {
  assertNotLimited,
  assertOk,
  isObject,
  parseInteger,
  parseJson,
  parseObject,
  refuse,
} from './http-answer.js';
import { type HttpAnswer, type HttpOptions, sendRequest } from './http-request.js';
import { parseRejection } from './parse-rejection.js';
import { parseTransaction, stripHex } from './parse-transaction.js';
import type { Transport } from './transport.js';

type TransactionRequests = Pick<
  Transport,
  'fetchFeeRate' | 'estimateFee' | 'broadcastTransaction' | 'fetchTransaction'
>;

export const makeTransactionRequests = (http: HttpOptions): TransactionRequests => ({
  fetchFeeRate: async (options) => {
    const answer = await sendRequest(http, {
      method: 'GET',
      path: '/v2/fees/transfer',
      signal: options?.signal,
    });
    assertOk(answer);
    return makeUstx(parseInteger(parseJson(answer)) ?? refuse(answer, 'another kind of JSON', 'an integer'));
  },
  estimateFee: async (payloadHex, bytes, options) => {
    const answer = await sendRequest(http, {
      method: 'POST',
      path: '/v2/fees/transaction',
      contentType: 'application/json',
      body: JSON.stringify({ transaction_payload: payloadHex, estimated_len: bytes }),
      signal: options?.signal,
    });
    if (answer.status === 400 && answer.text.includes('Estimat')) return null;
    return parseEstimate(answer);
  },
  broadcastTransaction: async (raw, options) => {
    const answer = await sendRequest(http, {
      method: 'POST',
      path: '/v2/transactions',
      contentType: 'application/octet-stream',
      body: raw,
      signal: options?.signal,
    });
    assertAccepted(answer);
    const json = parseJson(answer);
    const txid = typeof json === 'string' ? stripHex(json) : '';
    return /^[0-9a-f]{64}$/.test(txid) ? txid : refuse(answer, 'another kind of JSON', 'a txid');
  },
  fetchTransaction: async (txid, options) => {
    const path = `/extended/v1/tx/0x${stripHex(txid)}`;
    const answer = await sendRequest(http, { method: 'GET', path, signal: options?.signal });
    return answer.status === 404 ? null : parseTransaction(answer, parseObject(answer));
  },
});

const assertAccepted = (answer: HttpAnswer): void => {
  assertNotLimited(answer);
  const rejection = answer.status === 400 ? parseRejection(tryJson(answer)) : undefined;
  if (rejection !== undefined) throw new FacError('REJECTED_BY_NODE', { rejection });
  assertOk(answer);
};

const tryJson = (answer: HttpAnswer): unknown => {
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined; // a plain-text 400: the caller reports it by its status
  }
};

/** The middle of the node's three estimates (low, mid, high). */
const parseEstimate = (answer: HttpAnswer) => {
  const estimations = parseObject(answer).estimations;
  const middle: unknown = Array.isArray(estimations) ? (estimations[1] ?? estimations[0]) : undefined;
  const fee = isObject(middle) ? parseInteger(middle.fee) : undefined;
  return makeUstx(fee ?? refuse(answer, 'no fee', 'estimations with a fee'));
};
