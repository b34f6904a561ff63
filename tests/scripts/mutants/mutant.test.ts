import { describe, expect, it } from 'vitest';
import { parseMutant } from '../../../scripts/mutants/mutant.js';

const HEAD = ['A lease never ends.', 'Killed by: tests/contracts/queue/dequeue.test.ts', ''];
const FILE = ['--- a/contracts/a.clar', '+++ b/contracts/a.clar'];
const HUNK = ['@@ -7,3 +7,2 @@', ' one', '-two', '-three', '+four'];
const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

describe('parseMutant', () => {
  it('reads what a patch breaks, what kills it, and its edits of each file', () => {
    const other = ['--- a/contracts/b.clar', '+++ b/contracts/b.clar', '@@ -1 +1,2 @@', ' (b)', '+(c)'];
    const further = ['@@ -20 +19,0 @@ (define-private (x))', '-gone'];
    expect(parseMutant('endless', text(...HEAD, ...FILE, ...HUNK, ...further, ...other))).toEqual({
      name: 'endless',
      breaks: 'A lease never ends.',
      killedBy: 'tests/contracts/queue/dequeue.test.ts',
      edits: [
        { path: 'contracts/a.clar', before: 'one\ntwo\nthree', after: 'one\nfour' },
        { path: 'contracts/a.clar', before: 'gone', after: '' },
        { path: 'contracts/b.clar', before: '(b)', after: '(b)\n(c)' },
      ],
    });
  });

  it.each([
    ['no sentence', HEAD.slice(1)],
    ['no test file', [HEAD[0] ?? '', '']],
    ['something else than a test file', [HEAD[0] ?? '', 'Killed by: tests/helpers/tasks.ts', '']],
    ['no empty line', HEAD.slice(0, 2)],
  ])('refuses a head with %s', (_, head) => {
    expect(() => parseMutant('endless', text(...head, ...FILE, ...HUNK))).toThrow(
      'endless: expected a sentence',
    );
  });

  it('refuses a patch without a diff', () => {
    expect(() => parseMutant('endless', text(...HEAD))).toThrow('endless: expected a unified diff');
  });

  it('refuses a diff of anything but contracts', () => {
    const file = ['--- a/tests/a.test.ts', '+++ b/tests/a.test.ts'];
    expect(() => parseMutant('endless', text(...HEAD, ...file, ...HUNK))).toThrow(
      'expected "+++ b/contracts/',
    );
  });

  it.each([
    ['fewer lines than follow', '@@ -7,2 +7,2 @@'],
    ['more lines than follow', '@@ -7,3 +7,3 @@'],
  ])('refuses a hunk that counts %s', (_, at) => {
    expect(() => parseMutant('endless', text(...HEAD, ...FILE, at, ...HUNK.slice(1)))).toThrow(
      `"${at}" counts other lines`,
    );
  });
});
