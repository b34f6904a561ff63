import { describe, expect, it } from 'vitest';
import { judgeReport, type SuiteReport } from '../../../scripts/mutants/suite-report.js';

type File = SuiteReport['testResults'][number];

const file = (name: string, status: string, ...tests: readonly (readonly [string, string])[]): File => ({
  name: `/copy/${name}`,
  status,
  assertionResults: tests.map(([fullName, how]) => ({ fullName, status: how })),
});
const report = (numPassedTests: number, ...testResults: readonly File[]): SuiteReport => ({
  numPassedTests,
  success: testResults.every(({ status }) => status === 'passed'),
  testResults,
});
const judge = (it: SuiteReport) => judgeReport(it, '/copy');

describe('judgeReport', () => {
  it('is green when all passed', () => {
    expect(judge(report(1, file('a.test.ts', 'passed', ['a works', 'passed'])))).toEqual({
      kind: 'green',
      passed: 1,
    });
  });

  it('is red with the first test that failed, whatever was left out after it', () => {
    const first = file('a.test.ts', 'passed', ['a works', 'passed']);
    const second = file('b.test.ts', 'failed', ['b works', 'failed'], ['b ends', 'pending']);
    expect(judge(report(1, first, second))).toEqual({ kind: 'red', file: 'b.test.ts', test: 'b works' });
  });

  it('is red with the file when it failed before its tests', () => {
    expect(judge(report(0, file('a.test.ts', 'failed')))).toEqual({
      kind: 'red',
      file: 'a.test.ts',
      test: 'the file as a whole',
    });
  });

  it('is idle when no test ran, as after a deployment that failed', () => {
    expect(judge(report(0))).toEqual({ kind: 'idle' });
    expect(judge({ numPassedTests: 0, success: false, testResults: [] })).toEqual({ kind: 'idle' });
  });
});
