import { describe, expect, it } from 'vitest';
import { checkAll } from './check-all.js';
import { COMMANDS } from './commands/all.js';
import { acceptance, TRANSITIONS } from './journal.js';
import { ALL_REFUSALS, nameOf } from './model/refusals.js';
import { runOperations } from './run.js';

const OPERATIONS = Number(process.env.FAC_OPS ?? 2_200);
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const LEAST_PERCENT = 30;

describe('the five contracts together', () => {
  it(`agree with the model after each of ${OPERATIONS} operations and more, FAC_SEED=${SEED}`, () => {
    const { journal, stage } = runOperations(SEED, OPERATIONS);
    checkAll(stage.model, stage.money);
    const rates = acceptance(journal);
    expect([...journal.tries.keys()].sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
    expect(rates.filter(({ percent }) => percent < LEAST_PERCENT)).toEqual([]);
    expect(ALL_REFUSALS.filter((code) => !journal.refusals.has(code)).map(nameOf)).toEqual([]);
    expect([...journal.transitions].sort()).toEqual([...TRANSITIONS].sort());
  });
});
