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

/** One that left unmined. */
export interface JournaledDrop extends JournaledTransaction {
  readonly reason: DropReason;
  readonly replacedBy?: string | undefined;
}

/** What changed the chain, in order; making it again from the first record gives the same chain. */
export type JournalRecord =
  /** The chain is served when the blocks of the deployment plan are there, `planned` in number. */
  | {
      readonly kind: 'genesis';
      readonly version: 1;
      readonly genesis: Genesis;
      readonly planned?: number | undefined;
    }
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
  | {
      readonly kind: 'mempool';
      readonly waiting: readonly JournaledTransaction[];
      /** What was dropped, if that is another list now. */
      readonly dropped?: readonly JournaledDrop[] | undefined;
    };

/** Where records go before what they tell can be read. */
export interface Journal {
  /** Resolves when it is kept. Records are kept in the order of the calls. */
  append(record: JournalRecord): Promise<void>;
  /** Resolves when all that was appended so far is kept. */
  written(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing: the chain ends with the process. */
export const NO_JOURNAL: Journal = {
  append: async () => undefined,
  written: async () => undefined,
  close: async () => undefined,
};
