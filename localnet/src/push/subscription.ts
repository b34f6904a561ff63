import { z } from 'zod';
import { isPrincipal } from '../worker/principal.js';

/** What one subscription listens to; `echo` is what the answer to the request repeats. */
export interface Subscription {
  readonly topic: string;
  readonly echo: object;
}

const TXID_LENGTH = 64;
const PARAMS = z.object({ event: z.string().min(1) });
const TX = z.object({ tx_id: z.string().regex(/^(0x)?[0-9a-f]{64}$/i) });
const ADDRESS = z.object({ address: z.string().refine(isPrincipal) });
const ASSET = z.object({ asset_identifier: z.string().refine(isAssetId) });
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
      const tx = TX.safeParse(params);
      if (!tx.success) return 'invalid tx_id';
      const txid = tx.data.tx_id.slice(-TXID_LENGTH).toLowerCase();
      return { topic: txTopic(txid), echo: { tx_id: `0x${txid}` } };
    }
    case 'address_tx_update':
    case 'address_balance_update': {
      const of = ADDRESS.safeParse(params);
      if (!of.success) return 'invalid address';
      return { topic: addressTopic(event, of.data.address), echo: of.data };
    }
    case 'nft_asset_event':
    case 'nft_collection_event': {
      const asset = ASSET.safeParse(params);
      if (!asset.success) return 'invalid asset_identifier';
      const { asset_identifier } = asset.data;
      if (event === 'nft_collection_event') {
        return { topic: collectionTopic(asset_identifier), echo: asset.data };
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

/** `ADDRESS.contract::token` */
function isAssetId(text: string): boolean {
  const [contract = '', token = '', ...rest] = text.split('::');
  return rest.length === 0 && token !== '' && contract.includes('.') && isPrincipal(contract);
}
