import type { Log } from '../shared/log.js';
import type { CursorStore } from '../store/cursor.js';
import type { Journal } from './journal.js';

/** Notices when the journal and the chain do not belong together any more. */
export interface JournalGuard {
  /**
   * Whether the journal had to follow the chain back: a fork undid transactions of ours, which are open again,
   * or it is another chain (a local node was emptied), and the journal is empty. What was read from it is stale.
   */
  checkChain(height: bigint, nonce: bigint): Promise<boolean>;
  /** Compares the account's nonce with the highest this journal has given out. */
  checkNonce(nonce: bigint): Promise<void>;
  /** A nonce of ours was used by a transaction that is not. */
  suspect(nonce: bigint, why: string): Promise<void>;
  /** Whether somebody else signed with this key lately. */
  isSuspected(height: bigint): boolean;
}

/** A tip may go back a little by a fork; by more it is another chain, or one whose mempool we know nothing of. */
const FORK_BLOCKS = 6n;
/** The tip is written down this often, not with every block. */
const TIP_EVERY_BLOCKS = 5n;
const SUSPECTED_BLOCKS = 100n;

export interface JournalGuardOptions {
  readonly account: string;
  readonly journal: Journal;
  readonly cursor: CursorStore;
  readonly log: Log;
}

export function createJournalGuard({ account, journal, cursor, log }: JournalGuardOptions): JournalGuard {
  const tipName = `tip:${account}`;
  const foreignName = `foreign:${account}`;
  let height = 0n;
  let tip: bigint | undefined;
  let foreignHeight: bigint | undefined;

  const suspect = async (nonce: bigint, why: string): Promise<void> => {
    const meaning =
      'another process signs with the same key; tasks stay safe, but give each keeper its own account';
    log.warn('same-key-suspected', { account, nonce, why, meaning });
    foreignHeight = height;
    await cursor.write(foreignName, height);
  };

  return {
    suspect,
    isSuspected: (now) => foreignHeight !== undefined && now - foreignHeight < SUSPECTED_BLOCKS,

    async checkChain(now, nonce) {
      height = now;
      const written = tip ?? (await cursor.read(tipName));
      foreignHeight ??= await cursor.read(foreignName);
      const isOther = written !== undefined && now + FORK_BLOCKS < written;
      if (isOther) {
        log.warn('chain-reset', { height: now, lastHeight: written });
        await journal.abandon(account);
        foreignHeight = undefined;
      }
      const isStale = isOther || written === undefined || now - written >= TIP_EVERY_BLOCKS;
      if (isStale) await cursor.write(tipName, now);
      tip = isStale ? now : written;
      if (isOther) return true;
      const undone = await journal.reopen(account, nonce);
      if (undone > 0) log.warn('fork', { height: now, undone });
      return undone > 0;
    },

    async checkNonce(nonce) {
      const given = await journal.readNextNonce(account);
      if (given !== undefined && nonce > given)
        await suspect(nonce - 1n, 'the chain is ahead of our journal');
      if (given === undefined || nonce > given) await journal.writeNextNonce(account, nonce);
    },
  };
}
