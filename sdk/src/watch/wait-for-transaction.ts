import { FacError } from '../errors/fac-error.js';
import type { WaitOptions } from '../sign/call-methods.js';
import type { DroppedTransaction, MinedTransaction, Transport } from '../transport/transport.js';
import { type Look, pollUntil } from './poll.js';

const DEFAULT_WAIT_MS = 120_000;

/**
 * Waits until a transaction is in a block, whether it did its work or was undone (`status`). Throws
 * `REJECTED_TRANSACTION` when it left the mempool, `TIMED_OUT_WAIT`, or the signal's reason.
 */
export const waitForTransaction = async (
  transport: Pick<Transport, 'fetchTransaction'>,
  txid: string,
  options: WaitOptions & { readonly pollMs: number },
): Promise<MinedTransaction> => {
  const { timeoutMs = DEFAULT_WAIT_MS, pollMs, signal } = options;
  const look = async (): Promise<Look<MinedTransaction | DroppedTransaction>> => {
    const transaction = await transport.fetchTransaction(txid, { signal });
    if (transaction === null) return { seen: 'the node does not know it' };
    return transaction.status === 'pending' ? { seen: 'in the mempool' } : { found: transaction };
  };
  const ended = await pollUntil(look, { what: `transaction ${txid}`, timeoutMs, pollMs, signal });
  if (ended.status !== 'dropped') return ended;
  throw new FacError('REJECTED_TRANSACTION', { txid, status: ended.reason });
};
