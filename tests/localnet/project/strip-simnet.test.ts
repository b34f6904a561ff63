import { describe, expect, it } from 'vitest';
import { stripSimnetOnly } from '../../../localnet/src/project/strip-simnet.js';

const lines = (...text: string[]) => text.join('\n');

describe('stripSimnetOnly', () => {
  it.each([
    [
      'takes out the annotated definition and keeps the lines counted',
      lines(
        '(define-constant A u1)',
        ';; #[env(simnet)]',
        ';; for tests',
        '(define-public (t)',
        '  (ok ")"))',
        'u2',
      ),
      lines('(define-constant A u1)', '', '', '', '', 'u2'),
    ],
    [
      'takes out an expression inside another, and nothing of what closes it',
      lines('(begin', '  ;; #[env(simnet)]', '  (print u1))', '(ok true)'),
      lines('(begin', '  ', ')', '(ok true)'),
    ],
    [
      'takes out a tuple and an atom',
      lines(';;#[env(simnet)]', '{a: u1}', ';; #[ env(simnet) ]', 'u1'),
      lines('', '', '', ''),
    ],
    ['ignores it at the end of a line', '(ok true) ;; #[env(simnet)]\nu1', '(ok true) ;; #[env(simnet)]\nu1'],
    ['ignores it in a string', '"\n;; #[env(simnet)]\n" u1', '"\n;; #[env(simnet)]\n" u1'],
    ['ignores another word', ';; #[allow(unused)]\nu1', ';; #[allow(unused)]\nu1'],
    ['ignores one that nothing follows', '(ok\n;; #[env(simnet)]\n)', '(ok\n;; #[env(simnet)]\n)'],
  ])('%s', (_, source, stripped) => {
    expect(stripSimnetOnly(source)).toBe(stripped);
  });
});
