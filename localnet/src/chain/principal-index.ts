import type { ChainEvent } from './chain-events.js';
import { createHoldingsBook, type Holdings } from './holdings.js';
import { principalsTouchedBy } from './involved-principals.js';
import type { MinedTransaction } from './ledger.js';

/** What is mined, by principal. Follows the chain's events; a fork takes back what it drops. */
export interface PrincipalIndex {
  follow(event: ChainEvent): void;
  /** All that are remembered, oldest first. */
  readonly transactions: readonly MinedTransaction[];
  /** Oldest first. */
  transactionsOf(principal: string): readonly MinedTransaction[];
  /** Of all events ever, also of transactions that are forgotten. */
  holdingsOf(principal: string): Holdings;
}

/** As many as the ledger remembers. */
const MAX_TRANSACTIONS = 50_000;

export function createPrincipalIndex(): PrincipalIndex {
  const all: MinedTransaction[] = [];
  const byPrincipal = new Map<string, MinedTransaction[]>();
  const book = createHoldingsBook();

  function apply(mined: MinedTransaction): void {
    all.push(mined);
    for (const principal of touchedBy(mined)) {
      const list = byPrincipal.get(principal);
      if (list === undefined) byPrincipal.set(principal, [mined]);
      else list.push(mined);
    }
    const { transaction, outcome } = mined;
    book.recordFee(transaction.payer, transaction.feeUstx);
    for (const event of outcome.events) book.record(event, 1);
    if (all.length > MAX_TRANSACTIONS) forgetOldest();
  }

  function revert(mined: MinedTransaction): void {
    for (const principal of touchedBy(mined)) drop(principal, 'newest');
    const { transaction, outcome } = mined;
    for (const event of [...outcome.events].reverse()) book.record(event, -1);
    book.recordFee(transaction.payer, -transaction.feeUstx);
  }

  function forgetOldest(): void {
    const oldest = all.shift();
    // The oldest of all is the oldest of everybody it touched.
    if (oldest !== undefined) for (const principal of touchedBy(oldest)) drop(principal, 'oldest');
  }

  function drop(principal: string, which: 'newest' | 'oldest'): void {
    const list = byPrincipal.get(principal);
    if (which === 'newest') list?.pop();
    else list?.shift();
    if (list?.length === 0) byPrincipal.delete(principal);
  }

  return {
    transactions: all,
    transactionsOf: (principal) => byPrincipal.get(principal) ?? [],
    holdingsOf: book.of,
    follow(event) {
      if (event.kind === 'block') for (const mined of event.transactions) apply(mined);
      if (event.kind !== 'reorg') return;
      for (
        let last = all.at(-1);
        last !== undefined && last.block.height > event.ancestor.height;
        last = all.at(-1)
      ) {
        revert(last);
        all.pop();
      }
    },
  };
}

function touchedBy({ transaction, outcome }: MinedTransaction): ReadonlySet<string> {
  return principalsTouchedBy(transaction, outcome.events);
}
