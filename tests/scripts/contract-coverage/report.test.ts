import { describe, expect, it } from 'vitest';
import { formatTable, isShort, judgeContract } from '../../../scripts/contract-coverage/report.js';

const SOURCE = '(define-public (get)\n  (ok true))\n(define-public (put)\n  (ok false))\n';

const counted = (lines: readonly number[], functions: { readonly [name: string]: number }) => ({
  lines: new Map(lines.map((count, i) => [i + 1, count])),
  functions: new Map(Object.entries(functions)),
});

/** Coverage of a hundred lines of which so many were reached. */
const hundredLines = (reached: number) =>
  judgeContract(
    'a',
    '',
    counted(
      Array.from({ length: 100 }, (_, i) => (i < reached ? 1 : 0)),
      { get: 1 },
    ),
  );

describe('judgeContract', () => {
  it('names the functions and lines that were not reached, with their text', () => {
    expect(judgeContract('a', SOURCE, counted([3, 3, 0, 0], { get: 3, put: 0 }))).toEqual({
      name: 'a',
      functions: { reached: 1, all: 2 },
      lines: { reached: 2, all: 4 },
      missed: ['a: function put', 'a:3: (define-public (put)', 'a:4: (ok false))'],
    });
  });
});

describe('isShort', () => {
  it('is when a function or more than three lines in a hundred were not reached', () => {
    expect([hundredLines(97), hundredLines(96)].map(isShort)).toEqual([false, true]);
    expect(isShort(judgeContract('a', SOURCE, counted([1, 1, 1, 1], { get: 1, put: 0 })))).toBe(true);
  });

  it('is for a contract that is in no record', () => {
    expect(isShort(judgeContract('a', SOURCE))).toBe(true);
  });
});

describe('formatTable', () => {
  it('rounds down and ends with the sum', () => {
    const nearly = judgeContract('task-index', '', counted([...Array(2000).fill(1), 0], { get: 1 }));
    expect(formatTable([nearly, hundredLines(99)])).toBe(
      [
        'contract                functions                 lines',
        'task-index                    1/1    100.0 %  2000/2001     99.9 %',
        'a                             1/1    100.0 %     99/100     99.0 %',
        'all                           2/2    100.0 %  2099/2101     99.9 %',
      ].join('\n'),
    );
  });
});
