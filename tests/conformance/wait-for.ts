import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetFacts } from './target.js';

/** Asks again until there is something; a bound keeps a target that never answers from hanging the suite. */
export async function waitFor<T>(
  { minedTimeoutMs, pollMs }: TargetFacts,
  what: string,
  look: () => Promise<T | null>,
): Promise<T> {
  const endMs = performance.now() + minedTimeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > endMs) throw new Error(`${what}: not within ${minedTimeoutMs} ms`);
    await sleep(pollMs);
  }
}
