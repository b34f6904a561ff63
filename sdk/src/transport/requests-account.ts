import { makeBurnHeight, makeStacksHeight, makeUstx } from '../errors/make-units.js';
import { parseObject, readFields } from './http-answer.js';
import { type HttpOptions, sendRequest } from './http-request.js';
import type { Transport } from './transport.js';

type AccountRequests = Pick<Transport, 'fetchInfo' | 'fetchAccount' | 'fetchNonces'>;

/** Statuses of a server that has no such endpoint: a bare node, or an API that switched it off. */
const MISSING_ENDPOINT: ReadonlySet<number> = new Set([404, 405, 410, 501]);

export const makeAccountRequests = (http: HttpOptions): AccountRequests => {
  const fetchAccount: Transport['fetchAccount'] = async (principal, options) => {
    const path = `/v2/accounts/${encodeURIComponent(principal)}?proof=0`;
    const answer = await sendRequest(http, { method: 'GET', path, signal: options?.signal });
    const fields = readFields(answer, parseObject(answer));
    return {
      balanceUstx: makeUstx(fields.integer('balance')),
      lockedUstx: makeUstx(fields.integer('locked')),
      nonce: fields.integer('nonce'),
    };
  };

  const fetchNonces: Transport['fetchNonces'] = async (principal, options) => {
    const path = `/extended/v1/address/${encodeURIComponent(principal)}/nonces`;
    const answer = await sendRequest(http, { method: 'GET', path, signal: options?.signal });
    if (MISSING_ENDPOINT.has(answer.status)) {
      const { nonce } = await fetchAccount(principal, options);
      return { nextNonce: nonce, missingNonces: [], mempoolNonces: [] };
    }
    const fields = readFields(answer, parseObject(answer));
    return {
      nextNonce: fields.integer('possible_next_nonce'),
      missingNonces: fields.integers('detected_missing_nonces'),
      mempoolNonces: fields.integers('detected_mempool_nonces'),
    };
  };

  const fetchInfo: Transport['fetchInfo'] = async (options) => {
    const answer = await sendRequest(http, { method: 'GET', path: '/v2/info', signal: options?.signal });
    const json = parseObject(answer);
    const fields = readFields(answer, json);
    return {
      networkId: Number(fields.integer('network_id')),
      stacksHeight: makeStacksHeight(fields.integer('stacks_tip_height')),
      stacksTip: fields.text('stacks_tip'),
      burnHeight: makeBurnHeight(fields.integer('burn_block_height')),
      isSynced: json.is_fully_synced !== false,
      serverVersion: fields.text('server_version'),
    };
  };

  return { fetchInfo, fetchAccount, fetchNonces };
};
