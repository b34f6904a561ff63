import { relative } from 'node:path';

/** How a run of tests ended: "idle" if none ran at all. */
export type SuiteResult =
  | { readonly kind: 'green'; readonly passed: number }
  /** `test` is the first that failed. */
  | { readonly kind: 'red'; readonly file: string; readonly test: string }
  | { readonly kind: 'idle' };

/** The fields we read of what vitest's JSON reporter writes. */
export interface SuiteReport {
  readonly numPassedTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Judges what ran in `dir`, from which files are named. A file can fail before the first of its tests. */
export const judgeReport = (
  { numPassedTests, success, testResults }: SuiteReport,
  dir: string,
): SuiteResult => {
  for (const { name, status, assertionResults } of testResults) {
    if (status !== 'failed') continue;
    const test = assertionResults.find((result) => result.status === 'failed')?.fullName;
    return { kind: 'red', file: relative(dir, name), test: test ?? 'the file as a whole' };
  }
  return success && numPassedTests > 0 ? { kind: 'green', passed: numPassedTests } : { kind: 'idle' };
};
