import type { SimnetEvent } from '../worker/protocol.js';
import type { SignedTransaction } from './transaction.js';

/** Whom a transaction names: who signs, who pays, whom it is for. */
export function principalsNamedBy({ sender, payer, action }: SignedTransaction): ReadonlySet<string> {
  const target =
    action.kind === 'call'
      ? action.contractId
      : action.kind === 'deploy'
        ? `${sender}.${action.contractName}`
        : action.recipient;
  return new Set([sender, payer, target]);
}

/** Whom a transaction touched: those it names, and those its assets left or came to. */
export function principalsTouchedBy(
  transaction: SignedTransaction,
  events: readonly SimnetEvent[],
): ReadonlySet<string> {
  const touched = new Set(principalsNamedBy(transaction));
  for (const { event, data } of events) {
    if (event === 'print_event') continue;
    for (const principal of [data.sender, data.recipient]) {
      if (principal !== undefined && principal !== '') touched.add(principal);
    }
  }
  return touched;
}
