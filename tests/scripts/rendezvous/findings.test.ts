import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../../scripts/rendezvous/coverage.js';
import { findingsOf, publicFunctionsIn } from '../../../scripts/rendezvous/findings.js';
import type { FuzzResult } from '../../../scripts/rendezvous/fuzz.js';

const result: FuzzResult = {
  report: { passedRuns: 10, successes: new Map([['pay', 2]]), refusals: new Map([['pay', 1]]) },
  tally: { calls: { pay: 3 }, effects: [{ called: 'pay', topics: ['paid'], times: 2 }] },
  exitCode: 0,
  complaints: [],
};
const row: Coverage = { name: 'pay', succeeded: 2, refused: 1, trespasses: 0 };

describe('findingsOf', () => {
  it('finds nothing wrong with a run whose functions all succeeded', () => {
    expect(findingsOf(10, ['pay'], result, [row])).toEqual([]);
  });

  it('leaves out of a run that failed what it had no time to reach', () => {
    const failed = { ...result, exitCode: 1 };
    expect(findingsOf(10, ['pay'], failed, [{ ...row, succeeded: 0 }])).toEqual([
      '10 of 10 runs passed, exit code 1',
    ]);
  });

  it('takes no notice of what a run that passed writes to its standard error', () => {
    expect(findingsOf(10, ['pay'], { ...result, complaints: ['a warning'] }, [row])).toEqual([]);
  });

  it.each<[string, FuzzResult]>([
    [
      '0 of 10 runs passed, exit code 1',
      { ...result, report: { ...result.report, passedRuns: undefined }, exitCode: 1 },
    ],
    ['9 of 10 runs passed, exit code 0', { ...result, report: { ...result.report, passedRuns: 9 } }],
    ['10 of 10 runs passed, exit code 7', { ...result, exitCode: 7 }],
  ])('says "%s" and what was said of it', (finding, failed) => {
    const complaints = ['Error: Property failed after 3 tests.', 'Seed : 1'];
    expect(findingsOf(10, ['pay'], { ...failed, complaints }, [row])).toEqual([finding, ...complaints]);
  });

  it.each<[string, readonly string[], FuzzResult, readonly Coverage[]]>([
    ['pay never succeeded', ['pay'], result, [{ ...row, succeeded: 0 }]],
    ['take has no witness in public-functions.ts', ['pay', 'take'], result, [row]],
    ['pay is no public function', [], result, [row]],
    [
      'pay is for the system only, and answered ok to an account',
      ['pay'],
      result,
      [{ ...row, trespasses: 1 }],
    ],
    [
      'pay was counted otherwise than Rendezvous reports',
      ['pay'],
      { ...result, tally: { ...result.tally, effects: [] } },
      [row],
    ],
    [
      'pay was counted otherwise than Rendezvous reports',
      ['pay'],
      { ...result, tally: { ...result.tally, calls: { pay: 2 } } },
      [row],
    ],
  ])('finds: %s', (finding, functions, outcome, rows) => {
    expect(findingsOf(10, functions, outcome, rows)).toEqual([finding]);
  });
});

describe('publicFunctionsIn', () => {
  it('finds public functions only', () => {
    const source =
      '(define-public (pay (n uint)) (ok n))\n(define-private (sum) u1)\n  (define-public (idle) (ok true))';
    expect(publicFunctionsIn(source)).toEqual(['pay']);
  });
});
