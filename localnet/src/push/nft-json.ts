import type { MinedTransaction } from '../chain/ledger.js';
import { valueJson } from '../routes/event-json.js';

export interface NftNotice {
  readonly assetId: string;
  readonly valueHex: string;
  readonly json: object;
}

/** What a transaction did to non-fungible tokens, as the API tells it. */
export function nftNotices({ transaction, outcome, block, index }: MinedTransaction): NftNotice[] {
  return outcome.events.flatMap(({ event, data }, eventIndex) => {
    const action = /^nft_(transfer|mint|burn)_event$/.exec(event)?.[1];
    const { asset_identifier: assetId, raw_value: rawValue, sender, recipient } = data;
    if (action === undefined || assetId === undefined || rawValue === undefined) return [];
    const value = valueJson(rawValue);
    const json = {
      ...(sender === undefined ? {} : { sender }),
      ...(recipient === undefined ? {} : { recipient }),
      asset_identifier: assetId,
      asset_event_type: action,
      value,
      tx_id: `0x${transaction.txid}`,
      tx_index: index,
      block_height: block.height,
      event_index: eventIndex,
    };
    return [{ assetId, valueHex: value.hex, json }];
  });
}
