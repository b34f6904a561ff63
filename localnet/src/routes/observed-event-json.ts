import type { SimnetEvent } from '../worker/protocol.js';
import { prefixed } from './prefixed-hex.js';

export interface EventPlace {
  readonly txid: string;
  readonly index: number;
  /** Whether what it tells of has stayed. */
  readonly isCommitted: boolean;
}

/** A memo is 34 bytes, whatever was written into it. */
const MEMO_DIGITS = 68;

/** An event as the node itself writes it: its fields under its own name. */
export function observedEventJson(
  { event, data }: SimnetEvent,
  { txid, index, isCommitted }: EventPlace,
): object {
  const type = event === 'print_event' ? 'contract_event' : event;
  const { raw_value, memo } = data;
  const fields = {
    ...data,
    ...(raw_value === undefined ? {} : { raw_value: prefixed(raw_value) }),
    ...(type === 'stx_transfer_event' ? { memo: (memo ?? '').padEnd(MEMO_DIGITS, '0') } : {}),
  };
  return { txid: `0x${txid}`, event_index: index, committed: isCommitted, type, [type]: fields };
}
