import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptance, missingIn } from './coverage.js';
import { createChain } from './open-chain.js';
import { runOperations, setStage } from './run.js';

const OPERATIONS = Number(process.env.FAC_OPS ?? 2_200);
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const MOST = 2 * OPERATIONS;
const LEAST_PERCENT = 30;

// Over a minute of work; a busy machine takes several times as long.
describe('all contracts together', { timeout: 900_000 }, () => {
  const shared = globalThis.simnet;

  // The simnet of the suites begins at the present time, with which a run of the same seed would be another.
  beforeAll(async () => {
    globalThis.simnet = await createChain();
  }, 300_000);
  afterAll(() => {
    globalThis.simnet = shared;
  });

  it(`agree with the model after each of ${OPERATIONS} operations and more, FAC_SEED=${SEED}`, () => {
    const stage = setStage();
    let done = 0;

    for (done of runOperations(stage, { seed: SEED, operations: OPERATIONS, most: MOST }));

    expect(done).toBeGreaterThanOrEqual(OPERATIONS);
    expect(acceptance(stage.journal).filter(({ percent }) => percent < LEAST_PERCENT)).toEqual([]);
    expect(
      Object.entries(missingIn(stage.journal, stage.surface)).filter(([, names]) => names.length),
    ).toEqual([]);
  });
});
