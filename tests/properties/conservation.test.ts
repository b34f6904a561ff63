import { describe, expect, it } from 'vitest';
import { checkAll } from './check-all.js';
import { COMMANDS } from './commands/all.js';
import { acceptance, TRANSITIONS } from './journal.js';
import { ALL_REFUSALS, nameOf } from './model/refusals.js';
import { runOperations } from './run.js';

const OPERATIONS = Number(process.env.FAC_OPS ?? 2_200);
const SEED = Number(process.env.FAC_SEED ?? 2_026);
const LEAST_PERCENT = 30;

describe('all contracts together', () => {
  it(`agree with the model after each of ${OPERATIONS} operations and more, FAC_SEED=${SEED}`, () => {
    const { journal, stage } = runOperations(SEED, OPERATIONS);
    checkAll(stage.model, stage.money);
    const rates = acceptance(journal);
    const missing = {
      commands: COMMANDS.map(({ name }) => name).filter((name) => !journal.tries.has(name)),
      accepted: rates.filter(({ percent }) => percent < LEAST_PERCENT),
      refusals: ALL_REFUSALS.filter((code) => !journal.refusals.has(code)).map(nameOf),
      transitions: TRANSITIONS.filter((name) => !journal.transitions.has(name)),
      unknown: [...journal.transitions].filter((name) => !TRANSITIONS.includes(name)),
    };
    expect(missing).toEqual({ commands: [], accepted: [], refusals: [], transitions: [], unknown: [] });
  });
});
