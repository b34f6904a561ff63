import type { SimnetEvent, TransactionAction } from '../worker/protocol.js';
import { prefixed } from './prefixed-hex.js';

export interface EventPlace {
  readonly txid: string;
  readonly action: TransactionAction;
  readonly index: number;
  /** Whether what it tells of has stayed. */
  readonly isCommitted: boolean;
}

/** An event as the node itself writes it: its fields under its own name. */
export function observedEventJson({ event, data }: SimnetEvent, place: EventPlace): object {
  const { txid, action, index, isCommitted } = place;
  const type = event === 'print_event' ? 'contract_event' : event;
  const body = Object.fromEntries(
    (FIELDS[type] ?? Object.keys(data)).flatMap((name) => {
      const text = data[name];
      return text === undefined ? [] : [[name, fieldJson(name, text, action)]];
    }),
  );
  return { txid: `0x${txid}`, event_index: index, committed: isCommitted, type, [type]: body };
}

/** What the node tells of each type; simnet's own events have more. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  contract_event: ['contract_identifier', 'topic', 'raw_value'],
  stx_transfer_event: ['sender', 'recipient', 'amount', 'memo'],
  stx_mint_event: ['recipient', 'amount'],
  stx_burn_event: ['sender', 'amount'],
  stx_lock_event: ['locked_amount', 'unlock_height', 'locked_address', 'contract_identifier'],
  ft_transfer_event: ['asset_identifier', 'sender', 'recipient', 'amount'],
  ft_mint_event: ['asset_identifier', 'recipient', 'amount'],
  ft_burn_event: ['asset_identifier', 'sender', 'amount'],
  nft_transfer_event: ['asset_identifier', 'sender', 'recipient', 'raw_value'],
  nft_mint_event: ['asset_identifier', 'recipient', 'raw_value'],
  nft_burn_event: ['asset_identifier', 'sender', 'raw_value'],
};

/** 34 bytes: a plain transfer carries its memo at full length, a contract's as long as it wrote it. */
const MEMO_HEX_LENGTH = 68;

function fieldJson(name: string, text: string, action: TransactionAction): string {
  if (name === 'raw_value') return prefixed(text);
  if (name === 'memo' && action.kind === 'transfer') return action.memoHex.padEnd(MEMO_HEX_LENGTH, '0');
  return text;
}
