import type { ChainEvent } from '../chain/chain-events.js';
import type { Mempool, PendingTransaction } from '../chain/mempool.js';

/** The transactions of orphaned blocks that wait again. To be asked while the event is told, before they are mined. */
export function returnedBy(
  { orphaned }: Extract<ChainEvent, { kind: 'reorg' }>,
  mempool: Pick<Mempool, 'get'>,
): readonly PendingTransaction[] {
  return orphaned.flatMap(({ txids }) => txids).flatMap((txid) => mempool.get(txid) ?? []);
}
