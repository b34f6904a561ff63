import type { Mutant } from './mutant.js';
import type { SuiteResult } from './suite-report.js';
import type { Verdict } from './try-mutant.js';

export const formatVerdict = ({ name, breaks, killedBy }: Mutant, verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'killed':
      return `${name}: killed by "${verdict.test}" of ${verdict.file}`;
    case 'survived':
      return `${name}: SURVIVED ${killedBy}. ${breaks}`;
    case 'unfit':
      return `${name}: UNFIT, ${verdict.reason}`;
    default:
      return verdict satisfies never;
  }
};

/** How the tests end without a fault. */
export const formatControl = (result: SuiteResult): string => {
  switch (result.kind) {
    case 'green':
      return `green, ${result.passed} tests`;
    case 'red':
      return `red, "${result.test}" of ${result.file}; mend that first`;
    case 'idle':
      return 'no test ran; see what npm test says';
    default:
      return result satisfies never;
  }
};

/** The last line: how many there are of each. */
export const formatTally = (verdicts: readonly Verdict[]): string => {
  const count = (kind: Verdict['kind']): number => verdicts.filter((verdict) => verdict.kind === kind).length;
  const unfit = count('unfit') === 0 ? '' : `, ${count('unfit')} unfit`;
  return `${verdicts.length} mutants, ${count('killed')} killed, ${count('survived')} survived${unfit}`;
};
