import { LocalnetError } from '../errors.js';
import type { JournaledBlock } from './blocks.js';
import type { Chain } from './chain.js';
import type { JournalRecord } from './journal.js';
import { decodeTransaction, type SignedTransaction } from './transaction.js';

export interface LoadedState {
  readonly blocks: number;
  readonly transactions: number;
  readonly waiting: number;
}

/** Brings a chain that is at its genesis to where the journal's records end. */
export async function loadState(
  chain: Chain,
  records: readonly JournalRecord[],
  onProgress: (done: number, of: number) => void,
): Promise<LoadedState> {
  const blocks = foldRecords(chain, records);
  let done = 0;
  for (const block of blocks) {
    try {
      await chain.blocks.remake(block);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new LocalnetError('INVALID_STATE', `${message}; start anew with another --state`, { cause });
    }
    onProgress(++done, blocks.length);
  }
  const transactions = blocks.reduce((sum, block) => sum + block.transactions.length, 0);
  return { blocks: blocks.length, transactions, waiting: chain.mempool.size };
}

/** The blocks that are still part of the chain at the end; the mempool is left as it is then. */
function foldRecords(
  { mempool, ledger, blocks: chainBlocks }: Chain,
  records: readonly JournalRecord[],
): readonly JournaledBlock[] {
  const genesisHeight = ledger.tip.height;
  const known = new Map<string, SignedTransaction>();
  const blocks: JournaledBlock[] = [];

  const read = (hex: string) => {
    const transaction = decodeTransaction(hex);
    known.set(transaction.txid, transaction);
    return transaction;
  };
  for (const record of records) {
    switch (record.kind) {
      case 'genesis':
        break;
      case 'submit':
        mempool.add(read(record.tx), record.receivedAtSeconds);
        break;
      case 'drop':
        for (const txid of record.txids) mempool.drop(txid, record.reason);
        break;
      case 'block': {
        const transactions = record.txids.map((txid) => {
          const transaction = known.get(txid);
          if (transaction === undefined)
            throw new LocalnetError('INVALID_STATE', `it never received ${txid}`);
          return transaction;
        });
        for (const txid of record.txids) mempool.remove(txid);
        blocks.push({ ...record, transactions });
        // Also of branches that were left: their ids are not given out again.
        chainBlocks.branch = Math.max(chainBlocks.branch, record.branch);
        break;
      }
      case 'rewind':
        blocks.splice(record.height - genesisHeight);
        break;
      case 'mempool':
        mempool.reset(
          record.waiting.map(({ tx, receivedAtSeconds }, arrival) => ({
            transaction: read(tx),
            receivedAtSeconds,
            arrival,
          })),
          record.dropped?.map(({ tx, ...drop }) => ({ transaction: read(tx), ...drop })),
        );
        break;
    }
  }
  return blocks;
}
