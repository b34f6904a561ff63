import { Cl, ClarityType, type ClarityValue, cvToHex } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { clarityText } from '../../localnet/src/worker/clarity-text.js';
import { snippetOfConstant } from '../../localnet/src/worker/constants.js';

const ALICE = 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5';

describe('clarityText', () => {
  const odd = Cl.stringAscii('a"b');
  it.each<[string, ClarityValue]>([
    ['-5', Cl.int(-5)],
    ['u5', Cl.uint(5)],
    ['true', Cl.bool(true)],
    ['0x', Cl.bufferFromHex('')],
    [`'${ALICE}`, Cl.principal(ALICE)],
    [`'${ALICE}.a-b`, Cl.principal(`${ALICE}.a-b`)],
    ['(some none)', Cl.some(Cl.none())],
    ['(ok (err u1))', Cl.ok(Cl.error(Cl.uint(1)))],
    ['(list)', Cl.list([])],
    ['(list u1 u2)', Cl.list([Cl.uint(1), Cl.uint(2)])],
    ['{a-b: u1, c: u"ok"}', Cl.tuple({ 'a-b': Cl.uint(1), c: Cl.stringUtf8('ok') })],
    [`(unwrap-panic (from-consensus-buff? (string-ascii 3) ${cvToHex(odd)}))`, odd],
    ['""', Cl.stringAscii('')],
  ])('writes %s', (text, value) => {
    expect(clarityText(value)).toBe(text);
  });

  it.each<[string, ClarityValue]>([
    ['a contract', { type: ClarityType.PrincipalContract, value: `${ALICE}.a) (evil` }],
    ['an address', { type: ClarityType.PrincipalStandard, value: 'ST1 u5' }],
    ['a field', { type: ClarityType.Tuple, value: { 'a: u1, b': Cl.uint(1) } }],
  ])('refuses the name of %s that would be code', (_what, value) => {
    expect(() => clarityText(Cl.list([value]))).toThrow(/is no/);
  });
});

describe('snippetOfConstant', () => {
  it('keeps the constants of a source and nothing else', () => {
    const source = `;; (define-constant NO u0)
(define-constant A u1)
(define-public (f) (ok "(define-constant NO u0)")) ;; )
(define-constant B (+ A u1))`;
    expect(snippetOfConstant(source, 'B')).toBe('(define-constant A u1)\n(define-constant B (+ A u1))\nB');
  });
});
