import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import type { MinedTransaction } from '../../chain/ledger.js';
import { isPrincipal } from '../../worker/principal.js';
import { eventJson } from '../event-json.js';
import { badRequest, notFound } from './api-error.js';
import { newestFirst, parseOffsetPage } from './paging.js';

const EVENT_LIMITS = { default: 20, max: 50 };
/** As many as the API answers at once. */
const MAX_IDS = 50;

export function addContractRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v2/smart-contracts/status', (c) => {
    const ids = c.req.queries('contract_id')?.flatMap((text) => text.split(',')) ?? [];
    if (ids.length === 0 || ids.length > MAX_IDS || !ids.every(isContractId))
      return badRequest(c, `contract_id must be 1 to ${MAX_IDS} contract ids`);
    return c.json(Object.fromEntries(ids.map((id) => [id, statusJson(chain, id)])));
  });

  app.get('/extended/v1/contract/:contract', async (c) => {
    const contractId = c.req.param('contract');
    if (!isContractId(contractId)) return badRequest(c, `invalid contract id "${contractId}"`);
    const deployment = deploymentOf(chain, contractId);
    const abi = await chain.contracts.abi(contractId);
    const action = deployment?.transaction.action;
    if (deployment === undefined || abi === null || action?.kind !== 'deploy')
      return notFound(c, `cannot find contract by ID ${contractId}`);
    return c.json({
      tx_id: `0x${deployment.transaction.txid}`,
      canonical: true,
      contract_id: contractId,
      block_height: deployment.block.height,
      clarity_version: action.clarityVersion,
      source_code: action.source,
      abi: JSON.stringify(abi),
    });
  });

  app.get('/extended/v1/contract/:contract/events', (c) => {
    const contractId = c.req.param('contract');
    if (!isContractId(contractId)) return badRequest(c, `invalid contract id "${contractId}"`);
    const paging = parseOffsetPage(c, EVENT_LIMITS);
    if (paging instanceof Response) return paging;
    const logs = newestFirst(chain.ledger.logs(contractId), paging);
    const results = logs.map(({ event, txid, eventIndex }) => eventJson(event, txid, eventIndex));
    return c.json({ ...paging, results });
  });
}

function isContractId(text: string): boolean {
  return text.includes('.') && isPrincipal(text);
}

function statusJson(chain: Chain, contractId: string): object {
  const deployment = deploymentOf(chain, contractId);
  if (deployment !== undefined) {
    const { outcome, transaction, block } = deployment;
    const result = { status: outcome.status, tx_id: `0x${transaction.txid}`, contract_id: contractId };
    return { found: true, result: { ...result, block_height: block.height } };
  }
  const pending = chain.pendings
    .of(contractId)
    .find(({ transaction }) => transaction.action.kind === 'deploy');
  if (pending === undefined) return { found: false };
  const result = { status: 'pending', tx_id: `0x${pending.transaction.txid}`, contract_id: contractId };
  return { found: true, result };
}

/** The last try to deploy it: a name whose deployment failed may be tried again. */
function deploymentOf(chain: Chain, contractId: string): MinedTransaction | undefined {
  const mined = chain.principals.transactionsOf(contractId);
  return mined.findLast(({ transaction: { action, sender } }) => {
    return action.kind === 'deploy' && `${sender}.${action.contractName}` === contractId;
  });
}
