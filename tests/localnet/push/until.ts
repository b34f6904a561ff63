import { setTimeout as wait } from 'node:timers/promises';

/** Resolves with the first value that is neither undefined nor false; fails by name after `timeoutMs`. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false,
  timeoutMs = 15_000,
): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > endMs) throw new Error(`not seen in ${timeoutMs} ms: ${what}`);
    await wait(10);
  }
}
