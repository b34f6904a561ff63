import { COUNTER, DEPLOYER } from '../harness.js';
import type { Facts } from './facts.js';
import type { ValidRequest } from './request.js';

const CONTRACT = `${DEPLOYER}/counter`;
const AUTHORIZED = { authorization: '12345' };

/** A valid request for each endpoint of the node. */
export function nodeRequests(facts: Facts): readonly ValidRequest[] {
  const tip = { tip: 'latest' };
  const read = { json: { sender: DEPLOYER, sponsor: null, arguments: [] } };
  const tx = facts.nextTransaction;
  const get = (path: string, query: Record<string, string> = {}): ValidRequest => ({
    verb: 'GET',
    path,
    query,
  });
  return [
    ...['/v2/info', '/v2/neighbors', '/v3/health', '/v2/fees/transfer', '/v3/tenures/info'].map((path) =>
      get(path),
    ),
    get('/v2/pox', tip),
    get(`/v2/accounts/${DEPLOYER}`, { proof: '0', ...tip }),
    get(`/v2/accounts/${COUNTER}`, { proof: '1' }),
    { verb: 'POST', path: '/v2/transactions', body: { json: { tx: tx.toString('hex'), attachment: null } } },
    { verb: 'POST', path: '/v2/transactions', body: { octets: tx } },
    get(`/v2/transactions/unconfirmed/${facts.pendingTxid}`),
    get(`/v3/transaction/${facts.minedTxid}`, tip),
    { verb: 'POST', path: `/v2/contracts/call-read/${CONTRACT}/get-count`, query: tip, body: read },
    {
      verb: 'POST',
      path: `/v2/contracts/call-read/${CONTRACT}/get-entry`,
      body: { json: { sender: DEPLOYER, arguments: [facts.keyHex] } },
    },
    {
      verb: 'POST',
      path: `/v3/contracts/fast-call-read/${CONTRACT}/get-count`,
      query: tip,
      headers: AUTHORIZED,
      body: read,
    },
    {
      verb: 'POST',
      path: `/v2/map_entry/${CONTRACT}/entries`,
      query: { proof: '0', ...tip },
      body: { json: facts.keyHex },
    },
    get(`/v2/data_var/${CONTRACT}/count`, { proof: '0', ...tip }),
    get(`/v2/constant_val/${CONTRACT}/LIMIT`, tip),
    get(`/v2/contracts/interface/${CONTRACT}`, tip),
    get(`/v2/contracts/source/${CONTRACT}`, { proof: '0', ...tip }),
    get(`/v2/traits/${CONTRACT}/${facts.deployedContract.replace('.', '/')}/counting`, tip),
    {
      verb: 'POST',
      path: '/v3/transactions/simulate',
      query: tip,
      headers: AUTHORIZED,
      body: { json: { transaction_hex: tx.toString('hex') } },
    },
    {
      verb: 'POST',
      path: '/v2/fees/transaction',
      body: { json: { transaction_payload: facts.payloadHex, estimated_len: 300 } },
    },
    get(`/v3/blocks/${facts.blockId}`),
    get(`/v3/blocks/height/${facts.height}`, tip),
    get(`/v3/tenures/${facts.blockId}`, { stop: facts.blockId }),
    get(`/v3/tenures/tip/${facts.consensusHash}`),
    get(`/v3/tenures/blocks/${facts.consensusHash}`),
    get(`/v3/tenures/blocks/hash/${facts.burnHash}`),
    get(`/v3/tenures/blocks/height/${facts.burnHeight}`),
    get(`/v3/sortitions/burn_height/${facts.burnHeight}`),
    get(`/v3/tenures/fork_info/${facts.consensusHash}/${facts.consensusHash}`),
  ];
}
