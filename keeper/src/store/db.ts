/** What a store survives: `fsync` a power cut, `process-crash-only` the death of the process. */
export type Durability = 'fsync' | 'process-crash-only';

/** The keeper's database. Inside `tx` every `query` of the same async flow belongs to that transaction. */
export interface Db {
  readonly durability: Durability;
  query<Row>(sql: string, params?: readonly unknown[]): Promise<readonly Row[]>;
  /** All or nothing; an inner `tx` joins the outer one. */
  tx<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
