import type { MinedTransaction } from '../chain/ledger.js';
import { observedEventJson } from '../routes/observed-event-json.js';
import { wantsEvent } from './observer-filter.js';

/**
 * The events of a block as the node posts them. The index counts through the whole block and keeps its gaps
 * where the keys leave events out.
 */
export function nodeEventsOf(
  transactions: readonly MinedTransaction[],
  keys: ReadonlySet<string>,
): readonly object[] {
  const all = transactions.flatMap(({ transaction: { txid, action }, outcome }) =>
    outcome.events.map((event) => ({ txid, action, event })),
  );
  return all.flatMap(({ txid, action, event }, index) =>
    wantsEvent(keys, event) ? [observedEventJson(event, { txid, action, index, isCommitted: true })] : [],
  );
}
