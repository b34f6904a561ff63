import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../scripts/mutants/apply-edits.js';
import type { Edit } from '../../../scripts/mutants/mutant.js';

const A = 'contracts/a.clar';
const B = 'contracts/b.clar';
const SOURCES: Readonly<Record<string, string>> = { [A]: 'one\ntwo\nthree\ntwo\n', [B]: 'four\n' };
const apply = (...edits: readonly Edit[]): ReadonlyMap<string, string> =>
  applyEdits(edits, (path) => SOURCES[path] ?? '');

describe('applyEdits', () => {
  it('puts the faults where their lines are, at the ends of a file too', () => {
    const edits = [
      { path: A, before: 'one\ntwo', after: 'ONE\ntwo' },
      { path: B, before: 'four', after: 'four\nfive' },
      { path: A, before: 'three\ntwo', after: 'three' },
    ];
    expect([...apply(...edits)]).toEqual([
      [A, 'ONE\ntwo\nthree\n'],
      [B, 'four\nfive\n'],
    ]);
  });

  it('leaves no line for what is removed', () => {
    expect([...apply({ path: A, before: 'three', after: '' })]).toEqual([[A, 'one\ntwo\ntwo\n']]);
  });

  it.each([
    ['twice', 'two', 2],
    ['nowhere', 'five', 0],
    ['only as parts of others', 'wo\nthre', 0],
  ])('refuses lines that stand there %s', (_, before, times) => {
    expect(() => apply({ path: A, before, after: 'x' })).toThrow(
      `these lines stand ${times} times in ${A}, not once; make the patch anew:\n${before}`,
    );
  });
});
