import { type Intent, purposeOf, type Setback, type Submission, type TxState } from '../flow.js';
import type { Db } from '../store/db.js';
import { decodeIntent, encodeIntent } from './intent-json.js';

/** Settled rows are kept for so many nonces: a fork may undo them. */
const KEPT_NONCES = 64n;
/** A failure older than so many blocks says nothing about the next try. */
const SETBACK_BLOCKS = 40n;

/** What was signed and what became of it, by account. A row is on disk before its transaction leaves. */
export interface Journal {
  /** Rows that may still be mined, by nonce. */
  readOpen(account: string): Promise<readonly Submission[]>;
  /** Puts a signed transaction on disk; with `replaces`, in place of another of the same nonce. */
  record(submission: Submission, replaces?: string): Promise<void>;
  markBroadcast(txid: string, sentHeight: bigint): Promise<void>;
  /** Ends a row, and with it the other rows of its nonce. */
  settle(submission: Submission, end: SettledRow): Promise<void>;
  /** Ends one row alone: another of its nonce may be mined. A reason that begins with "refused:" is a setback. */
  drop(submission: Submission, height: bigint, reason: string): Promise<void>;
  /** Opens the mined rows from this nonce on again: a fork has undone them. Returns how many. */
  reopen(account: string, fromNonce: bigint): Promise<number>;
  readSetbacks(account: string, height: bigint): Promise<readonly Setback[]>;
  /** First nonce this journal has never used; undefined when it is empty. */
  readNextNonce(account: string): Promise<bigint | undefined>;
  writeNextNonce(account: string, nonce: bigint): Promise<void>;
  /** Forgets old rows, so that the journal stays small. */
  prune(account: string, nonce: bigint): Promise<void>;
  /** Ends everything: the chain this journal was written for is gone. */
  abandon(account: string): Promise<void>;
}

export interface SettledRow {
  readonly state: 'succeeded' | 'aborted' | 'dropped';
  readonly height: bigint;
  readonly reason: string;
}

interface Row {
  readonly account: string;
  readonly nonce: string;
  readonly txid: string;
  readonly raw: Uint8Array;
  readonly intent: string;
  readonly fee_ustx: string;
  readonly state: TxState;
  readonly sent_height: string;
}

const COLUMNS = 'account, nonce::text, txid, raw, intent, fee_ustx::text, state, sent_height::text';

export function createJournal(db: Db): Journal {
  const setNextNonce = (account: string, nonce: bigint) =>
    db.query(
      `insert into nonces values ($1, $2) on conflict (account) do update set next_nonce = excluded.next_nonce`,
      [account, nonce.toString()],
    );

  return {
    async readOpen(account) {
      const rows = await db.query<Row>(
        `select ${COLUMNS} from in_flight
         where account = $1 and state in ('signed', 'broadcast', 'replaced') order by in_flight.nonce, in_flight.fee_ustx`,
        [account],
      );
      return rows.map(readRow);
    },

    async record(submission, replaces) {
      const { account, nonce } = submission;
      await db.tx(async () => {
        if (replaces !== undefined) {
          await db.query(`update in_flight set state = 'replaced' where txid = $1`, [replaces]);
        }
        await insertRow(db, submission);
        await db.query(
          `insert into nonces values ($1, $2) on conflict (account)
           do update set next_nonce = greatest(nonces.next_nonce, excluded.next_nonce)`,
          [account, (nonce + 1n).toString()],
        );
      });
    },

    async markBroadcast(txid, sentHeight) {
      await db.query(
        `update in_flight set state = case when state = 'signed' then 'broadcast' else state end, sent_height = $2
         where txid = $1`,
        [txid, sentHeight.toString()],
      );
    },

    async settle({ account, nonce, txid }, { state, height, reason }) {
      await db.tx(async () => {
        await db.query(
          `update in_flight set state = 'dropped', decided_height = $3, reason = 'another transaction used its nonce'
           where account = $1 and nonce = $2 and state in ('signed', 'broadcast', 'replaced')`,
          [account, nonce.toString(), height.toString()],
        );
        await db.query(`update in_flight set state = $2, decided_height = $3, reason = $4 where txid = $1`, [
          txid,
          state,
          height.toString(),
          reason,
        ]);
      });
    },

    async drop({ account, nonce, txid }, height, reason) {
      await db.tx(async () => {
        await db.query(
          `update in_flight set state = 'dropped', decided_height = $2, reason = $3 where txid = $1`,
          [txid, height.toString(), reason],
        );
        // The one it was to replace is again the newest of its nonce.
        await db.query(
          `update in_flight set state = 'broadcast' where txid =
             (select txid from in_flight where account = $1 and nonce = $2 and state = 'replaced'
              order by fee_ustx desc limit 1)`,
          [account, nonce.toString()],
        );
      });
    },

    async reopen(account, fromNonce) {
      const rows = await db.query<{ txid: string }>(
        `update in_flight set state = 'broadcast', decided_height = null, reason = null
         where account = $1 and nonce >= $2 and state in ('succeeded', 'aborted') returning txid`,
        [account, fromNonce.toString()],
      );
      return rows.length;
    },

    async readSetbacks(account, height) {
      const rows = await db.query<{ purpose: string; count: number; last: string }>(
        `select purpose, count(*)::int as count, max(decided_height)::text as last from in_flight f
         where account = $1 and decided_height > $2
           and (state = 'aborted' or (state = 'dropped' and reason like 'refused:%'))
           and not exists (select 1 from in_flight s where s.account = f.account and s.purpose = f.purpose
                           and s.state = 'succeeded' and s.decided_height >= f.decided_height)
         group by purpose`,
        [account, (height - SETBACK_BLOCKS).toString()],
      );
      return rows.map(({ purpose, count, last }) => ({ purpose, count, lastHeight: BigInt(last) }));
    },

    async readNextNonce(account) {
      const [row] = await db.query<{ next: string }>(
        'select next_nonce::text as next from nonces where account = $1',
        [account],
      );
      return row === undefined ? undefined : BigInt(row.next);
    },

    writeNextNonce: async (account, nonce) => {
      await setNextNonce(account, nonce);
    },

    async prune(account, nonce) {
      await db.query(
        `delete from in_flight where account = $1 and nonce < $2 and state in ('succeeded', 'aborted', 'dropped')`,
        [account, (nonce - KEPT_NONCES).toString()],
      );
    },

    async abandon(account) {
      await db.tx(async () => {
        await db.query('delete from in_flight where account = $1', [account]);
        await db.query('delete from nonces where account = $1', [account]);
      });
    },
  };
}

function insertRow(db: Db, { txid, account, nonce, raw, intent, feeUstx, state, sentHeight }: Submission) {
  return db.query(
    `insert into in_flight (txid, account, nonce, raw, purpose, intent, fee_ustx, state, sent_height)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (txid) do update
       set state = excluded.state, sent_height = excluded.sent_height, decided_height = null, reason = null`,
    [
      txid,
      account,
      nonce.toString(),
      raw,
      purposeOf(intent),
      encodeIntent(intent),
      feeUstx.toString(),
      state,
      sentHeight.toString(),
    ],
  );
}

function readRow(row: Row): Submission {
  return {
    account: row.account,
    nonce: BigInt(row.nonce),
    txid: row.txid,
    raw: row.raw,
    intent: decodeIntent(row.intent) satisfies Intent,
    feeUstx: BigInt(row.fee_ustx),
    state: row.state,
    sentHeight: BigInt(row.sent_height),
  };
}
