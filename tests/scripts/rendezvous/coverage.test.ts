import { describe, expect, it } from 'vitest';
import { coverageOf, formatCoverage } from '../../../scripts/rendezvous/coverage.js';
import type { Tally } from '../../../scripts/rendezvous/tally.js';

const tally: Tally = {
  calls: { complete: 9, 'complete-held': 6, transact: 3, cancel: 4 },
  effects: [
    { called: 'complete', topics: [], times: 2 },
    { called: 'complete', topics: ['task-completed'], times: 1 },
    { called: 'complete-held', topics: ['task-completed', 'task-unblocked'], times: 4 },
    { called: 'cancel', topics: ['task-cancelled', 'task-failed'], times: 3 },
  ],
};

describe('coverageOf', () => {
  it('counts the calls that changed something, by itself and through the tests, and those refused', () => {
    const witness = { through: ['complete-held'], topics: ['task-completed'] };
    expect(coverageOf('complete', witness, tally)).toEqual({
      name: 'complete',
      succeeded: 5,
      refused: 8,
      trespasses: 0,
    });
  });

  it('does not count what another function printed', () => {
    const { succeeded } = coverageOf('complete', { through: [], topics: ['task-cancelled'] }, tally);
    expect(succeeded).toBe(0);
  });

  it('counts a call once that printed two of the topics', () => {
    const witness = { topics: ['task-cancelled', 'task-failed'], isSystemOnly: true };
    expect(coverageOf('transact', witness, tally)).toEqual({
      name: 'transact',
      succeeded: 3,
      refused: 3,
      trespasses: 0,
    });
  });

  it('tells of a function for the system only that answered ok to an account', () => {
    const effects = [{ called: 'transact', topics: [], times: 1 }];
    const { trespasses, refused } = coverageOf(
      'transact',
      { topics: ['task-cancelled'], isSystemOnly: true },
      { ...tally, effects },
    );
    expect({ trespasses, refused }).toEqual({ trespasses: 1, refused: 2 });
  });
});

describe('formatCoverage', () => {
  it('aligns the counts', () => {
    expect(formatCoverage([{ name: 'complete', succeeded: 5, refused: 18, trespasses: 0 }])).toBe(
      ['  function  succeeded  refused', '  complete          5       18'].join('\n'),
    );
  });
});
