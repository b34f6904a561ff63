import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rollOperations } from './exact/operations.js';
import { openWorld } from './exact/world.js';

const SEED = Number(process.env.FAC_SEED ?? 2_026);
/** The last operation begins before this; what a seed does up to there is the same on every machine. */
const BUDGET_MS = Number(process.env.FAC_EXACT_MS ?? 45_000);
const OPERATIONS = Number(process.env.FAC_OPS ?? 60);
const LEAST = 10;

it(`a chain is exactly what it was after whatever happens to it, FAC_SEED=${SEED}`, {
  timeout: BUDGET_MS + 300_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'localnet-exact-'));
  const failed: string[] = [];
  const world = await openWorld(join(directory, 'chain.state'), failed);
  const done: string[] = [];
  const endMs = performance.now() + BUDGET_MS;
  try {
    for (const operation of rollOperations(SEED, OPERATIONS)) {
      if (performance.now() > endMs) break;
      done.push(JSON.stringify(operation));
      await world.run(operation);
    }
  } catch (error) {
    throw new Error(`operation ${done.length} of FAC_SEED=${SEED}: ${done.at(-1)}`, { cause: error });
  } finally {
    await world.close();
    await rm(directory, { recursive: true });
  }
  expect(done.length).toBeGreaterThanOrEqual(Math.min(LEAST, OPERATIONS));
});
