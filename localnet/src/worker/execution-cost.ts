import type { ExecutionCost } from './protocol.js';

export function plus(a: ExecutionCost, b: ExecutionCost): ExecutionCost {
  return {
    readCount: a.readCount + b.readCount,
    readLength: a.readLength + b.readLength,
    writeCount: a.writeCount + b.writeCount,
    writeLength: a.writeLength + b.writeLength,
    runtime: a.runtime + b.runtime,
  };
}

/** What is left of `limit`, never below nothing. */
export function minus(limit: ExecutionCost, spent: ExecutionCost): ExecutionCost {
  return {
    readCount: Math.max(0, limit.readCount - spent.readCount),
    readLength: Math.max(0, limit.readLength - spent.readLength),
    writeCount: Math.max(0, limit.writeCount - spent.writeCount),
    writeLength: Math.max(0, limit.writeLength - spent.writeLength),
    runtime: Math.max(0, limit.runtime - spent.runtime),
  };
}

/** Whether any dimension is above its limit. */
export function exceeds(cost: ExecutionCost, limit: ExecutionCost): boolean {
  return (
    cost.readCount > limit.readCount ||
    cost.readLength > limit.readLength ||
    cost.writeCount > limit.writeCount ||
    cost.writeLength > limit.writeLength ||
    cost.runtime > limit.runtime
  );
}

/** What a tenure may spend at epoch 4.0 (stacks-core `BLOCK_LIMIT_MAINNET_40`). */
export const TENURE_LIMIT: ExecutionCost = {
  readCount: 30_000,
  readLength: 200_000_000,
  writeCount: 15_000,
  writeLength: 15_000_000,
  runtime: 5_000_000_000,
};

/** What the node lets a read-only call spend. */
export const READ_LIMIT: ExecutionCost = {
  readCount: 100,
  readLength: 200_000,
  writeCount: 0,
  writeLength: 0,
  runtime: 1_000_000_000,
};

/** Whether simnet gave a call up. Its budget of one call is that of a tenure before epoch 4.0: half the reads of today's. */
export function isOverBudget(message: string): boolean {
  return message.includes('RuntimeCheck(CostBalanceExceeded(');
}
