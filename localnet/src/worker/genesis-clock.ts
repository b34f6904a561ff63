/** Simnet's first block at epoch 4.0 lies this far after the `Date` it sees while it starts. */
const GENESIS_OFFSET_MS = 610_000;

/** Runs `work` with a stopped `Date`, such that the chain it makes begins at `genesisTimeMs`. */
export async function withGenesisTime<T>(genesisTimeMs: number, work: () => Promise<T>): Promise<T> {
  const RealDate = globalThis.Date;
  const stoppedAt = genesisTimeMs - GENESIS_OFFSET_MS;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[]) =>
      args.length === 0 ? new target(stoppedAt) : Reflect.construct(target, args),
    get: (target, key, receiver) => (key === 'now' ? () => stoppedAt : Reflect.get(target, key, receiver)),
  });
  try {
    return await work();
  } finally {
    globalThis.Date = RealDate;
  }
}
