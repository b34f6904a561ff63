import { FacError } from '../errors/fac-error.js';
import type { HttpOptions } from './http-request.js';
import { makeAccountRequests } from './requests-account.js';
import { makeContractRequests } from './requests-contract.js';
import { makeTransactionRequests } from './requests-transaction.js';
import type { Transport } from './transport.js';

export interface HttpTransportOptions {
  /** Root URL of a node or an API, without `/v2`. A name and password in it are sent, never printed. */
  readonly nodeUrl: string;
  /** Longest wait for one answer, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number | undefined;
  /** Sent with each request, for example `x-api-key`. @default none */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default the platform's */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Talks to a Stacks node or API over HTTP. Throws `INVALID_OPTION`. */
export const createHttpTransport = (options: HttpTransportOptions): Transport => {
  const http = checkOptions(options);
  return { ...makeAccountRequests(http), ...makeContractRequests(http), ...makeTransactionRequests(http) };
};

const checkOptions = (options: HttpTransportOptions): HttpOptions => {
  const { nodeUrl, timeoutMs = DEFAULT_TIMEOUT_MS, headers = {}, fetch = globalThis.fetch } = options;
  if (!URL.canParse(nodeUrl) || !/^https?:$/.test(new URL(nodeUrl).protocol)) {
    const expected = 'an http or https URL';
    throw new FacError('INVALID_OPTION', { option: 'nodeUrl', came: 'something else', expected });
  }
  if (!(timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS)) {
    const expected = `milliseconds from 1 to ${LONGEST_TIMEOUT_MS}`;
    throw new FacError('INVALID_OPTION', { option: 'timeoutMs', came: `${timeoutMs}`, expected });
  }
  return { nodeUrl, timeoutMs, headers, fetch };
};
