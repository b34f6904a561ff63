import { describe, expect, it } from 'vitest';
import { findReferences } from '../../../localnet/src/project/contract-references.js';
import { orderByReference } from '../../../localnet/src/project/deploy-order.js';

const ADDRESS = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const OTHER = 'SP3K8BC0PPEVCV7NZ6QSRWPQ2JE9E5B6N3PA0KBR9';

const calls = (name: string) => `(define-public (go-${name}) (contract-call? .${name} run))`;

function orderOf(sources: Readonly<Record<string, string>>): string {
  const contracts = Object.entries(sources).map(([name, source]) => ({
    contractId: `${ADDRESS}.${name}`,
    references: findReferences(source, ADDRESS),
  }));
  return orderByReference(contracts)
    .map(({ contractId }) => contractId.split('.')[1])
    .join(' ');
}

describe('findReferences', () => {
  it('finds what a source names, and tells what Clarity needs from what it may only mention', () => {
    const source = `
      (use-trait token .traits.token)
      (impl-trait '${OTHER}.sip-010.token)
      (define-constant OWNER .treasury) ;; (contract-call? .in-a-comment run)
      (define-constant TEXT "(contract-call? .in-a-string run)")
      (define-public (pay (via <token>))
        (let ((rest {a: (contract-call? .bank pay .purse), b: u1})) (contract-call? via transfer)))
      (define-read-only (again) (contract-call? .treasury see))`;
    expect(findReferences(source, ADDRESS)).toEqual([
      { contractId: `${ADDRESS}.traits`, isNeeded: true },
      { contractId: `${OTHER}.sip-010`, isNeeded: true },
      { contractId: `${ADDRESS}.treasury`, isNeeded: true },
      { contractId: `${ADDRESS}.bank`, isNeeded: true },
      { contractId: `${ADDRESS}.purse`, isNeeded: false },
    ]);
  });
});

describe('orderByReference', () => {
  it.each([
    ['keeps the order where nothing depends on another', { b: '', a: '', c: '' }, 'b a c'],
    ['puts what is called first', { a: calls('b'), b: calls('c'), c: '' }, 'c b a'],
    ['puts a mere principal first where it can', { a: '(define-constant X .b)', b: '' }, 'b a'],
    [
      'opens a circle at what only names the other',
      { caller: calls('registry'), registry: '(define-constant X .caller)' },
      'registry caller',
    ],
    [
      'opens the innermost circle, though another contract waits for it',
      {
        user: '(define-constant X .caller)',
        caller: calls('registry'),
        registry: '(define-constant X .caller)',
      },
      'registry caller user',
    ],
    ['takes a contract that names itself', { a: '(define-constant ME .a)', b: calls('a') }, 'a b'],
    ['leaves out what is no contract of the project', { a: calls('elsewhere') }, 'a'],
  ])('%s', (_, sources, order) => {
    expect(orderOf(sources)).toBe(order);
  });

  it('refuses contracts that call each other, by name', () => {
    const refused = () => orderOf({ a: calls('b'), b: calls('a'), c: '', d: calls('a') });
    expect(refused).toThrowError(
      expect.objectContaining({
        code: 'INVALID_MANIFEST',
        message: expect.stringContaining(`${ADDRESS}.a, ${ADDRESS}.b, ${ADDRESS}.d`),
      }),
    );
  });
});
