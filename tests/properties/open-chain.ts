import { resolve } from 'node:path';
import { initSimnet } from '@stacks/clarinet-sdk';

const MANIFEST = resolve(process.cwd(), 'Clarinet.toml');
/** Simnet's first block has the time at which it is opened; at the same one, a seed makes the same run again. */
const OPENED_AT_MS = Date.UTC(2026, 0, 1);

/** Opens simnet outside of vitest, where all here finds it; called again, it begins a new chain. */
export async function openChain(): Promise<void> {
  if (globalThis.simnet === undefined) globalThis.simnet = await createChain();
  else await simnet.initSession(process.cwd(), MANIFEST, { trackCosts: false, trackCoverage: false });
}

/** A simnet of which every chain begins at the same time. */
export const createChain = (): Promise<typeof simnet> =>
  withDate(OPENED_AT_MS, () => initSimnet(MANIFEST, true));

async function withDate<T>(nowMs: number, act: () => Promise<T>): Promise<T> {
  const real = globalThis.Date;
  // Simnet's wasm asks for nothing but the present time.
  globalThis.Date = class extends real {
    constructor() {
      super(nowMs);
    }
  } as DateConstructor;
  try {
    return await act();
  } finally {
    globalThis.Date = real;
  }
}
