import type { SimnetEvent } from '../worker/protocol.js';

export interface EventPlace {
  readonly txid: string;
  readonly index: number;
  /** Whether what it tells of has stayed. */
  readonly isCommitted: boolean;
}

/** An event as the node itself writes it: its fields under its own name. */
export function observedEventJson(
  { event, data }: SimnetEvent,
  { txid, index, isCommitted }: EventPlace,
): object {
  const type = event === 'print_event' ? 'contract_event' : event;
  return { txid: `0x${txid}`, event_index: index, committed: isCommitted, type, [type]: data };
}
