import { z } from 'zod';
import { parseTxid } from '../routes/txid.js';
import { isPrincipal } from '../worker/principal.js';

/** What one subscription listens to; `echo` is what the answer to the request repeats. */
export interface Subscription {
  readonly topic: string;
  readonly echo: object;
}

const PARAMS = z.object({ event: z.string().min(1) });
const ASSET = z.object({ asset_identifier: z.string().regex(/^[^:]+::[^:]+$/) });
const ASSET_VALUE = z.object({ value: z.string().regex(/^0x([0-9a-f]{2})+$/) });

/** The parameters of subscribe and unsubscribe as the Stacks API takes them; a text says what is wrong. */
export function parseSubscription(params: unknown): Subscription | string {
  const named = PARAMS.safeParse(params);
  if (!named.success) return 'subscription requests must include an event name';
  const { event } = named.data;
  switch (event) {
    case 'block':
    // There are no microblocks any more; the API still takes the subscription.
    case 'microblock':
    case 'mempool':
    case 'nft_event':
      return { topic: event, echo: {} };
    case 'tx_update': {
      const txid = parseTxid(fieldOf(params, 'tx_id'));
      if (txid === null) return 'invalid tx_id';
      return { topic: txTopic(txid), echo: { tx_id: `0x${txid}` } };
    }
    case 'address_tx_update':
    case 'address_balance_update': {
      const address = fieldOf(params, 'address');
      if (!isPrincipal(address)) return 'invalid address';
      return { topic: addressTopic(event, address), echo: { address } };
    }
    case 'nft_asset_event':
    case 'nft_collection_event': {
      const asset = ASSET.safeParse(params);
      if (!asset.success || !isPrincipal(contractOf(asset.data.asset_identifier)))
        return 'invalid asset_identifier';
      const { asset_identifier } = asset.data;
      if (event === 'nft_collection_event') {
        return { topic: collectionTopic(asset_identifier), echo: { asset_identifier } };
      }
      const value = ASSET_VALUE.safeParse(params);
      if (!value.success) return 'invalid value';
      return {
        topic: assetTopic(asset_identifier, value.data.value),
        echo: { ...asset.data, ...value.data },
      };
    }
    default:
      return 'subscription request must use a valid event name';
  }
}

export function txTopic(txid: string): string {
  return `tx_update:${txid}`;
}

export function addressTopic(event: 'address_tx_update' | 'address_balance_update', address: string): string {
  return `${event}:${address}`;
}

export function collectionTopic(assetId: string): string {
  return `nft_collection_event:${assetId}`;
}

export function assetTopic(assetId: string, valueHex: string): string {
  return `nft_asset_event:${assetId}+${valueHex}`;
}

function contractOf(assetId: string): string {
  return assetId.split('::')[0] ?? '';
}

/** A text field of the parameters, empty if there is none. */
function fieldOf(params: unknown, name: string): string {
  const field = z.object({ [name]: z.string() }).safeParse(params);
  return field.success ? (field.data[name] ?? '') : '';
}
