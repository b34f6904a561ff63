import type { SimnetEvent } from '../../worker/protocol.js';
import { valueJson } from '../event-json.js';
import { memoJson } from './memo-json.js';

/** An event of a transaction in the API's third form: each kind names what it has, and nothing else. */
export function eventV3Json({ event, data }: SimnetEvent, eventIndex: number): object {
  const { sender, recipient, amount = '', asset_identifier = '', raw_value = '09' } = data;
  const [family = '', action = ''] = event.split('_');
  const parties = {
    type: action,
    ...(isNamed(sender) ? { sender } : {}),
    ...(isNamed(recipient) ? { recipient } : {}),
  };
  switch (event === 'stx_lock_event' ? 'lock' : family) {
    case 'print': {
      const { contract_identifier: contract_id = '', topic = 'print' } = data;
      const contract_log = { contract_id, topic, value: valueJson(raw_value) };
      return { event_index: eventIndex, type: 'contract_log', contract_log };
    }
    case 'stx': {
      const memo = action === 'transfer' ? { memo: memoJson(data.memo ?? '') } : {};
      return { event_index: eventIndex, type: 'stx_asset', stx_asset: { ...parties, amount, ...memo } };
    }
    case 'ft':
      return {
        event_index: eventIndex,
        type: 'ft_asset',
        ft_asset: { ...parties, asset_identifier, amount },
      };
    case 'nft': {
      const nft_asset = { ...parties, asset_identifier, value: valueJson(raw_value) };
      return { event_index: eventIndex, type: 'nft_asset', nft_asset };
    }
    default: {
      const { locked_amount = '', unlock_height = '0', locked_address = '' } = data;
      const stx_lock = {
        amount: locked_amount,
        unlock_bitcoin_height: Number(unlock_height),
        address: locked_address,
      };
      return { event_index: eventIndex, type: 'stx_lock', stx_lock };
    }
  }
}

function isNamed(principal: string | undefined): boolean {
  return principal !== undefined && principal !== '';
}
