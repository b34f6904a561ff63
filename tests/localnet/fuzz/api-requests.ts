import { COUNTER, type Harness } from '../harness.js';
import type { Facts } from './facts.js';
import type { ValidRequest } from './request.js';

const PAGE = { limit: '5', offset: '0' };
const FIRST = { limit: '5' };
const POINT = `${COUNTER}::point`;

/** A valid request for each route of the API. */
export function apiRequests({ alice }: Harness, facts: Facts): readonly ValidRequest[] {
  const { address } = alice;
  const v1 = `/extended/v1/address/${address}`;
  const v2 = `/extended/v2/addresses/${address}`;
  const v3 = `/extended/v3/principals/${address}`;
  const txid = `0x${facts.minedTxid}`;
  const gets: readonly (readonly [path: string, query?: Record<string, string>])[] = [
    ['/extended'],
    ['/extended/v1/status'],
    ['/extended/v1/info/network_block_times'],
    [`${v1}/nonces`],
    [`${v3}/nonces`],
    ['/extended/v1/tx/mempool', { ...PAGE, sender_address: address, address }],
    ['/extended/v3/mempool/transactions', FIRST],
    ['/extended/v2/mempool/fees'],
    ['/extended/v1/tx', { ...PAGE, type: 'contract_call', contract_id: COUNTER, function_name: 'increment' }],
    ['/extended/v1/tx/multiple', { tx_id: txid }],
    [`/extended/v1/tx/${txid}`],
    [`/extended/v1/tx/${txid}/raw`],
    ['/extended/v3/transactions', { ...FIRST, cursor: '5:0' }],
    [`/extended/v3/transactions/${txid}`, { include: 'function_args,result' }],
    [`/extended/v3/transactions/${txid}/events`, { ...FIRST, cursor: '0' }],
    [`${v1}/transactions`, PAGE],
    [`${v1}/transactions_with_transfers`, PAGE],
    [`${v2}/transactions`, PAGE],
    [`${v1}/mempool`, PAGE],
    [`${v3}/transactions`, FIRST],
    [`${v3}/mempool/transactions`, FIRST],
    [`${v1}/stx`],
    [`${v2}/balances/stx`],
    [`${v1}/balances`],
    [`${v3}/balances/stx`],
    [`${v2}/balances/ft`, PAGE],
    [`${v2}/balances/ft/${POINT}`],
    [`${v3}/balances/ft`, FIRST],
    [`${v3}/balances/ft/${POINT}`],
    [`${v3}/balances/nft`, FIRST],
    ['/extended/v1/tokens/nft/holdings', { ...PAGE, principal: address, asset_identifiers: POINT }],
    ['/extended/v2/smart-contracts/status', { contract_id: COUNTER }],
    [`/extended/v1/contract/${facts.deployedContract}`],
    [`/extended/v1/contract/${COUNTER}/events`, PAGE],
    [`/extended/v2/smart-contracts/${COUNTER}/logs`, { ...FIRST, cursor: facts.logCursor, order: 'asc' }],
    ['/extended/v2/blocks', PAGE],
    ['/extended/v1/block', PAGE],
    [`/extended/v2/blocks/${facts.height}`],
    [`/extended/v1/block/by_height/${facts.height}`],
    [`/extended/v1/block/0x${facts.blockHash}`],
    [`/extended/v2/blocks/${facts.height}/transactions`, PAGE],
    [`/extended/v3/blocks/0x${facts.blockId}/transactions`, FIRST],
    ['/extended/v2/burn-blocks', PAGE],
    [`/extended/v2/burn-blocks/${facts.burnHeight}`],
    [`/extended/v2/burn-blocks/0x${facts.burnHash}/blocks`, PAGE],
  ];
  return [
    ...gets.map(([path, query = {}]) => ({ verb: 'GET' as const, path, query })),
    { verb: 'POST', path: '/extended/v1/fee_rate', body: { json: { transaction: '0x00' } } },
  ];
}
