import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS, EXAMPLE_ERRORS, EXAMPLES } from '../helpers/contract-errors.js';

// It proves that every error a contract can answer is expected by contract and name in some test that calls the
// contracts, so that none is dead and none was added without a test. That the call there really answers it is for that
// test to prove: simnet runs it, and its helpers compare the whole answer with the name.

const CONTRACTS = 'contracts';
const TESTS = 'tests/contracts';
const NOT_YET = /\bERR_NOT_YET\b|\bu(1109|1219)\b/; // of the factory and of the queue, when not all was served

const filesIn = (root: string, ending: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => join(root, path));

const textOf = (paths: readonly string[]) => paths.map((path) => readFileSync(path, 'utf8')).join('\n');

/** Those of the names that no test expects: they stand in none as a string. */
function unexpected(names: readonly string[], tests: string): string[] {
  return names.filter((name) => !tests.includes(`'${name}'`));
}

describe('the errors of the contracts and of the sample handlers', () => {
  const tests = textOf(filesIn(TESTS, '.test.ts'));
  const names = [...ERRORS, ...EXAMPLE_ERRORS].map(({ name }) => name);

  it('are each expected by contract and name in a test', () => {
    expect(unexpected(names, tests)).toEqual([]);
  });

  it('are all known here', () => {
    const sources = textOf(filesIn(CONTRACTS, '.clar'));
    expect(names).toHaveLength((sources.match(/\(define-constant ERR_/g) ?? []).length);
    expect(filesIn(`${CONTRACTS}/examples`, '.clar').map((path) => basename(path, '.clar'))).toEqual([
      ...EXAMPLES,
    ]);
  });

  it('would be missed: one that is mentioned in a comment, or of another contract, is not expected', () => {
    const known = "expectErr(call(), 'queue.ERR_EMPTY'); // queue.ERR_STATE";
    const wanted = ['queue.ERR_EMPTY', 'queue.ERR_STATE', 'control.ERR_EMPTY'];
    expect(unexpected(wanted, known)).toEqual(['queue.ERR_STATE', 'control.ERR_EMPTY']);
  });

  it('are nowhere the one for what is not served yet, nor use its numbers again', () => {
    const found = filesIn(CONTRACTS, '.clar').filter((path) => NOT_YET.test(readFileSync(path, 'utf8')));
    expect(found).toEqual([]);
  });
});
