import { Cl, type ClarityAbiType, type ClarityValue } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { fitsType } from '../../localnet/src/chain/argument-type.js';

const ADDRESS = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const pair: ClarityAbiType = {
  tuple: [
    { name: 'id', type: 'uint128' },
    { name: 'note', type: { optional: { buffer: { length: 2 } } } },
  ],
};
const answer: ClarityAbiType = { response: { ok: 'bool', error: 'uint128' } };

const fitting: [string, ClarityValue, ClarityAbiType][] = [
  ['an int', Cl.int(-1), 'int128'],
  ['a uint', Cl.uint(1), 'uint128'],
  ['true', Cl.bool(true), 'bool'],
  ['false', Cl.bool(false), 'bool'],
  ['an address', Cl.principal(ADDRESS), 'principal'],
  ['a contract', Cl.principal(`${ADDRESS}.c`), 'principal'],
  ['a contract for a trait', Cl.principal(`${ADDRESS}.c`), 'trait_reference'],
  ['a full buffer', Cl.bufferFromHex('0011'), { buffer: { length: 2 } }],
  ['a full ASCII text', Cl.stringAscii('ab'), { 'string-ascii': { length: 2 } }],
  ['characters beyond 16 bits, one each', Cl.stringUtf8('😀☃'), { 'string-utf8': { length: 2 } }],
  ['none', Cl.none(), { optional: 'bool' }],
  ['some', Cl.some(Cl.uint(1)), { optional: 'uint128' }],
  ['ok', Cl.ok(Cl.bool(true)), answer],
  ['err', Cl.error(Cl.uint(1)), answer],
  ['an empty list', Cl.list([]), { list: { type: 'bool', length: 0 } }],
  [
    'a full list',
    Cl.list([Cl.none(), Cl.some(Cl.int(1))]),
    { list: { type: { optional: 'int128' }, length: 2 } },
  ],
  ['a tuple', Cl.tuple({ note: Cl.none(), id: Cl.uint(1) }), pair],
];

const unfitting: [string, ClarityValue, ClarityAbiType][] = [
  ['an int for a uint', Cl.int(1), 'uint128'],
  ['a uint for an int', Cl.uint(1), 'int128'],
  ['a uint for a bool', Cl.uint(1), 'bool'],
  ['a bool for a uint', Cl.bool(true), 'uint128'],
  ['an address for a trait', Cl.principal(ADDRESS), 'trait_reference'],
  ['a buffer that is too long', Cl.bufferFromHex('001122'), { buffer: { length: 2 } }],
  ['a text for a buffer', Cl.stringAscii('a'), { buffer: { length: 2 } }],
  ['an ASCII text that is too long', Cl.stringAscii('abc'), { 'string-ascii': { length: 2 } }],
  ['a UTF-8 text that is too long', Cl.stringUtf8('😀☃a'), { 'string-utf8': { length: 2 } }],
  ['a UTF-8 text for an ASCII one', Cl.stringUtf8('a'), { 'string-ascii': { length: 2 } }],
  ['a bare value for an optional one', Cl.uint(1), { optional: 'uint128' }],
  ['some of another type', Cl.some(Cl.int(1)), { optional: 'uint128' }],
  ['none for a list', Cl.none(), { list: { type: 'bool', length: 1 } }],
  ['ok of another type', Cl.ok(Cl.uint(1)), answer],
  ['err of another type', Cl.error(Cl.bool(true)), answer],
  ['a list that is too long', Cl.list([Cl.uint(1), Cl.uint(2)]), { list: { type: 'uint128', length: 1 } }],
  ['a list with one of another type', Cl.list([Cl.int(1)]), { list: { type: 'uint128', length: 1 } }],
  ['a tuple that lacks a field', Cl.tuple({ id: Cl.uint(1) }), pair],
  ['a tuple with a field too many', Cl.tuple({ id: Cl.uint(1), note: Cl.none(), x: Cl.none() }), pair],
  ['a tuple with another field', Cl.tuple({ id: Cl.uint(1), constructor: Cl.none() }), pair],
  ['a tuple with a field of another type', Cl.tuple({ id: Cl.int(1), note: Cl.none() }), pair],
];

describe('fitsType', () => {
  it.each(fitting)('takes %s', (_what, value, type) => {
    expect(fitsType(value, type)).toBe(true);
  });

  it.each(unfitting)('refuses %s', (_what, value, type) => {
    expect(fitsType(value, type)).toBe(false);
  });
});
