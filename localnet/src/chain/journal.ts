import type { GenesisAccount, GenesisContract, RanOutcome } from '../worker/protocol.js';
import type { DropReason } from './chain-events.js';

/** How the chain begins; the time is in it because simnet's own would be that of the restart. */
export interface Genesis {
  readonly timeMs: number;
  readonly accounts: readonly GenesisAccount[];
  readonly contracts: readonly GenesisContract[];
}

/** A transaction that waits, with the hex of its bytes. */
export interface JournaledTransaction {
  readonly tx: string;
  readonly receivedAtSeconds: number;
}

/** What changed the chain, in order; making it again from the first record gives the same chain. */
export type JournalRecord =
  | { readonly kind: 'genesis'; readonly version: 1; readonly genesis: Genesis }
  | ({ readonly kind: 'submit' } & JournaledTransaction)
  /** Left the mempool unmined. What was mined or replaced is told by `block` and `submit`. */
  | { readonly kind: 'drop'; readonly txids: readonly string[]; readonly reason: DropReason }
  | {
      readonly kind: 'block';
      readonly bitcoin: boolean;
      readonly branch: number;
      readonly txids: readonly string[];
      /** Outcomes of those that did not succeed, which are not run again. */
      readonly settled: readonly RanOutcome[];
      readonly digest: string;
    }
  /** Blocks above `height` are no longer part of the chain. */
  | { readonly kind: 'rewind'; readonly height: number }
  /** The mempool as a whole, after the chain moved to another branch. */
  | { readonly kind: 'mempool'; readonly waiting: readonly JournaledTransaction[] };

/** Where records go before what they tell can be read. */
export interface Journal {
  append(record: JournalRecord): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing: the chain ends with the process. */
export const NO_JOURNAL: Journal = {
  append: async () => undefined,
  close: async () => undefined,
};
