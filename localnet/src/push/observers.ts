import type { Chain } from '../chain/chain.js';
import type { ChainEvent } from '../chain/chain-events.js';
import type { Block, Ledger } from '../chain/ledger.js';
import type { Mempool, PendingTransaction } from '../chain/mempool.js';
import { type Delivery, startDelivery } from './delivery.js';
import {
  dropMempoolBody,
  newBlockBody,
  newBurnBlockBody,
  newMempoolBody,
  type ObservedBlock,
} from './observer-bodies.js';
import { wantsBurnBlocks, wantsMempool } from './observer-filter.js';
import { type Observer, type ObserverOptions, resolveObserver } from './observer-options.js';
import { returnedBy } from './returned.js';

export interface ObserversOptions {
  readonly observers: readonly ObserverOptions[];
  /** Told when an observer is away, when it is back, and what it lost. */
  readonly onWarning: (message: string) => void;
}

export interface Observers {
  /** Posts what is in hand for at most a second. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 1_000;

/** What is read of the chain to tell of it. */
export interface ObservedChain extends Pick<Chain, 'events' | 'contracts'> {
  readonly ledger: Pick<Ledger, 'block'>;
  readonly mempool: Pick<Mempool, 'get'>;
}

/**
 * Posts what happens to event observers as the node does: `/new_block` to all of them, `/new_burn_block`,
 * `/new_mempool_tx` and `/drop_mempool_tx` by their keys. `/attachments/new` is never posted: nothing here has
 * attachments. A reorg has no post of its own: what waits again comes as new in the mempool, and the blocks of the new
 * branch name their parents.
 * Throws INVALID_OPTION.
 */
export function startObservers(chain: ObservedChain, { observers, onWarning }: ObserversOptions): Observers {
  const told = observers.map(resolveObserver).map((observer) => ({
    keys: observer.keys,
    delivery: startDelivery(observer, onWarning),
  }));
  if (told.length === 0) return { stop: async () => undefined };
  let last: Promise<void> = Promise.resolve();

  const stopListening = chain.events.listen((event) => {
    // Read at once: by this event's turn a fork may have put another block there, or a block taken them.
    const parent = event.kind === 'block' ? chain.ledger.block(event.block.height - 1) : undefined;
    const returned = event.kind === 'reorg' ? returnedBy(event, chain.mempool) : [];
    last = last
      .then(() => tell(event, parent, returned))
      .catch((error) => onWarning(`an event was not told to observers: ${String(error)}`));
  });

  async function tell(
    event: ChainEvent,
    parent: Block | undefined,
    returned: readonly PendingTransaction[],
  ): Promise<void> {
    switch (event.kind) {
      case 'block': {
        const { block, transactions } = event;
        const interfaces = await readInterfaces(chain, transactions);
        tellBlock({ block, transactions, parent: parent ?? block, interfaces });
        return;
      }
      case 'mempool':
        return post(told, '/new_mempool_tx', wantsMempool, () => newMempoolBody([event.pending]));
      case 'dropped': {
        const { txids, reason, replacedBy } = event;
        return post(told, '/drop_mempool_tx', wantsMempool, () => dropMempoolBody(txids, reason, replacedBy));
      }
      case 'reorg':
        if (returned.length > 0) post(told, '/new_mempool_tx', wantsMempool, () => newMempoolBody(returned));
        return;
      default:
        event satisfies never;
    }
  }

  function tellBlock(observed: ObservedBlock): void {
    const { block, parent } = observed;
    if (block.burnHash !== parent.burnHash) {
      post(told, '/new_burn_block', wantsBurnBlocks, () => newBurnBlockBody(block, parent));
    }
    post(
      told,
      '/new_block',
      () => true,
      (keys) => newBlockBody(observed, keys),
    );
  }

  return {
    async stop() {
      stopListening();
      await last;
      await Promise.all(told.map(({ delivery }) => delivery.stop(STOP_GRACE_MS)));
    },
  };
}

type Told = Pick<Observer, 'keys'> & { readonly delivery: Delivery };

function post(
  told: readonly Told[],
  path: string,
  isWanted: (keys: Observer['keys']) => boolean,
  makeBody: (keys: Observer['keys']) => unknown,
): void {
  for (const { keys, delivery } of told) {
    if (isWanted(keys)) delivery.push({ path, body: JSON.stringify(makeBody(keys)) });
  }
}

async function readInterfaces(
  { contracts }: Pick<Chain, 'contracts'>,
  transactions: ObservedBlock['transactions'],
): Promise<ObservedBlock['interfaces']> {
  const interfaces = new Map();
  for (const { transaction, outcome } of transactions) {
    const { action, sender, txid } = transaction;
    if (action.kind !== 'deploy' || outcome.status !== 'success') continue;
    const abi = await contracts.abi(`${sender}.${action.contractName}`);
    if (abi !== null) interfaces.set(txid, abi);
  }
  return interfaces;
}
