import { AsyncLocalStorage } from 'node:async_hooks';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Db, Durability } from './db.js';

/** A `Db` over one PGlite. PGlite has one connection: a query outside a running transaction waits for its end. */
export function createDb(pglite: PGlite, durability: Durability, onClosed: () => void): Db {
  const current = new AsyncLocalStorage<Transaction>();
  let closing: Promise<void> | undefined;
  return {
    durability,
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await (current.getStore() ?? pglite).query<Row>(sql, [...params])).rows,
    tx: (work) =>
      current.getStore() === undefined
        ? pglite.transaction((transaction) => current.run(transaction, work))
        : work(),
    close: () => {
      closing ??= pglite.close().finally(onClosed);
      return closing;
    },
  };
}
