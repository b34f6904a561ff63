import { KeeperError } from '../shared/errors.js';
import type { Db } from './db.js';

export const SCHEMA_VERSION = '1';

/** Heights, nonces and fees are below 2^63 on any real chain, so bigint columns hold them. */
const TABLES = [
  `create table if not exists cursor (
     name text primary key,
     value text not null)`,
  `create table if not exists nonces (
     account text primary key,
     next_nonce bigint not null)`,
  `create table if not exists in_flight (
     txid text primary key,
     account text not null,
     nonce bigint not null,
     raw bytea not null,
     purpose text not null,
     intent text not null,
     fee_ustx bigint not null,
     state text not null check (state in ('signed','broadcast','succeeded','aborted','dropped','replaced')),
     sent_height bigint not null,
     decided_height bigint,
     reason text)`,
  'create index if not exists in_flight_by_nonce on in_flight (account, nonce)',
];

/** Makes the three tables, or throws INVALID_STORE_VERSION when another version of FAC made them. */
export async function migrate(db: Db, directory: string): Promise<void> {
  await db.tx(async () => {
    for (const table of TABLES) await db.query(table);
    await db.query(`insert into cursor values ('schema', $1) on conflict do nothing`, [SCHEMA_VERSION]);
  });
  const [row] = await db.query<{ value: string }>(`select value from cursor where name = 'schema'`);
  if (row?.value !== SCHEMA_VERSION) {
    const context = { directory, found: row?.value ?? 'none', expected: SCHEMA_VERSION };
    throw new KeeperError('INVALID_STORE_VERSION', { context });
  }
}
