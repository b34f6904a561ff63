import type { Chain } from '../../chain/chain.js';
import { NodeRefusal } from './reply.js';
import type { NodeRequest } from './request.js';

/**
 * Reads are of the canonical tip alone, as simnet keeps no older state: another block id is answered like
 * one that is not there. What is no block id is ignored, as the node does.
 */
export function assertTip(
  chain: Chain,
  request: NodeRequest,
  refuse: (tip: string) => NodeRefusal = tipNotFound,
): void {
  const tip = request.query.get('tip');
  if (tip === undefined || !/^[0-9a-fA-F]{64}$/.test(tip)) return;
  if (tip.toLowerCase() !== chain.ledger.tip.indexHash) throw refuse(tip.toLowerCase());
}

function tipNotFound(): NodeRefusal {
  return new NodeRefusal(404, 'Chain tip not found');
}
