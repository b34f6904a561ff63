/** An account as it is announced: its key is known to everybody. */
export interface AnnouncedAccount {
  readonly name: string;
  readonly address: string;
  /** 32 bytes and 01, as stacks.js takes it. */
  readonly privateKey: string;
  /** At genesis, in microSTX. */
  readonly balanceUstx: string;
}

/** What localnet tells of itself, one JSON line each with `--json`. Heights and times are plain numbers. */
export type LocalnetEvent =
  | {
      readonly event: 'ready';
      readonly url: string;
      readonly port: number;
      readonly websocketUrl: string;
      readonly pid: number;
      readonly accounts: readonly AnnouncedAccount[];
      /** Whether the accounts are those of every project, for want of a settings/Devnet.toml. */
      readonly hasDefaultAccounts: boolean;
      readonly contracts: readonly string[];
      /** Where the chain is kept; null when it ends with the process. */
      readonly stateFile: string | null;
      readonly faults: boolean;
      /** Whether mining waits for a request. */
      readonly paused: boolean;
      readonly blockTimeMs: number;
      readonly burnEvery: number;
      /** Chain seconds per real second; null when blocks are mined on demand. */
      readonly timeFactor: number | null;
      readonly stacksHeight: number;
      readonly burnHeight: number;
      /** Whether aborted transactions can be undone; without it, post-conditions are refused. */
      readonly restore: boolean;
      readonly startMs: number;
    }
  | { readonly event: 'warning'; readonly message: string }
  | {
      readonly event: 'block';
      readonly stacksHeight: number;
      readonly burnHeight: number;
      readonly timeSeconds: number;
      readonly transactions: readonly {
        readonly txid: string;
        readonly status: string;
        readonly what: string;
      }[];
    }
  /** A state file was read; `done` of `of` blocks have been made again. */
  | { readonly event: 'restoring'; readonly done: number; readonly of: number }
  | {
      readonly event: 'restored';
      readonly blocks: number;
      readonly transactions: number;
      /** Transactions that wait. */
      readonly waiting: number;
      /** Bytes of a torn last record, which were cut off. */
      readonly cutOffBytes: number;
      readonly tookMs: number;
    }
  /** Simnet's worker was replaced; requests waited meanwhile. */
  | { readonly event: 'healed'; readonly why: string; readonly tookMs: number }
  | { readonly event: 'failed'; readonly code: string; readonly message: string }
  | { readonly event: 'stopped'; readonly reason: string };
