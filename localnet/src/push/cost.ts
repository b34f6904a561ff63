import type { MinedTransaction } from '../chain/ledger.js';
import { type ExecutionCost, NO_COST } from '../worker/protocol.js';

/** What the transactions of a block took together. */
export function sumCosts(transactions: readonly MinedTransaction[]): ExecutionCost {
  return transactions.reduce<ExecutionCost>(
    (sum, { outcome: { cost } }) => ({
      readCount: sum.readCount + cost.readCount,
      readLength: sum.readLength + cost.readLength,
      writeCount: sum.writeCount + cost.writeCount,
      writeLength: sum.writeLength + cost.writeLength,
      runtime: sum.runtime + cost.runtime,
    }),
    NO_COST,
  );
}

export function costJson({ readCount, readLength, writeCount, writeLength, runtime }: ExecutionCost): object {
  return {
    read_count: readCount,
    read_length: readLength,
    runtime,
    write_count: writeCount,
    write_length: writeLength,
  };
}
