import { cvToString, deserializeCV } from '@stacks/transactions';
import type { SimnetEvent } from '../worker/protocol.js';
import { prefixed } from './prefixed-hex.js';

/** A Clarity value as the API writes it. */
export function valueJson(hex: string): { readonly hex: string; readonly repr: string } {
  return { hex: prefixed(hex), repr: cvToString(deserializeCV(hex)) };
}

/** An event of a transaction as the API writes it. */
export function eventJson({ event, data }: SimnetEvent, txid: string, eventIndex: number): object {
  const base = { event_index: eventIndex, tx_id: `0x${txid}` };
  if (event === 'print_event') {
    const { contract_identifier: contract_id = '', topic = 'print', raw_value = '' } = data;
    const contract_log = { contract_id, topic, value: valueJson(raw_value) };
    return { ...base, event_type: 'smart_contract_log', contract_log };
  }
  const [family = '', action = ''] = event.split('_');
  const {
    sender = '',
    recipient = '',
    amount = '',
    memo = '',
    asset_identifier: asset_id = '',
    raw_value,
  } = data;
  if (event === 'stx_lock_event') {
    const { locked_amount = '', unlock_height = '0', locked_address = '' } = data;
    const stx_lock_event = { locked_amount, unlock_height: Number(unlock_height), locked_address };
    return { ...base, event_type: 'stx_lock', stx_lock_event };
  }
  const asset = { asset_event_type: action, sender, recipient };
  switch (family) {
    case 'stx':
      return {
        ...base,
        event_type: 'stx_asset',
        asset: { ...asset, amount, memo: memo === '' ? '' : `0x${memo}` },
      };
    case 'ft':
      return { ...base, event_type: 'fungible_token_asset', asset: { ...asset, asset_id, amount } };
    case 'nft': {
      const value = valueJson(raw_value ?? '09');
      return { ...base, event_type: 'non_fungible_token_asset', asset: { ...asset, asset_id, value } };
    }
    default:
      return { ...base, event_type: event, asset: data };
  }
}
