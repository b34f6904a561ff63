import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../scripts/rendezvous/report.js';

const STATISTICS = `
EXECUTION STATISTICS

│ PUBLIC FUNCTION CALLS
│
├─ + SUCCESSFUL
│    ├─ dequeue-task: x8
│    └─ withdraw-credits: x0
│
├─ - IGNORED
│    ├─ dequeue-task: x24
│    └─ withdraw-credits: x22
│
│ INVARIANT CHECKS
│
├─ + PASSED
│    └─ invariant-states-are-legal: x4
│
└─ - FAILED
     └─ invariant-states-are-legal: x0

LEGEND:

  SUCCESSFUL calls executed and advanced the test`.split('\n');

describe('parseReport', () => {
  it('reads the runs and the calls by function', () => {
    expect(parseReport(['', 'OK, invariants passed after 200 runs.', '', ...STATISTICS])).toEqual({
      passedRuns: 200,
      successes: new Map([
        ['dequeue-task', 8],
        ['withdraw-credits', 0],
      ]),
      refusals: new Map([
        ['dequeue-task', 24],
        ['withdraw-credits', 22],
      ]),
    });
  });

  it('knows of no passed runs when the line is missing that says so', () => {
    expect(parseReport(STATISTICS).passedRuns).toBeUndefined();
    expect(parseReport([])).toEqual({ passedRuns: undefined, successes: new Map(), refusals: new Map() });
  });
});
