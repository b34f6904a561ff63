import type { Chain } from '../chain/chain.js';
import type { ChainEvent } from '../chain/chain-events.js';
import { principalsTouchedBy } from '../chain/involved-principals.js';
import type { MinedTransaction } from '../chain/ledger.js';
import type { PendingTransaction } from '../chain/mempool.js';
import { stxJson } from '../routes/extended/balances.js';
import { blockV1Json } from '../routes/extended/block-json.js';
import { droppedJson, minedJson, pendingJson } from '../routes/transaction-json.js';
import { addressTransactionJson } from './address-json.js';
import { nftNotices } from './nft-json.js';
import { returnedBy } from './returned.js';
import { addressTopic, assetTopic, collectionTopic, txTopic } from './subscription.js';

/** Something to tell the listeners of a topic; `method` is the subscription's event name. */
export interface Notice {
  readonly topic: string;
  readonly method: string;
  readonly params: object;
}

type IsWanted = (topic: string) => boolean;

/** What an event of the chain is to those who listen; bodies are made only for topics that have listeners. */
export function* noticesOf(
  event: ChainEvent,
  { mempool }: Pick<Chain, 'mempool'>,
  isWanted: IsWanted,
): Iterable<Notice> {
  switch (event.kind) {
    case 'block': {
      const { block, transactions } = event;
      if (isWanted('block')) {
        yield { topic: 'block', method: 'block', params: blockV1Json(block) };
      }
      for (const mined of transactions) yield* transactionNotices(mined, isWanted);
      return;
    }
    case 'mempool':
      yield* pendingNotices(event.pending, isWanted);
      return;
    case 'dropped':
      for (const txid of event.txids) {
        const topic = txTopic(txid);
        const dropped = isWanted(topic) ? mempool.getDropped(txid) : undefined;
        if (dropped !== undefined) yield { topic, method: 'tx_update', params: droppedJson(dropped) };
      }
      return;
    // The blocks of the new branch come as events of their own.
    case 'reorg':
      for (const pending of returnedBy(event, mempool)) yield* pendingNotices(pending, isWanted);
      return;
    default:
      event satisfies never;
  }
}

/** Balances of those listened to whom an event has touched, as they are now. */
export async function balanceNotices(
  event: ChainEvent,
  chain: Chain,
  isWanted: IsWanted,
): Promise<readonly Notice[]> {
  if (event.kind !== 'block') return [];
  const method = 'address_balance_update';
  const touched = new Set(event.transactions.flatMap((mined) => [...touchedBy(mined)]));
  const wanted = [...touched].filter((address) => isWanted(addressTopic(method, address)));
  return Promise.all(
    wanted.map(async (address) => ({
      topic: addressTopic(method, address),
      method,
      params: { address, ...(await stxJson(chain, address)) },
    })),
  );
}

function* pendingNotices(pending: PendingTransaction, isWanted: IsWanted): Iterable<Notice> {
  for (const [topic, method] of [
    ['mempool', 'mempool'],
    [txTopic(pending.transaction.txid), 'tx_update'],
  ] as const) {
    if (isWanted(topic)) yield { topic, method, params: pendingJson(pending) };
  }
}

function* transactionNotices(mined: MinedTransaction, isWanted: IsWanted): Iterable<Notice> {
  const updated = txTopic(mined.transaction.txid);
  if (isWanted(updated)) yield { topic: updated, method: 'tx_update', params: minedJson(mined) };
  for (const address of touchedBy(mined)) {
    const method = 'address_tx_update';
    const topic = addressTopic(method, address);
    if (isWanted(topic)) yield { topic, method, params: addressTransactionJson(address, mined) };
  }
  for (const { assetId, valueHex, json } of nftNotices(mined)) {
    yield { topic: 'nft_event', method: 'nft_event', params: json };
    yield { topic: assetTopic(assetId, valueHex), method: 'nft_asset_event', params: json };
    yield { topic: collectionTopic(assetId), method: 'nft_collection_event', params: json };
  }
}

function touchedBy({ transaction, outcome }: MinedTransaction): ReadonlySet<string> {
  return principalsTouchedBy(transaction, outcome.events);
}
