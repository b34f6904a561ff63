import type { Db } from './db.js';

/** Small named facts that outlive a restart. */
export interface CursorStore {
  read(name: string): Promise<bigint | undefined>;
  write(name: string, value: bigint): Promise<void>;
}

export function createCursorStore(db: Db): CursorStore {
  return {
    async read(name) {
      const [row] = await db.query<{ value: string }>('select value from cursor where name = $1', [name]);
      return row === undefined ? undefined : BigInt(row.value);
    },
    async write(name, value) {
      await db.query(
        'insert into cursor values ($1, $2) on conflict (name) do update set value = excluded.value',
        [name, value.toString()],
      );
    },
  };
}
